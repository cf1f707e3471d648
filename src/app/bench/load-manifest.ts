import { basename, dirname, join } from 'node:path';
import { readManifestRow } from '../../bench/dataset/manifest-row.ts';
import type { DatasetOptions } from './dataset.ts';
import type { DatasetBuilder } from './dataset-builder.ts';
import { digestPath } from './digest-artifact.ts';
import { findFirst } from './find-first.ts';
import { openLabelled } from './open-labelled.ts';

/**
 * Adds the rows of a CodeTraceBench manifest (`.jsonl`, `.json`, `.parquet`); artifacts lie below its folder.
 * @throws CodetracerError `unreadable` when the manifest is not there or is damaged Parquet.
 */
export async function addManifest(
  builder: DatasetBuilder,
  path: string,
  options: DatasetOptions,
  name = basename(path),
): Promise<void> {
  const set = `codetracebench/${basename(path).replace(/\.(?:jsonl|json|parquet)$/i, '')}`;
  const folder = dirname(path);
  for await (const { place, value } of builder.rows(path, name)) {
    const row = readManifestRow(value, set);
    if (row.kind === 'refused') {
      builder.refuse({ place, ...(row.id !== undefined && { id: row.id }), reason: row.reason });
      continue;
    }
    const { labels, steps, quotes } = row;
    const { id } = labels;
    const artifact =
      options.artifacts === false ? join(folder, row.artifact) : await findArtifact(folder, row.artifact);
    if (artifact === undefined) {
      builder.refuse({ place, id, reason: `${row.name}: its artifact ${row.artifact} is not there` });
      continue;
    }
    builder.add(place, labels, {
      id,
      name: row.name,
      set,
      digest: () => digestPath(artifact),
      open: () => openLabelled(id, { path: artifact, steps, quotes }),
    });
  }
}

const ARCHIVE = /\.(?:tar\.zst|tar\.gz|tgz|tar|zip)$/i;

/** The archive where the row says, or beside the manifest; else what was unpacked from it under its name. */
function findArtifact(folder: string, artifact: string): Promise<string | undefined> {
  const places = [artifact, basename(artifact)];
  return findFirst(
    [...places, ...places.map((place) => place.replace(ARCHIVE, ''))].map((one) => join(folder, one)),
  );
}
