import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CodetracerError } from '../../base/error.ts';
import { readLabelledRunRow } from '../../bench/dataset/labelled-run-row.ts';
import type { Dataset } from './dataset.ts';
import { DatasetBuilder } from './dataset-builder.ts';
import { digestPath } from './digest-artifact.ts';
import { openLabelled } from './open-labelled.ts';

/** Name of the set: all such rows label runs of a corpus. */
const SET = 'labelled-runs';

/**
 * The cases of a `labels.jsonl`, whose artifacts lie in a corpus: in `corpus`, else in a folder of that name beside the
 * labels or up to three folders above.
 * @throws CodetracerError `unreadable` when the labels or the corpus are not there.
 */
export async function loadLabelledRuns(
  path: string,
  options: { readonly corpus?: string } = {},
): Promise<Dataset> {
  const builder = new DatasetBuilder();
  await addLabelledRuns(builder, path, options);
  return builder.build();
}

/** Adds the rows of one file. */
export async function addLabelledRuns(
  builder: DatasetBuilder,
  path: string,
  options: { readonly corpus?: string },
  name = basename(path),
): Promise<void> {
  const corpus = await findCorpus(path, options.corpus);
  for await (const { place, value } of builder.rows(path, name)) {
    const row = readLabelledRunRow(value, SET);
    if (row.kind === 'refused') {
      builder.refuse({ place, ...(row.id !== undefined && { id: row.id }), reason: row.reason });
      continue;
    }
    const { labels, steps } = row;
    const { id } = labels;
    const artifact = join(corpus, row.artifact);
    if (!(await isThere(artifact))) {
      builder.refuse({ place, id, reason: `${row.name}: the artifact is not in the corpus` });
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

async function findCorpus(labels: string, given: string | undefined): Promise<string> {
  if (given !== undefined) {
    if (await isThere(given)) return given;
    throw new CodetracerError('unreadable', `${given}: there is no such folder`, {
      hint: 'name the folder that the artifacts of the labels are relative to',
    });
  }
  let folder = dirname(labels);
  for (let level = 0; level < 4; level++) {
    const corpus = join(folder, 'corpus');
    if (await isThere(corpus)) return corpus;
    folder = join(folder, '..');
  }
  throw new CodetracerError('unreadable', `${labels}: no folder with the artifacts was found`, {
    hint: 'name the folder that the artifacts of the labels are relative to with --corpus',
  });
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
