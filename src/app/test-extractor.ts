import { formatFromSpec } from '../evolve/interpret/format-from-spec.ts';
import { measureSpec } from '../evolve/validate/measure-spec.ts';
import { judgeMeasures, type SpecVerdict } from '../evolve/validate/validate-spec.ts';
import { detectFormat } from '../formats/detect-format.ts';
import type { ExtractorEntry } from '../store/extractor-entry.ts';
import { gatherSamples } from './gather-samples.ts';

export interface ExtractorTest {
  /** Decided on these artifacts alone, against the bounds that learning asks for. */
  readonly verdict: SpecVerdict;
  readonly artifacts: readonly {
    readonly path: string;
    readonly steps: number;
    /** What detection gives it. */
    readonly score: number;
  }[];
}

/** Runs a learnt extractor over artifacts, whoever else reads them, and judges it as learning does. */
export async function testExtractor(
  { spec }: ExtractorEntry,
  paths: readonly string[],
): Promise<ExtractorTest> {
  const format = formatFromSpec(spec);
  const { samples } = await gatherSamples(paths, []);
  const artifacts: { path: string; steps: number; score: number }[] = [];
  const claimed = [];
  for (const sample of samples) {
    if (!format.units.includes(sample.entry.kind)) continue;
    const { tried } = await detectFormat(sample.entry, sample.reader, [format]);
    const score = tried[0]?.score ?? 0;
    if (score === 0) continue;
    claimed.push(sample);
    const path = sample.reader.locate(sample.entry.path) ?? sample.entry.path;
    artifacts.push({ path, steps: 0, score });
  }
  let index = 0;
  const measures = await measureSpec(spec, claimed, (run) => {
    const artifact = artifacts[index++];
    if (artifact) artifact.steps = run.steps.length;
  });
  return { verdict: judgeMeasures(measures, undefined), artifacts };
}
