import { findAnchors } from '../../src/diagnosis/anchors.ts';
import { buildContext, type Context } from '../../src/diagnosis/context.ts';
import { buildDependence, type DependenceGraph } from '../../src/diagnosis/dependence.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { collectSignals } from '../../src/diagnosis/signals/collect-signals.ts';
import type { SignalTable } from '../../src/diagnosis/signals/signal-rule.ts';
import { type Slice, sliceBackward } from '../../src/diagnosis/slice.ts';
import { createStepAnalyzer } from '../../src/effects/create-step-analyzer.ts';
import type { Anchor, Diagnosis } from '../../src/model/diagnosis.ts';
import type { Run } from '../../src/model/run.ts';
import { buildHistory } from '../../src/state/build-history.ts';
import { parseTestOutput } from '../../src/testreports/parse-test-output.ts';
import { buildTree } from '../../src/tree/build-tree.ts';
import { runFrom } from './notation.ts';

/** Everything that the diagnosis works out on its way, for tests that look at one part of it. */
export interface Parts {
  readonly run: Run;
  readonly context: Context;
  readonly anchors: readonly Anchor[];
  readonly graph: DependenceGraph;
  readonly slice: Slice;
  readonly table: SignalTable;
}

/** The parts of the diagnosis of a run in the notation, from the real history and tree. */
export function partsOf(text: string): Parts {
  const run = runFrom(text);
  const history = buildHistory(run, createStepAnalyzer(), parseTestOutput);
  const context = buildContext(run, history, buildTree(run, history));
  const anchors = findAnchors(context);
  const graph = buildDependence(context);
  const slice = sliceBackward(context, graph, anchors);
  return { run, context, anchors, graph, slice, table: collectSignals({ context, graph, anchors, slice }) };
}

export function diagnoseRun(run: Run): Diagnosis {
  const history = buildHistory(run, createStepAnalyzer(), parseTestOutput);
  return diagnose(run, history, buildTree(run, history));
}

export function diagnoseNoted(text: string): Diagnosis {
  return diagnoseRun(runFrom(text));
}

/** Ordinals of the steps that carry a signal. */
export function stepsWith(table: SignalTable, name: string): number[] {
  return [...table]
    .filter(([, signals]) => signals.some((signal) => signal.name === name))
    .map(([ordinal]) => ordinal)
    .toSorted((a, b) => a - b);
}
