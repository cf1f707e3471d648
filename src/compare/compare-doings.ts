import type { StepId } from '../model/ids.ts';
import type { StateHistory, StateView, StepRecord } from '../model/state.ts';
import type { TestStatus } from '../model/test-result.ts';
import type { ComparedRun, PairedRoots, Side } from './compared-run.ts';
import { belowRoot } from './pair-roots.ts';

/** Something that one run did and the other did not, with the step that did it (first). */
export interface OnlyOne {
  readonly what: string;
  readonly step: StepId;
}

export interface TestDifference {
  readonly test: string;
  /** The last known result in each run; undefined where there is none. */
  readonly a: { readonly status: TestStatus; readonly step: StepId } | undefined;
  readonly b: { readonly status: TestStatus; readonly step: StepId } | undefined;
}

/** What each of two runs did, besides changing files, that the other did not. */
export interface DoingComparison {
  readonly read: Readonly<Record<Side, readonly OnlyOne[]>>;
  readonly packages: Readonly<Record<Side, readonly OnlyOne[]>>;
  readonly services: Readonly<Record<Side, readonly OnlyOne[]>>;
  /** Errors that stood open at the end. */
  readonly openErrors: Readonly<Record<Side, readonly OnlyOne[]>>;
  /** Kinds of action that only one of the runs took at all, e.g. `test` or `build`. */
  readonly actions: Readonly<Record<Side, readonly OnlyOne[]>>;
  /** Tests whose last known results differ. */
  readonly tests: readonly TestDifference[];
}

export function compareDoings(a: ComparedRun, b: ComparedRun, roots: PairedRoots): DoingComparison {
  const [endA, endB] = [endOf(a.history), endOf(b.history)];
  const both = (list: (run: ComparedRun, root: string, end: StateView) => Map<string, StepId>) =>
    splitOnly(list(a, roots.a, endA), list(b, roots.b, endB));
  return {
    read: both(({ history }, root) => firstReads(history, root)),
    packages: both((_run, _root, end) => nameSteps(end.packages, installed)),
    services: both((_run, _root, end) => nameSteps(end.services, running)),
    openErrors: both(
      (_run, _root, end) => new Map(end.openErrors.map((error) => [error.line.trim(), error.step])),
    ),
    actions: both(({ history }) => firstActions(history)),
    tests: differingTests(endA, endB),
  };
}

function endOf(history: StateHistory): StateView {
  return history.at(history.records.length - 1);
}

function splitOnly(
  a: ReadonlyMap<string, StepId>,
  b: ReadonlyMap<string, StepId>,
): Record<Side, readonly OnlyOne[]> {
  const missing = (mine: ReadonlyMap<string, StepId>, theirs: ReadonlyMap<string, StepId>): OnlyOne[] =>
    [...mine].flatMap(([what, step]) => (theirs.has(what) ? [] : [{ what, step }]));
  return { a: missing(a, b), b: missing(b, a) };
}

/** Files and folders by common path with the first step that looked at them. */
function firstReads(history: StateHistory, root: string): Map<string, StepId> {
  const first = new Map<string, StepId>();
  for (const { step, read } of history.records) {
    for (const path of read) {
      const common = belowRoot(path, root);
      if (!first.has(common)) first.set(common, step.id);
    }
  }
  return first;
}

const KINDS = ['test', 'build', 'package', 'service', 'network', 'git', 'submit', 'delegate'] as const;

function firstActions(history: StateHistory): Map<string, StepId> {
  const first = new Map<string, StepId>();
  for (const record of history.records) {
    for (const kind of kindsOf(record)) if (!first.has(kind)) first.set(kind, record.step.id);
  }
  return first;
}

function kindsOf(record: StepRecord): readonly string[] {
  const { effects } = record.effects.happened;
  return KINDS.filter((kind) =>
    effects.some((effect) => effect.kind === kind && effect.certainty !== 'possible'),
  );
}

const installed = (state: { readonly action: string }): boolean =>
  state.action === 'install' || state.action === 'update';
const running = (state: { readonly running: boolean }): boolean => state.running;

function nameSteps<V extends { readonly by: StepId }>(
  map: ReadonlyMap<string, V>,
  counts: (value: V) => boolean,
): Map<string, StepId> {
  return new Map([...map].flatMap(([name, value]) => (counts(value) ? [[name, value.by] as const] : [])));
}

function differingTests(a: StateView, b: StateView): TestDifference[] {
  const names = new Set([...a.tests.keys(), ...b.tests.keys()]);
  return [...names].sort().flatMap((test) => {
    const [left, right] = [a.tests.get(test), b.tests.get(test)];
    if (left?.status === right?.status) return [];
    return [
      {
        test,
        a: left && { status: left.status, step: left.step },
        b: right && { status: right.status, step: right.step },
      },
    ];
  });
}
