import { basename, dirname, join, resolve } from 'node:path';
import { CodetracerError } from '../../base/error.ts';
import { readLabelledRunRow } from '../../bench/dataset/labelled-run-row.ts';
import type { DatasetOptions } from './dataset.ts';
import type { DatasetBuilder } from './dataset-builder.ts';
import { digestPath } from './digest-artifact.ts';
import { findFirst } from './find-first.ts';
import { openLabelled } from './open-labelled.ts';

/** Name of the set: all such rows label runs of a corpus. */
const SET = 'labelled-runs';

/** Folders above the labels in which artifacts are looked for. */
const LEVELS = 4;

/**
 * Adds the cases of a `labels.jsonl`, whose artifacts are named relative to a corpus: `corpus`, else the nearest folder from
 * the labels' own upwards (itself, or its folder `corpus`) that holds the artifact.
 * @throws CodetracerError `unreadable` when the labels, or the corpus that was named, are not there.
 */
export async function addLabelledRuns(
  builder: DatasetBuilder,
  path: string,
  options: DatasetOptions,
  name = basename(path),
): Promise<void> {
  const folders = await listFolders(path, options);
  for await (const { place, value } of builder.rows(path, name)) {
    const row = readLabelledRunRow(value, SET);
    if (row.kind === 'refused') {
      builder.refuse({ place, ...(row.id !== undefined && { id: row.id }), reason: row.reason });
      continue;
    }
    const { labels, steps } = row;
    const { id } = labels;
    const [first] = folders;
    const artifact =
      options.artifacts === false && first !== undefined
        ? join(first, row.artifact)
        : await findFirst(folders.map((folder) => join(folder, row.artifact)));
    if (artifact === undefined) {
      builder.refuse({
        place,
        id,
        reason: `${row.name}: the artifact was not found; --corpus names its folder`,
      });
      continue;
    }
    builder.add(place, labels, {
      id,
      name: row.name,
      set: SET,
      digest: () => digestPath(artifact),
      open: () => openLabelled(id, { path: artifact, steps, quotes: [] }),
    });
  }
}

async function listFolders(labels: string, { corpus, artifacts }: DatasetOptions): Promise<string[]> {
  if (corpus !== undefined) {
    if (artifacts === false || (await findFirst([corpus])) !== undefined) return [corpus];
    throw new CodetracerError('unreadable', `${corpus}: there is no such folder`, {
      hint: 'name the folder that the artifacts of the labels are relative to',
    });
  }
  const folders: string[] = [];
  let folder = resolve(dirname(labels));
  for (let level = 0; level < LEVELS; level++) {
    folders.push(join(folder, 'corpus'), folder);
    folder = dirname(folder);
  }
  return folders;
}
