import { lastAtMost } from '../../base/order.ts';
import { baseName } from '../../base/path.ts';
import type { StepId } from '../../model/ids.ts';
import type { ErrorMark, FileVersion, StateHistory, StepRecord } from '../../model/state.ts';
import type { TestStatus } from '../../model/test-result.ts';
import { threadOf } from '../directory.ts';
import { PathIndex } from './path-index.ts';

/** What questions about causes look up in a history. Each part is made when first asked for, in one pass. */
export class CauseIndex {
  readonly history: StateHistory;
  private pathIndex: PathIndex | undefined;
  private errorsByNumber: ReadonlyMap<number, ErrorMark> | undefined;
  private errorsBySignature: ReadonlyMap<string, readonly ErrorMark[]> | undefined;
  private errorsByName: ReadonlyMap<string, readonly ErrorMark[]> | undefined;
  private resultsByTest: ReadonlyMap<string, readonly ShownResult[]> | undefined;
  private coursePass: Course | undefined;

  constructor(history: StateHistory) {
    this.history = history;
  }

  get paths(): PathIndex {
    this.pathIndex ??= new PathIndex(this.history.paths);
    return this.pathIndex;
  }

  record(step: StepId | undefined): StepRecord | undefined {
    const position = step === undefined ? undefined : this.history.position(step);
    return position === undefined ? undefined : this.history.records[position];
  }

  /** Version of a path that a step found: the one that held before it. */
  versionBefore(path: string, position: number): FileVersion | undefined {
    return lastAtMost(this.history.versions(path), position - 1, (version) => version.at);
  }

  /** Version of a path that holds after the step at a position. */
  versionAt(path: string, position: number): FileVersion | undefined {
    return lastAtMost(this.history.versions(path), position, (version) => version.at);
  }

  error(number: number): ErrorMark | undefined {
    this.errorsByNumber ??= new Map(this.history.errors.map((error) => [error.number, error]));
    return this.errorsByNumber.get(number);
  }

  /** The same error each time that it was shown, in order. */
  sameErrors(signature: string): readonly ErrorMark[] {
    this.errorsBySignature ??= groupBy(this.history.errors, ({ signature }) => [signature]);
    return this.errorsBySignature.get(signature) ?? [];
  }

  /** Errors that name a file of this name, in order. */
  errorsNaming(path: string): readonly ErrorMark[] {
    this.errorsByName ??= groupBy(this.history.errors, ({ files }) => [
      ...new Set(files.map((file) => baseName(file.path))),
    ]);
    return this.errorsByName.get(baseName(path)) ?? [];
  }

  /** Every result of a test, in order. */
  resultsOf(test: string): readonly ShownResult[] {
    this.resultsByTest ??= readResults(this.history.records);
    return this.resultsByTest.get(test) ?? [];
  }

  /** The step of the same thread right before a position whose output shows a failure, with no change between the two. */
  failureBefore(position: number): StepRecord | undefined {
    return this.history.records[this.course.failureBefore[position] ?? -1];
  }

  /** The last step before a position that changed files. */
  changeBefore(position: number): StepRecord | undefined {
    return this.history.records[this.course.changeBefore[position] ?? -1];
  }

  /** The first step after a position that ran tests, a build or a program. */
  checkAfter(position: number): StepRecord | undefined {
    return this.history.records[this.course.checkAfter[position] ?? -1];
  }

  private get course(): Course {
    this.coursePass ??= readCourse(this.history.records);
    return this.coursePass;
  }
}

/** One result of one test. */
export interface ShownResult {
  readonly position: number;
  readonly status: TestStatus;
}

function readResults(records: readonly StepRecord[]): ReadonlyMap<string, readonly ShownResult[]> {
  const byTest = new Map<string, ShownResult[]>();
  for (const { tests, position } of records) {
    for (const { test, status } of tests?.results ?? []) {
      const results = byTest.get(test);
      if (!results) byTest.set(test, [{ position, status }]);
      // Within one step only the last word counts.
      else if (results.at(-1)?.position === position) results[results.length - 1] = { position, status };
      else results.push({ position, status });
    }
  }
  return byTest;
}

/** Positions per position; -1 for none. */
interface Course {
  readonly failureBefore: Int32Array;
  readonly changeBefore: Int32Array;
  readonly checkAfter: Int32Array;
}

function readCourse(records: readonly StepRecord[]): Course {
  const failureBefore = new Int32Array(records.length).fill(-1);
  const changeBefore = new Int32Array(records.length).fill(-1);
  const checkAfter = new Int32Array(records.length).fill(-1);
  const threads = new Map<string, { failure: number; change: number }>();
  let change = -1;
  for (const [position, record] of records.entries()) {
    const key = threadOf(record.step.id);
    let thread = threads.get(key);
    if (!thread) {
      thread = { failure: -1, change: -1 };
      threads.set(key, thread);
    }
    changeBefore[position] = change;
    // A step that both changes and fails (`make && ./run`) shows how its own change went.
    if (thread.failure >= thread.change) failureBefore[position] = thread.failure;
    if (showsFailure(record)) thread.failure = position;
    if (record.changed.length > 0) {
      thread.change = position;
      change = position;
    }
  }
  let check = -1;
  for (let position = records.length - 1; position >= 0; position--) {
    checkAfter[position] = check;
    const record = records[position];
    if (record && isCheck(record)) check = position;
  }
  return { failureBefore, changeBefore, checkAfter };
}

/** Whether a step's output shows that something is wrong. */
export function showsFailure({ failed, errors, tests }: StepRecord): boolean {
  return failed || errors.length > 0 || (tests?.failed ?? 0) > 0 || (tests?.errors ?? 0) > 0;
}

/** Whether a step ran tests, a build or a program, so that its output shows how things stand. */
export function isCheck({ effects }: StepRecord): boolean {
  return effects.requested.effects.some(({ kind }) => kind === 'test' || kind === 'build' || kind === 'run');
}

function groupBy<T>(
  items: readonly T[],
  keysOf: (item: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}

const indexes = new WeakMap<StateHistory, CauseIndex>();

/** The index of a history; the same one each time, so that diagnosis and questions share what it has looked up. */
export function causeIndexOf(history: StateHistory): CauseIndex {
  const known = indexes.get(history);
  if (known) return known;
  const made = new CauseIndex(history);
  indexes.set(history, made);
  return made;
}
