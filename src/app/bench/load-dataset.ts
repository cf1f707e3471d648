import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { CodetracerError } from '../../base/error.ts';
import { isLabelledRunRow } from '../../bench/dataset/labelled-run-row.ts';
import { isManifestRow } from '../../bench/dataset/manifest-row.ts';
import { isPointRow } from '../../bench/dataset/point-row.ts';
import { reasonOf } from '../../io/disk-source.ts';
import type { Dataset, DatasetOptions } from './dataset.ts';
import { DatasetBuilder } from './dataset-builder.ts';
import { addLabelledRuns } from './load-labelled-runs.ts';
import { addManifest } from './load-manifest.ts';
import { addPointFile } from './load-point-of-no-return.ts';
import { loadRows } from './load-rows.ts';

type Kind = 'manifest' | 'runs' | 'points';

const LABEL_FILE = /\.(?:jsonl|json|parquet)$/i;

/**
 * Labelled runs under the given paths: CodeTraceBench manifests, `labels.jsonl` over a corpus, sets with a point of no
 * return, or folders that hold such files, at most one folder below. Labels are read at once, runs when a case is opened.
 * @throws CodetracerError `unreadable` for a path that is not there, `unknown-format` when nothing labelled is under it.
 */
export async function loadDataset(paths: readonly string[], options: DatasetOptions = {}): Promise<Dataset> {
  const builder = new DatasetBuilder();
  for (const path of paths) {
    const isFolder = await isDirectory(path);
    let found = 0;
    for (const file of isFolder ? await listLabelFiles(path) : [path]) {
      const name = isFolder ? relative(path, file).split(sep).join('/') : basename(file);
      const kind = await recognize(file, isFolder, (reason) => builder.refuse({ place: name, reason }));
      if (kind === undefined) continue;
      found++;
      if (kind === 'manifest') await addManifest(builder, file, options, name);
      else if (kind === 'runs') await addLabelledRuns(builder, file, options, name);
      else await addPointFile(builder, file, name);
    }
    if (found === 0) {
      const reasons = builder.build().refusals.map(({ place, reason }) => `${place}: ${reason}`);
      throw new CodetracerError(
        'unknown-format',
        [`${path}: no labelled runs were found`, ...reasons].join('; '),
        {
          hint: 'name a manifest (.jsonl, .json, .parquet), a labels.jsonl, a set with points of no return, or a folder with such files',
        },
      );
    }
  }
  return builder.build();
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw new CodetracerError('unreadable', `${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** Files that may hold labels, in the folder and in the folders right below it. Of one table in several forms one is taken. */
async function listLabelFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  const queue = [{ folder, isTop: true }];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const entries = await readdir(next.folder, { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const stems = new Set<string>();
    for (const extension of ['.jsonl', '.json', '.parquet']) {
      for (const entry of entries) {
        if (!entry.isFile() || !entry.name.toLowerCase().endsWith(extension)) continue;
        const stem = entry.name.replace(LABEL_FILE, '');
        if (stems.has(stem)) continue;
        stems.add(stem);
        files.push(join(next.folder, entry.name));
      }
    }
    if (!next.isTop) continue;
    for (const entry of entries) {
      if (entry.isDirectory()) queue.push({ folder: join(next.folder, entry.name), isTop: false });
    }
  }
  return files;
}

/** By the first row. A listed file may be anything; one that can't be read may have held labels, so that it is refused. */
async function recognize(
  path: string,
  isListed: boolean,
  refuse: (reason: string) => void,
): Promise<Kind | undefined> {
  try {
    for await (const { value } of loadRows(path, basename(path))) {
      if (value === undefined) continue;
      if (isPointRow(value)) return 'points';
      if (isLabelledRunRow(value)) return 'runs';
      return isManifestRow(value) ? 'manifest' : undefined;
    }
  } catch (error) {
    if (!isListed) throw error;
    refuse(reasonOf(error));
  }
  return undefined;
}
