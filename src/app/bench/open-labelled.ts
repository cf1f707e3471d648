import { basename } from 'node:path';
import { type Alignment, alignSteps } from '../../bench/dataset/align-steps.ts';
import type { StepQuote } from '../../bench/dataset/quote.ts';
import type { RunId } from '../../model/ids.ts';
import type { Run } from '../../model/run.ts';
import { readRuns } from '../read-runs.ts';
import type { OpenedCase } from './dataset.ts';

/** More runs in one artifact are no attempts of one run. */
const MOST_RUNS = 50;

/** Where a labelled run lies and what its labels say of its steps, apart from the labels themselves. */
export interface LabelledArtifact {
  readonly path: string;
  /** Steps that the labels count. */
  readonly steps: number;
  readonly quotes: readonly StepQuote[];
}

/**
 * Reads the run of a case and lays the labels' steps over it. The subject's run is named by the case alone: where it lies
 * often tells the model, the task, or how it went.
 */
export async function openLabelled(
  id: string,
  { path, steps, quotes }: LabelledArtifact,
): Promise<OpenedCase> {
  const runs: Run[] = [];
  const failures: string[] = [];
  for await (const item of readRuns([path])) {
    if (item.kind === 'run') runs.push(item.run);
    else if (item.kind === 'failed') failures.push(item.message);
    if (runs.length > MOST_RUNS) break;
  }
  if (runs.length === 0) {
    return { kind: 'refused', reason: failures[0] ?? `no run was found in ${basename(path)}` };
  }
  const found = runs.map((run) => ({ run, alignment: alignSteps(run, steps, quotes) }));
  const chosen = chooseRun(found);
  if (chosen.kind === 'refused') return chosen;
  const { run, alignment } = chosen;
  const notes = [
    ...(runs.length > 1 ? [`${runs.length} runs were found; the one that the labels fit was taken`] : []),
    ...(alignment.steps ? [`steps numbered with ${alignment.reading}`] : []),
  ];
  return {
    kind: 'case',
    subject: { id, run: Object.freeze({ ...run, id: id as RunId, path: id }) },
    ...(alignment.steps && { steps: alignment.steps }),
    ...(notes.length > 0 && { note: notes.join('; ') }),
  };
}

interface Aligned {
  readonly kind: 'aligned';
  readonly run: Run;
  readonly alignment: Extract<Alignment, { kind: 'aligned' }>;
}

/** The only run that fits; of several that fit, the only one that quotes confirm. */
function chooseRun(
  found: readonly { readonly run: Run; readonly alignment: Alignment }[],
): Aligned | { kind: 'refused'; reason: string } {
  const fitting = found.flatMap(({ run, alignment }): Aligned[] =>
    alignment.kind === 'aligned' ? [{ kind: 'aligned', run, alignment }] : [],
  );
  const confirmed = fitting.filter(({ alignment }) => alignment.confirmed > 0);
  const [only, second] = confirmed.length > 0 ? confirmed : fitting;
  if (only && !second) return only;
  if (only) return { kind: 'refused', reason: `the labels fit ${fitting.length} runs of the artifact` };
  const reasons = found.flatMap(({ alignment }) => (alignment.kind === 'refused' ? [alignment.reason] : []));
  return { kind: 'refused', reason: [...new Set(reasons)].slice(0, 3).join('; ') };
}
