import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CodetracerError } from '../../base/error.ts';
import { importShortenedRun } from '../../bench/dataset/import-shortened-run.ts';
import { readPointRow } from '../../bench/dataset/point-row.ts';
import { reasonOf } from '../../io/disk-source.ts';
import type { Dataset } from './dataset.ts';
import { DatasetBuilder } from './dataset-builder.ts';

/**
 * Failed runs with one step each after which they could not succeed any more: a `.jsonl` file of shortened records, or a
 * folder of such files. The records are the runs; they are small and held in memory.
 * @throws CodetracerError `unreadable` when there is no such file.
 */
export async function loadPointOfNoReturn(path: string): Promise<Dataset> {
  const builder = new DatasetBuilder();
  for (const file of await listFiles(path)) await addPointFile(builder, file);
  return builder.build();
}

/** Adds the rows of one file. */
export async function addPointFile(
  builder: DatasetBuilder,
  path: string,
  name = basename(path),
): Promise<void> {
  for await (const { place, value } of builder.rows(path, name)) {
    const row = readPointRow(value);
    if (row.kind === 'refused') {
      builder.refuse({ place, ...(row.id !== undefined && { id: row.id }), reason: row.reason });
      continue;
    }
    const { labels, steps } = row;
    const { id } = labels;
    builder.add(place, labels, {
      id,
      name: row.name,
      set: labels.traits.set,
      digest: async () => createHash('sha256').update(JSON.stringify(steps)).digest('hex'),
      open: async () => ({ kind: 'case', subject: { id, run: importShortenedRun(id, steps) } }),
    });
  }
}

async function listFiles(path: string): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path);
    return names
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .map((name) => join(path, name));
  } catch (error) {
    throw new CodetracerError('unreadable', `${path}: ${reasonOf(error)}`, { cause: error });
  }
}
