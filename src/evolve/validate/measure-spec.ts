import type { RunId } from '../../model/ids.ts';
import type { Run } from '../../model/run.ts';
import type { SampleArtifact } from '../infer/sample.ts';
import { interpretArtifact } from '../interpret/interpret-artifact.ts';
import { addTally, newTally, type Tally } from '../interpret/tally.ts';
import type { ExtractorSpec } from '../spec/spec.ts';

/** How much of some artifacts a spec understands; shares from 0 to 1, undefined where there is nothing to share. */
export interface SpecMeasures {
  readonly artifacts: number;
  /** Artifacts of which at least one step was read. */
  readonly artifactsWithSteps: number;
  readonly records: number;
  readonly steps: number;
  /** Records that gave a call, a result, a thought or a message, or that a rule passes over by name. */
  readonly recordsExplained: number | undefined;
  /** Of these, the records that gave something. */
  readonly recordsUsed: number | undefined;
  /** Characters of texts that were read, of all texts in the records. */
  readonly textExplained: number | undefined;
  /** Calls with a result. */
  readonly paired: number | undefined;
  /** Of the paired calls those that were joined by id. */
  readonly pairedById: number | undefined;
  /** Of the paired calls those that hold their result themselves. */
  readonly pairedInside: number | undefined;
  /** Results that answered no call, of all results. */
  readonly resultsLost: number | undefined;
  readonly reusedIds: number;
  /** Times that go back, of all times. */
  readonly timeBack: number | undefined;
  /** Steps with a thought. */
  readonly thoughtful: number | undefined;
  /** Different actions, of all steps. */
  readonly variety: number | undefined;
  /** Steps whose observation holds any text. */
  readonly observed: number | undefined;
  /** Kinds of records that were not read, the most frequent first. */
  readonly unread: readonly { readonly kind: string; readonly count: number }[];
}

/** Interprets the artifacts and measures what was understood. Runs are handed to `look` one by one and not kept. */
export async function measureSpec(
  spec: ExtractorSpec,
  artifacts: readonly SampleArtifact[],
  look?: (run: Run, artifact: SampleArtifact) => void,
): Promise<SpecMeasures> {
  const sum = newTally();
  let steps = 0;
  let withSteps = 0;
  let thoughtful = 0;
  let observed = 0;
  let different = 0;
  for (const artifact of artifacts) {
    const { reader, entry, range } = artifact;
    const { run: builder, tally } = await interpretArtifact(spec, { reader, entry, path: entry.path }, range);
    const run = builder.build('measured' as RunId);
    look?.(run, artifact);
    addTally(sum, tally);
    const all = [...run.steps, ...run.branches.flatMap((branch) => branch.steps)];
    steps += all.length;
    if (all.length > 0) withSteps++;
    thoughtful += all.filter(({ thought }) => thought !== undefined).length;
    observed += all.filter(({ observation }) => observation !== undefined && observation !== '').length;
    different += new Set(all.map(({ tool, action }) => `${tool}\n${action}`)).size;
  }
  return toMeasures(sum, { artifacts: artifacts.length, withSteps, steps, thoughtful, observed, different });
}

function toMeasures(
  tally: Tally,
  seen: {
    artifacts: number;
    withSteps: number;
    steps: number;
    thoughtful: number;
    observed: number;
    different: number;
  },
): SpecMeasures {
  const share = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);
  const results = tally.paired + tally.unpairedResults;
  return {
    artifacts: seen.artifacts,
    artifactsWithSteps: seen.withSteps,
    records: tally.records,
    steps: seen.steps,
    recordsExplained: share(tally.used + tally.ignored, tally.records),
    recordsUsed: share(tally.used, tally.records),
    textExplained: share(tally.charactersRead, tally.characters),
    paired: share(tally.paired, tally.calls),
    pairedById: share(tally.pairedById, tally.paired),
    pairedInside: share(tally.pairedInside, tally.paired),
    resultsLost: share(tally.unpairedResults, results),
    reusedIds: tally.reusedIds,
    timeBack: share(tally.timeBack, tally.timeSteps),
    thoughtful: share(seen.thoughtful, seen.steps),
    variety: share(seen.different, seen.steps),
    observed: share(seen.observed, seen.steps),
    unread: [...tally.unread]
      .map(([kind, count]) => ({ kind, count }))
      .toSorted((a, b) => b.count - a.count)
      .slice(0, 20),
  };
}

/** One figure from 0 to 1 to compare specs by; weights are a rule of thumb, the decision has its own bounds. */
export function scoreMeasures(measures: SpecMeasures): number {
  if (measures.steps === 0) return 0;
  const {
    paired = 0,
    pairedById = 0,
    pairedInside = 0,
    recordsExplained = 0,
    recordsUsed = 0,
    textExplained = 0,
    variety = 0,
    resultsLost = 0,
    observed = 0,
  } = measures;
  const artifacts = measures.artifactsWithSteps / Math.max(1, measures.artifacts);
  const sum =
    0.2 * paired +
    0.06 * paired * (pairedById + pairedInside) +
    0.1 * observed +
    0.14 * recordsExplained +
    0.1 * recordsUsed +
    0.14 * textExplained +
    0.1 * Math.min(1, variety * 1.5) +
    0.08 * (1 - resultsLost) +
    0.08 * artifacts;
  return sum * Math.min(1, 0.4 + measures.steps / 10);
}
