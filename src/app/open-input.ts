import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { CodetracerError } from '../base/error.ts';
import { dirName } from '../base/path.ts';
import { detectFormat } from '../formats/detect-format.ts';
import type { Format } from '../formats/format.ts';
import { FORMATS } from '../formats/registry.ts';
import { createArchiveSource, isArchive } from '../io/archive-source.ts';
import { createCachingSource } from '../io/caching-source.ts';
import { createDiskSource, reasonOf } from '../io/disk-source.ts';
import { createMemorySource } from '../io/memory-source.ts';
import { createSourceReader, type RunReader } from '../io/source-reader.ts';
import type { Diagnostic } from '../model/diagnostic.ts';

/** Something that the user named: a folder, a file, an archive, or standard input. */
export interface OpenedInput {
  /** Stands at the root of the source, which may lie some folders above what the user named. */
  readonly reader: RunReader;
  /** What the user named, as a path in the source. */
  readonly start: string;
  readonly kind: 'file' | 'directory';
  /** A path of the source as the user would write it. */
  readonly display: (path: string) => string;
  /** The place of a path on the disk; undefined for archives and standard input. */
  readonly absolute?: (path: string) => string;
  /** What was refused or lost while the input was opened. */
  readonly diagnostics: readonly Diagnostic[];
}

/** So many folders above a run may hold what belongs to it: a benchmark's reports, a trial's results. */
const FOLDERS_ABOVE = 5;

/**
 * Opens what a user named; an archive that one of the formats takes as its own artifact is opened as a file.
 * @throws CodetracerError `unreadable` when it is not there or may not be read.
 */
export async function openInput(path: string, formats: readonly Format[] = FORMATS): Promise<OpenedInput> {
  if (path === '-') return openStdin();
  let real: string;
  let isFolder: boolean;
  try {
    real = await realpath(path);
    isFolder = (await stat(real)).isDirectory();
  } catch (error) {
    throw new CodetracerError('unreadable', `${path}: ${reasonOf(error)}`, { cause: error });
  }
  const disk = openDisk(path, real, isFolder);
  if (!isFolder && (await isArchive(real)) && !(await isArtifact(disk, formats))) {
    const source = await createArchiveSource(real);
    return {
      reader: createSourceReader(source),
      start: '',
      kind: 'directory',
      display: (inside) => (inside === '' ? path : `${path}/${inside}`),
      diagnostics: source.diagnostics,
    };
  }
  return disk;
}

/** Whether a format takes the archive as one artifact of its own. */
async function isArtifact({ reader, start }: OpenedInput, formats: readonly Format[]): Promise<boolean> {
  const entry = await reader.stat(start);
  return entry !== undefined && (await detectFormat(entry, reader, formats)).kind === 'chosen';
}

function openDisk(path: string, real: string, isFolder: boolean): OpenedInput {
  const boundary = climb(isFolder ? real : dirname(real), FOLDERS_ABOVE);
  const start = relative(boundary, real).split(sep).join('/');
  return {
    reader: createSourceReader(
      createCachingSource(createDiskSource(boundary, isFolder ? start : dirName(start))),
    ),
    start,
    kind: isFolder ? 'directory' : 'file',
    display: (inside) => displayDiskPath(path, start, inside),
    absolute: (inside) => join(boundary, inside),
    diagnostics: [],
  };
}

function climb(folder: string, levels: number): string {
  let here = folder;
  // Never up to the root of the disk: what lies there belongs to no run.
  for (let i = 0; i < levels && dirname(dirname(here)) !== dirname(here); i++) here = dirname(here);
  return here;
}

/** What the user wrote, with the rest of the way appended: `runs` and `…/runs/a/b` make `runs/a/b`. */
function displayDiskPath(path: string, start: string, inside: string): string {
  const written = path.split(sep).join('/').replace(/\/+$/, '') || '/';
  if (inside === start) return written;
  const rest =
    start === '' ? inside : inside.startsWith(`${start}/`) ? inside.slice(start.length + 1) : undefined;
  if (rest === undefined) return inside;
  return written === '.' ? rest : `${written === '/' ? '' : written}/${rest}`;
}

async function openStdin(): Promise<OpenedInput> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  } catch (error) {
    throw new CodetracerError('unreadable', `standard input: ${reasonOf(error)}`, { cause: error });
  }
  const bytes = Buffer.concat(chunks);
  const source = createMemorySource({ stdin: new Uint8Array(bytes) });
  return {
    reader: createSourceReader(source),
    start: 'stdin',
    kind: 'file',
    display: () => '-',
    diagnostics: [],
  };
}
