import type { StepId } from '../model/ids.ts';
import { causeIndexOf } from '../state/causes/cause-index.ts';
import { usesOf } from '../state/causes/uses.ts';
import type { Context, MainStep } from './context.ts';

export type EdgeKind = 'data' | 'error' | 'test' | 'control' | 'repetition';

/** `to` depends on `from`; ordinals of main-agent steps, `from < to`. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly kind: EdgeKind;
  /** The path, test or action that connects them. */
  readonly by: string;
}

/** Dependences among the main agent's steps, indexed both ways by ordinal. */
export interface DependenceGraph {
  /** Edges that end in a step. */
  incoming(ordinal: number): readonly Edge[];
  /** Edges that start in a step. */
  outgoing(ordinal: number): readonly Edge[];
}

/** So many edges of one step are kept; a step that touches a thousand files says no more with each of them. */
const PER_STEP = 16;

/**
 * One forward pass: each step is linked to the steps that made what it used, as the causes of states know them. Linear in
 * steps and paths touched.
 */
export function buildDependence(context: Context): DependenceGraph {
  const index = causeIndexOf(context.history);
  const incoming: Edge[][] = [[]];
  const outgoing: Edge[][] = [[]];
  for (const _ of context.steps) {
    incoming.push([]);
    outgoing.push([]);
  }
  const seenAction = new Map<number, number>();
  let lastChange: number | undefined;

  const link = (from: number | undefined, to: number, kind: EdgeKind, by: string): void => {
    const edges = incoming[to];
    if (from === undefined || from >= to || !edges || edges.length >= PER_STEP) return;
    if (edges.some((edge) => edge.from === from && edge.kind === kind)) return;
    const edge = { from, to, kind, by };
    edges.push(edge);
    outgoing[from]?.push(edge);
  };

  for (const step of context.steps) {
    const { ordinal, record } = step;
    for (const { kind, version } of usesOf(index, record))
      link(ordinalOf(version.madeBy), ordinal, kind === 'error' ? 'error' : 'data', version.path);
    // What its sub-agents changed further counts as changed by it.
    for (const path of changedBy(step))
      link(ordinalOf(index.versionBefore(path, record.position)?.madeBy), ordinal, 'data', path);
    // What a test or a program shows depends on what was changed before it.
    if (step.verifies)
      link(
        lastChange,
        ordinal,
        'test',
        record.effects.programs.find((program) => program !== 'cd') ?? record.step.tool,
      );
    const failure = ordinalOf(index.failureBefore(record.position)?.step.id);
    if (failure === ordinal - 1) link(failure, ordinal, 'control', 'the failure before');
    link(seenAction.get(step.actionKey), ordinal, 'repetition', 'the same action');
    if (step.submits)
      for (const ordinalOfWrite of context.lastWriter.values())
        link(ordinalOfWrite, ordinal, 'data', 'submission');

    seenAction.set(step.actionKey, ordinal);
    if (step.sources.length > 0) lastChange = ordinal;
  }
  return {
    incoming: (ordinal) => incoming[ordinal] ?? [],
    outgoing: (ordinal) => outgoing[ordinal] ?? [],
  };
}

/** The main agent's step that a step is, or ran under; undefined for an orphan's. */
function ordinalOf(step: StepId | undefined): number | undefined {
  const ordinal = step === undefined ? Number.NaN : Number.parseInt(step, 10);
  return Number.isNaN(ordinal) ? undefined : ordinal;
}

function changedBy(step: MainStep): readonly string[] {
  return step.scratch.length === 0 ? step.sources : [...step.sources, ...step.scratch];
}
