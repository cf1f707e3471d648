import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { importShortenedRun } from '../../bench/dataset/import-shortened-run.ts';
import { readPointRow } from '../../bench/dataset/point-row.ts';
import type { DatasetBuilder } from './dataset-builder.ts';

/**
 * Adds the rows of one file: failed runs with one step each after which they could not succeed any more. The shortened
 * records are the runs; they are small and held in memory.
 */
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
