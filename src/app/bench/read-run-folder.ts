import { readFile } from 'node:fs/promises';
import { CodetracerError } from '../../base/error.ts';
import type { Entrant } from '../../bench/entrant.ts';
import { type BenchManifest, readManifest } from './bench-manifest.ts';
import { mapToLabels } from './map-steps.ts';
import { type PredictionLine, parsePrediction, toPrediction } from './prediction-line.ts';
import { predictionPath } from './run-benchmark.ts';

/** What `bench run` left: its manifest, and each system's predictions in the numbering of the labels. */
export interface RunFolder {
  readonly folder: string;
  readonly manifest: BenchManifest;
  readonly entrants: readonly Entrant[];
}

/** @throws CodetracerError `unreadable` when it is no such folder, or damaged */
export async function readRunFolder(folder: string): Promise<RunFolder> {
  const manifest = await readManifest(folder);
  if (!manifest) {
    throw new CodetracerError('unreadable', `${folder}: no manifest.json of \`bench run\``, {
      hint: 'name the folder that `codetracer bench run --out` wrote, or predictions as --predictions name=file',
    });
  }
  const mapping = new Map(manifest.cases.map(({ id, steps }) => [id, steps]));
  const entrants: Entrant[] = [];
  for (const { name, kind, about } of manifest.systems) {
    const lines = await readLines(predictionPath(folder, name));
    const predictions = lines
      .filter(({ id }) => mapping.has(id))
      .map((line) => {
        const steps = mapping.get(line.id);
        return steps ? mapToLabels(toPrediction(line), steps) : toPrediction(line);
      });
    entrants.push({ name, kind, about, predictions });
  }
  return { folder, manifest, entrants };
}

/** The lines of a file; what a killed process left of its last line is not read. */
async function readLines(path: string): Promise<PredictionLine[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new CodetracerError('unreadable', `${path}: can not be read`, { cause: error });
  }
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line, index) => {
    const parsed = parsePrediction(line);
    if (parsed) return parsed;
    throw new CodetracerError('unreadable', `${path}:${index + 1}: not a prediction`, {
      hint: 'the file was changed after it was written; remove it and run `codetracer bench run` again',
    });
  });
}
