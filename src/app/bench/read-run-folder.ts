import { CodetracerError } from '../../base/error.ts';
import type { Entrant } from '../../bench/entrant.ts';
import { answerKey } from './answer-key.ts';
import { type BenchManifest, readManifest } from './bench-manifest.ts';
import { mapToLabels } from './map-steps.ts';
import { parsePredictionLines, toPrediction } from './prediction-line.ts';
import { readTextIfThere } from './read-if-there.ts';
import { predictionPath } from './run-benchmark.ts';

/** What `bench run` left: its manifest, and each system's predictions in the numbering of the labels. */
export interface RunFolder {
  readonly folder: string;
  readonly manifest: BenchManifest;
  readonly entrants: readonly Entrant[];
}

/**
 * Answers that are out of date count as missing: those of other code or settings for cases that an interrupted call did
 * not get to, or on which the system broke since. What a killed process left of its last line is not read.
 * @throws CodetracerError `unreadable` when it is no such folder, or damaged
 */
export async function readRunFolder(folder: string): Promise<RunFolder> {
  const manifest = await readManifest(folder);
  if (!manifest) {
    throw new CodetracerError('unreadable', `${folder}: no manifest.json of \`bench run\``, {
      hint: 'name the folder that `codetracer bench run --out` wrote, or predictions as --predictions name=file',
    });
  }
  const rows = new Map(manifest.cases.map((row) => [row.id, row]));
  const entrants: Entrant[] = [];
  for (const { name, kind, about, outcome, settings } of manifest.systems) {
    const path = predictionPath(folder, name);
    const lines = parsePredictionLines((await readTextIfThere(path)) ?? '', path);
    const predictions = lines.flatMap((line) => {
      const { digest, steps } = rows.get(line.id) ?? {};
      if (digest === undefined || line.key !== answerKey(digest, settings, manifest.code.digest)) return [];
      const prediction = toPrediction(line);
      return [steps ? mapToLabels(prediction, steps) : prediction];
    });
    entrants.push({ name, kind, about, outcome, predictions });
  }
  return { folder, manifest, entrants };
}
