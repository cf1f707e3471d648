import type { ChainLink, Evidence } from '../model/diagnosis.ts';
import { quoteAny, quoteFrom, quoteHead } from '../model/quote.ts';
import type { Context, MainStep } from './context.ts';
import type { DependenceGraph, Edge } from './dependence.ts';
import { errorEvidence } from './signals/error-signals.ts';
import { sliceForward } from './slice.ts';

/** A chain longer than this is no explanation any more. */
const LONGEST = 8;

/**
 * The steps through which the failure travelled from the onset: of those that depend on it, the ones that committed to
 * it further (changes, hand-in) or showed it (failing checks) without its being mended.
 */
export function traceChain(context: Context, graph: DependenceGraph, onset: number): ChainLink[] {
  const depending = sliceForward(graph, onset);
  const inSlice = new Set([onset, ...depending]);
  // The last step leaves the world as it is, so the failure passes through it whether or not a file shows that.
  const last = context.steps.length;
  const reached = last > onset && !inSlice.has(last) ? [...depending, last] : depending;
  const telling = reached
    .map((ordinal) => context.steps[ordinal - 1])
    .filter((step) => step !== undefined)
    .filter((step) => isTelling(step, context));
  return thin(telling).map((step) => {
    const edge = graph.incoming(step.ordinal).find(({ from }) => inSlice.has(from));
    const from = edge && context.steps[edge.from - 1];
    const evidence = [cite(step), from && quoteAny(from.record.step)];
    return {
      step: step.record.step.id,
      how: describe(step, edge),
      evidence: evidence.filter((item) => item !== undefined),
    };
  });
}

/** The words in which a step hands the failure on: what it shows where it shows it, else what it does. */
function cite(step: MainStep): Evidence | undefined {
  const { step: own, tests } = step.record;
  if (step.submits || !step.verifies || !showsFailure(step)) return quoteAny(own);
  const summary = tests?.summary === undefined ? undefined : quoteFrom(own, 'observation', tests.summary);
  return errorEvidence(step) ?? summary ?? quoteHead(own, 'observation') ?? quoteAny(own);
}

function isTelling(step: MainStep, context: Context): boolean {
  if (step.submits || step.ordinal === context.steps.length) return true;
  if (step.sources.length > 0) return true;
  return step.verifies && showsFailure(step);
}

function showsFailure({ record }: MainStep): boolean {
  return record.failed || record.errors.length > 0 || (record.tests?.failed ?? 0) > 0;
}

/** Keeps the first and the last ones and spreads the rest evenly. */
function thin(steps: readonly MainStep[]): readonly MainStep[] {
  if (steps.length <= LONGEST) return steps;
  return Array.from(
    { length: LONGEST },
    (_, i) => steps[Math.round((i * (steps.length - 1)) / (LONGEST - 1))],
  ).filter((step) => step !== undefined);
}

function describe(step: MainStep, edge: Edge | undefined): string {
  const via = edge ? ` (from step ${edge.from}: ${edge.by})` : '';
  const error = step.record.errors[0]?.line;
  if (step.submits) return `hands in the work${via}`;
  if (step.verifies && showsFailure(step))
    return `shows the failure: ${error ?? step.record.tests?.summary ?? 'it failed'}${via}`;
  if (step.sources.length > 0) return `builds on it by changing ${step.sources.slice(0, 2).join(', ')}${via}`;
  return `ends the run with it in place${via}`;
}
