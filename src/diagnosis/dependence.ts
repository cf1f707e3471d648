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

/** One forward pass: each step is linked to the last step that made what it used. Linear in steps and paths touched. */
export function buildDependence(context: Context): DependenceGraph {
  const incoming: Edge[][] = [[]];
  const outgoing: Edge[][] = [[]];
  for (const _ of context.steps) {
    incoming.push([]);
    outgoing.push([]);
  }
  const writer = new Map<string, number>();
  const seenAction = new Map<number, number>();
  let lastChange: number | undefined;
  let lastFailure: number | undefined;

  const link = (from: number | undefined, to: number, kind: EdgeKind, by: string): void => {
    const edges = incoming[to];
    if (from === undefined || from >= to || !edges || edges.length >= PER_STEP) return;
    if (edges.some((edge) => edge.from === from && edge.kind === kind)) return;
    const edge = { from, to, kind, by };
    edges.push(edge);
    outgoing[from]?.push(edge);
  };

  for (const step of context.steps) {
    const { ordinal } = step;
    for (const path of step.record.read) link(writer.get(path), ordinal, 'data', path);
    for (const path of changedBy(step)) link(writer.get(path), ordinal, 'data', path);
    for (const error of step.record.errors) {
      for (const file of error.files) link(writer.get(file.path), ordinal, 'error', file.path);
    }
    // What a test or a program shows depends on what was changed before it.
    if (step.verifies)
      link(
        lastChange,
        ordinal,
        'test',
        step.record.effects.programs.find((program) => program !== 'cd') ?? step.record.step.tool,
      );
    if (lastFailure === ordinal - 1) link(lastFailure, ordinal, 'control', 'the failure before');
    link(seenAction.get(step.actionKey), ordinal, 'repetition', 'the same action');
    if (step.submits)
      for (const ordinalOfWrite of context.lastWriter.values())
        link(ordinalOfWrite, ordinal, 'data', 'submission');

    seenAction.set(step.actionKey, ordinal);
    for (const path of changedBy(step)) writer.set(path, ordinal);
    if (step.sources.length > 0) lastChange = ordinal;
    if (step.record.failed || step.record.errors.length > 0) lastFailure = ordinal;
  }
  return {
    incoming: (ordinal) => incoming[ordinal] ?? [],
    outgoing: (ordinal) => outgoing[ordinal] ?? [],
  };
}

function changedBy(step: MainStep): readonly string[] {
  return step.scratch.length === 0 ? step.sources : [...step.sources, ...step.scratch];
}
