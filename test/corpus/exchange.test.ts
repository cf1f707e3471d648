import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { discoverRuns } from '../../src/app/discover-runs.ts';
import { readRuns } from '../../src/app/read-runs.ts';
import { EXCHANGE_TARGETS } from '../../src/exchange/exported.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Run } from '../../src/model/run.ts';
import type { DiscoveredArtifact } from '../../src/query/discovery-schemas.ts';
import { checkAtif } from '../support/check-atif.ts';
import { checkSpans } from '../support/check-spans.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { exportText, heldBy, importText } from '../support/round-trip.ts';

/**
 * The sample: of every format and layout some artifacts spread evenly over the sizes, and all whose names say that they
 * are odd; of an artifact the first runs. What is large is left out: it holds more of the same and would take minutes.
 */
const PER_LAYOUT = 5;
const PER_ARTIFACT = 6;
const LARGEST = 400_000;
const LARGEST_ODD = 150_000;
const ODD = /drift|agent-|subagent|spawn|compact|reject|fork|branch|legacy|edge|invalid|timeout|error|cut/i;

async function sampleArtifacts(): Promise<DiscoveredArtifact[]> {
  const byLayout = new Map<string, DiscoveredArtifact[]>();
  for await (const item of discoverRuns([CORPUS])) {
    if (item.kind !== 'artifact') continue;
    const key = `${item.artifact.format} ${item.artifact.layout ?? ''}`;
    byLayout.set(key, [...(byLayout.get(key) ?? []), item.artifact]);
  }
  return [...byLayout.values()].flatMap((all) => {
    const small = all.filter(({ bytes = 0 }) => bytes <= LARGEST);
    const bySize = small.toSorted((a, b) => (a.bytes ?? 0) - (b.bytes ?? 0));
    const stride = Math.max(1, (bySize.length - 1) / (PER_LAYOUT - 1));
    const spread = new Set(
      Array.from({ length: PER_LAYOUT }, (_, index) => bySize[Math.round(index * stride)]),
    );
    const isOdd = ({ path, bytes = 0 }: DiscoveredArtifact): boolean =>
      bytes <= LARGEST_ODD && ODD.test(path.slice(CORPUS.length));
    return small.filter((artifact) => spread.has(artifact) || isOdd(artifact));
  });
}

async function readFirst({ path }: DiscoveredArtifact): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const item of readRuns([path])) {
    if (item.kind === 'run') runs.push(item.run);
    if (runs.length === PER_ARTIFACT) break;
  }
  return runs;
}

describe.runIf(hasCorpus)('real runs', () => {
  let artifacts: DiscoveredArtifact[] = [];
  const runs: Run[] = [];

  beforeAll(async () => {
    artifacts = await sampleArtifacts();
    for (const artifact of artifacts) runs.push(...(await readFirst(artifact)));
  }, 180_000);

  it('are a sample of every format, with whatever is hard to hold', () => {
    const read = new Set(runs.map(({ format }) => format));
    expect(artifacts.map(({ format }) => format).filter((format) => !read.has(format))).toEqual([]);
    const steps = runs.flatMap((run) => [...run.steps, ...run.branches.flatMap((branch) => branch.steps)]);
    const has = {
      noStep: runs.some((run) => run.steps.length === 0),
      subAgents: runs.some(({ branches }) => branches.length > 1),
      orphans: runs.some(({ branches }) => branches.some(({ parent }) => parent === undefined)),
      parallelCalls: steps.some(({ parallelGroup }) => parallelGroup !== undefined),
      pending: steps.some(({ status }) => status === 'pending'),
      interrupted: steps.some(({ status }) => status === 'interrupted'),
      rejected: steps.some(({ status }) => status === 'rejected'),
      images: steps.some(({ images }) => images !== undefined),
      rawOutput: steps.some(({ rawOutput }) => rawOutput !== undefined),
      emptyObservation: steps.some(({ observation }) => observation === ''),
      exceptions: runs.some(({ exceptions }) => exceptions.length > 0),
      wordsAtTheEnd: runs.some(({ finalMessage }) => (finalMessage?.parts?.length ?? 0) > 1),
    };
    expect(Object.entries(has).filter(([, is]) => !is)).toEqual([]);
  });

  it('keep the rules of foreign formats', () => {
    const broken = runs.flatMap((run) => [
      ...checkAtif(JSON.parse(exportText(run, 'atif'))),
      ...checkSpans(JSON.parse(exportText(run, 'otlp'))),
      ...checkSpans(JSON.parse(exportText(run, 'openinference'))),
    ]);
    expect(broken.slice(0, 20)).toEqual([]);
  });

  it.each(EXCHANGE_TARGETS)(
    'come back from %s in all that it holds, and go out again as they did',
    {
      timeout: 120_000,
    },
    async (target) => {
      const broken: string[] = [];
      for (const run of runs) {
        const text = exportText(run, target);
        const back = await importText(text, target);
        const isHeld = isDeepStrictEqual(heldBy(back, target), heldBy(run, target));
        const isSame = exportText(back, target) === text;
        if (!isHeld || !isSame || checkIntegrity(back).length > 0)
          broken.push(`${run.path} held ${isHeld} same ${isSame}`);
      }
      expect(broken).toEqual([]);
      expect(runs.length).toBeGreaterThan(100);
    },
  );
});
