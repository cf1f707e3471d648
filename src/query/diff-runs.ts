import { createTwoFilesPatch } from 'diff';
import { firstLine } from '../base/text.ts';
import { compareDoings, type OnlyOne } from '../compare/compare-doings.ts';
import { compareWork, type WorkComparison } from '../compare/compare-work.ts';
import type { Divergence, SharedState, Side } from '../compare/compared-run.ts';
import { type StepId, stepNumber } from '../model/ids.ts';
import type { Run } from '../model/run.ts';
import type { Analysis } from './analysis.ts';
import type { DiffDocument } from './diff-schemas.ts';

export type RunDiff = Omit<DiffDocument, 'schema'>;
type StepName = number | string;

export interface DiffOptions {
  /** Adds a unified diff of what the runs left in each file that differs. */
  readonly patches?: boolean;
}

/** Texts of files beyond this length are not compared line by line. */
const LONGEST_TEXT = 400_000;

/**
 * Two runs of a task aligned by state: where the files that they worked on first differed, what each did that the other
 * did not, and how each ended. Runs of different tasks are compared too; `task` says so.
 */
export function diffRuns(a: Analysis, b: Analysis, options: DiffOptions = {}): RunDiff {
  const work = compareWork(a, b);
  const doings = compareDoings(a, b, work.roots);
  const first = work.divergences[0];
  const divergences = work.divergences.map((divergence) => describeDivergence(divergence, a, b));
  const last = divergences.at(-1);
  return {
    a: describeRun(a),
    b: describeRun(b),
    task: compareTasks(a.run, b.run),
    roots: { a: work.roots.a, b: work.roots.b },
    states: { a: work.states.a, b: work.states.b, shared: work.shared.length },
    firstDivergence: divergences[0] ?? null,
    lastingDivergence: last?.meets === null ? last : null,
    divergences,
    files: work.files.map(({ path, relation, changedA, changedB }) => ({
      path,
      relation,
      a: changedA.map(stepNumber),
      b: changedB.map(stepNumber),
      ...(options.patches && relation !== 'equal' && describePatch(work, path)),
    })),
    onlyA: listOnly('a'),
    onlyB: listOnly('b'),
    tests: doings.tests.map(({ test, a: left, b: right }) => ({
      test,
      a: left ? { status: left.status, step: stepNumber(left.step) } : null,
      b: right ? { status: right.status, step: stepNumber(right.step) } : null,
    })),
    checks: compareChecks(a.run, b.run),
  };

  function listOnly(side: Side): RunDiff['onlyA'] {
    const { history } = side === 'a' ? a : b;
    const start = first && startOf(first, side);
    const bound = start === undefined ? undefined : history.position(start);
    const isBefore = ({ step }: OnlyOne): boolean =>
      bound !== undefined && (history.position(step) ?? 0) < bound;
    return {
      read: doings.read[side].map(nameOne),
      readBeforeDivergence: doings.read[side].filter(isBefore).map(nameOne),
      packages: doings.packages[side].map(nameOne),
      services: doings.services[side].map(nameOne),
      openErrors: doings.openErrors[side].map(nameOne),
      actions: doings.actions[side].map(nameOne),
    };
  }
}

/** The first change of a run in a divergence; for a run that changed nothing, the step after the last shared state. */
function startOf(divergence: Divergence, side: Side): StepId | undefined {
  return divergence[side][0] ?? divergence.meets?.[side];
}

function nameOne({ what, step }: OnlyOne): { what: string; step: StepName } {
  return { what, step: stepNumber(step) };
}

function describeRun({ run, diagnosis, tree, history }: Analysis): RunDiff['a'] {
  return {
    id: run.id,
    path: run.path,
    format: run.format,
    agent: run.agent?.name ?? null,
    model: run.model ?? null,
    steps: run.stepCount ?? run.steps.length,
    failedSteps: history.records.filter((record) => record.failed).length,
    backtracks: tree.nodes.filter((node) => node.returnsTo !== undefined).length,
    outcome: run.outcome.kind,
    verdict: diagnosis.verdict.kind,
    onset: diagnosis.onset === undefined ? null : stepNumber(diagnosis.onset),
  };
}

function compareTasks(a: Run, b: Run): RunDiff['task'] {
  const [left, right] = [a.task, b.task];
  if (left?.id !== undefined && right?.id !== undefined) return left.id === right.id ? 'same' : 'different';
  if (left?.text === undefined || right?.text === undefined) return 'unknown';
  return left.text.trim() === right.text.trim() ? 'same' : 'different';
}

function describeDivergence(
  divergence: Divergence,
  a: Analysis,
  b: Analysis,
): RunDiff['divergences'][number] {
  const { from, meets, files, provenance } = divergence;
  const steps = (side: Side, { history }: Analysis) =>
    divergence[side].map((id) => {
      const record = history.records[history.position(id) ?? -1];
      return {
        step: stepNumber(id),
        action: firstLine(record?.step.action ?? '', 200),
        changed: [...(record?.changed ?? [])],
      };
    });
  return {
    from: nameShared(from),
    a: steps('a', a),
    b: steps('b', b),
    meets: meets ? nameShared(meets) : null,
    files: [...files],
    provenance,
  };
}

function nameShared({ a, b }: SharedState): { a: StepName | null; b: StepName | null } {
  return { a: a === undefined ? null : stepNumber(a), b: b === undefined ? null : stepNumber(b) };
}

function describePatch(work: WorkComparison, path: string): { patch?: string } {
  const { a = '', b = '' } = work.contents(path);
  if (a === b || a.length + b.length > LONGEST_TEXT) return {};
  return {
    patch: createTwoFilesPatch(`a/${path}`, `b/${path}`, a, b, '', '', { maxEditLength: 5000 }) ?? '',
  };
}

function compareChecks(a: Run, b: Run): RunDiff['checks'] {
  const statuses = (run: Run): Map<string, string> =>
    new Map(run.outcome.checks.map((check) => [check.test, check.status]));
  const [left, right] = [statuses(a), statuses(b)];
  return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((test) => {
    const [own, other] = [left.get(test) ?? null, right.get(test) ?? null];
    return own === other ? [] : [{ test, a: own, b: other }];
  });
}
