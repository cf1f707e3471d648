import { hashText } from '../base/hash.ts';
import type { ContentChange, Effect } from '../model/effect.ts';
import type { Run } from '../model/run.ts';
import type { StateHistory, StepRecord } from '../model/state.ts';
import type { TraceTree } from '../model/tree.ts';
import { readTaskFacts, type TaskFacts } from './task-facts.ts';
import { findWork, type IsWork } from './work-files.ts';

/** One main-agent step with the facts that several signals ask for. */
export interface MainStep {
  readonly record: StepRecord;
  /** From 1; the step's number. */
  readonly ordinal: number;
  /** Paths that it changed and that matter to the task: neither scratch files nor the agent's own new tests. */
  readonly sources: readonly string[];
  /** Other paths that it changed. */
  readonly scratch: readonly string[];
  /** Characters of content that it wrote, as far as its text says. */
  readonly written: number;
  /** Equal for equal actions of the same tool. */
  readonly actionKey: number;
  /** Ran tests, a check, or a program, and so looked at how things stand. */
  readonly verifies: boolean;
  readonly submits: boolean;
  /** Only the agent's own notes: todo lists, plans. */
  readonly onlyNotes: boolean;
}

/** What every part of the diagnosis works on. */
export interface Context {
  readonly run: Run;
  readonly history: StateHistory;
  readonly tree: TraceTree;
  readonly task: TaskFacts;
  /** `steps[i].ordinal` is `i + 1`. */
  readonly steps: readonly MainStep[];
  /** Ordinals of the steps that made the current version of each source path, by path, at the end of the run. */
  readonly lastWriter: ReadonlyMap<string, number>;
}

export function buildContext(run: Run, history: StateHistory, tree: TraceTree): Context {
  const task = readTaskFacts(run);
  const isWork = findWork(history, task);
  const steps: MainStep[] = [];
  const lastWriter = new Map<string, number>();
  const mains = new Set(run.steps.map((step) => step.id));
  let current: { own: StepRecord; changed: Set<string> } | undefined;
  const finish = (): void => {
    if (!current) return;
    const ordinal = steps.length + 1;
    const step = describeStep(current.own, ordinal, [...current.changed], isWork);
    for (const path of step.sources) lastWriter.set(path, ordinal);
    steps.push(step);
  };
  // A sub-agent's changes count as its caller's: it is the call that the main agent decided on.
  for (const record of history.records) {
    if (mains.has(record.step.id)) {
      finish();
      current = { own: record, changed: new Set(record.changed) };
    } else {
      for (const path of record.changed) current?.changed.add(path);
    }
  }
  finish();
  return { run, history, tree, task, steps, lastWriter };
}

function describeStep(
  record: StepRecord,
  ordinal: number,
  changed: readonly string[],
  isWork: IsWork,
): MainStep {
  const { action } = record.step;
  const effects = record.effects.requested.effects;
  const sources: string[] = [];
  const scratch: string[] = [];
  for (const path of changed) (isWork(path, action) ? sources : scratch).push(path);
  return {
    record,
    ordinal,
    sources,
    scratch,
    written: effects.reduce((sum, effect) => sum + writtenSize(effect), 0),
    actionKey: hashText(`${record.step.tool}\u0000${record.step.action.trim()}`),
    verifies: effects.some(looksAtResult),
    submits: effects.some((effect) => effect.kind === 'submit'),
    onlyNotes: effects.length > 0 && effects.every((effect) => effect.kind === 'note'),
  };
}

/** Runs something, or asks a service of the same machine: its output shows how things stand. */
function looksAtResult(effect: Effect): boolean {
  if (effect.kind === 'network') return /\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0)\b/.test(effect.target ?? '');
  return effect.kind === 'test' || effect.kind === 'run' || effect.kind === 'build';
}

function writtenSize(effect: Effect): number {
  return effect.kind === 'write' ? changeSize(effect.change) : 0;
}

function linesSize(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}

function changeSize(change: ContentChange): number {
  switch (change.kind) {
    case 'set':
    case 'append':
    case 'splice':
      return change.content.length;
    case 'replace':
      return Math.max(change.new.length, change.old.length);
    case 'patch':
      return change.diff.length;
    case 'sed':
      return change.script.length;
    case 'sequence':
      // One level: sequences are made of plain changes.
      return change.changes.reduce((sum, part) => sum + (part.kind === 'sequence' ? 0 : changeSize(part)), 0);
    case 'hunks':
      return change.hunks.reduce((sum, hunk) => sum + linesSize(hunk.old) + linesSize(hunk.new), 0);
    case 'undo':
    case 'unknown':
      return 0;
    default: {
      const never: never = change;
      return never;
    }
  }
}
