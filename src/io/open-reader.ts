import { realpath, stat } from 'node:fs/promises';
import { basename, relative, resolve, sep } from 'node:path';
import { CodetracerError } from '../base/error.ts';
import { createDiskSource, reasonOf } from './disk-source.ts';
import { createMemorySource, type MemoryFiles } from './memory-source.ts';
import type { ReadLimits } from './read-limits.ts';
import { createSourceReader, type RunReader } from './source-reader.ts';

export interface DiskReaderOptions {
  /** A folder that contains the root: how far `..` reaches. The root itself unless given. */
  readonly boundary?: string;
  readonly limits?: Partial<ReadLimits>;
}

/**
 * A reader over a run's folder on disk. Nothing outside the boundary is ever read, through links neither.
 * @throws CodetracerError `unreadable` when the folder is not there, is none, or lies outside the boundary.
 */
export async function openDiskReader(
  rootFolder: string,
  options: DiskReaderOptions = {},
): Promise<RunReader> {
  const root = await resolveFolder(rootFolder);
  const boundary = options.boundary === undefined ? root : await resolveFolder(options.boundary);
  const inside = relative(boundary, root);
  if (inside === '..' || inside.startsWith(`..${sep}`) || resolve(boundary, inside) !== root) {
    throw new CodetracerError('unreadable', `${rootFolder}: lies outside of ${options.boundary ?? ''}`);
  }
  return createSourceReader(createDiskSource(boundary), inside.split(sep).join('/'), options.limits);
}

/** A reader over files in memory, for tests and for runs that never were on disk. */
export function createMemoryReader(files: MemoryFiles, limits: Partial<ReadLimits> = {}): RunReader {
  return createSourceReader(createMemorySource(files), '', limits);
}

/** The real path of a folder that the user named. */
export async function resolveFolder(folder: string): Promise<string> {
  try {
    const real = await realpath(folder);
    if ((await stat(real)).isDirectory()) return real;
  } catch (error) {
    throw new CodetracerError('unreadable', `${folder}: ${reasonOf(error)}`, { cause: error });
  }
  throw new CodetracerError('unreadable', `${folder}: no folder`, {
    hint: `name the folder that holds ${basename(folder)}`,
  });
}
