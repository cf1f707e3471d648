import { exhaustive } from '../base/assert.ts';
import { joinPath, normalizePath } from '../base/path.ts';
import type { Effect, StepEffects } from '../model/effect.ts';
import type { Position, StepId } from '../model/ids.ts';
import type { Run } from '../model/run.ts';
import type { KnownTest, PackageState, PortState, ServiceState, StepRecord } from '../model/state.ts';
import type { Step } from '../model/step.ts';
import type { TestReport } from '../model/test-result.ts';
import { BudgetLine } from './budget.ts';
import { type Directory, DirectoryTracker } from './directory.ts';
import { ErrorLedger } from './error-ledger.ts';
import { type Doing, FileStore } from './file-store.ts';
import { findErrors, lastWords } from './find-errors.ts';
import { GitModel } from './git-model.ts';
import { ProcessList } from './process-list.ts';
import { readOutput, type ShownOutput } from './shown-output.ts';
import { isFailed } from './step-failed.ts';
import { type FileRead, recordListing, recordReads, SeenLedger } from './step-files.ts';
import { VersionedMap } from './versioned-map.ts';

/** Reads the results of tests out of the output of a command. */
export type TestReader = (command: string | undefined, output: string) => TestReport | undefined;

/** What is known before a step that helps to tell its effects. */
export interface StepContext {
  /** Directory in which it runs. */
  readonly cwd?: string;
  /** Content of a file, where it is known: a step may run a script that an earlier one wrote. */
  readonly script: (path: string) => string | undefined;
}

export type StepAnalyzer = (step: Step, context: StepContext) => StepEffects;

export interface EnvValue {
  readonly value: string | undefined;
  readonly by: StepId;
}

/** What one step's effects have done so far. */
interface Course {
  readonly step: Step;
  readonly at: Position;
  here: Directory | undefined;
  readonly changed: Set<string>;
  readonly looked: Set<string>;
  readonly reads: FileRead[];
}

/** Takes in the steps of a run one by one and keeps every state between them. */
export class HistoryBuilder {
  readonly records: StepRecord[] = [];
  readonly files = new FileStore();
  readonly seen = new SeenLedger();
  readonly errors = new ErrorLedger();
  readonly processes = new ProcessList();
  readonly budget: BudgetLine;
  readonly directories = new VersionedMap<'cwd', Directory>();
  readonly branches = new VersionedMap<'branch', { readonly name: string; readonly by: StepId }>();
  readonly env = new VersionedMap<string, EnvValue>();
  readonly packages = new VersionedMap<string, PackageState>();
  readonly services = new VersionedMap<string, ServiceState>();
  readonly ports = new VersionedMap<number, PortState>();
  readonly tests = new VersionedMap<string, KnownTest>();
  private readonly tracker: DirectoryTracker;
  private readonly git = new GitModel(this.files);
  private readonly readTests: TestReader;

  constructor(run: Run, readTests: TestReader) {
    this.tracker = new DirectoryTracker(run);
    this.readTests = readTests;
    this.budget = new BudgetLine(run.startedAt);
    this.directories.set('cwd', -1, this.tracker.start);
  }

  /** What is known before a step; the steps before it must have been added. */
  contextOf(step: Step): StepContext {
    const here = this.tracker.before(step);
    return {
      ...(here && { cwd: here.path }),
      script: (path) => this.files.track(place(path, { here }))?.content,
    };
  }

  add(step: Step, effects: StepEffects): StepRecord {
    const at = this.records.length as Position;
    const before = this.tracker.before(step);
    const course: Course = {
      step,
      at,
      here: before,
      changed: new Set(),
      looked: new Set(),
      reads: [],
    };
    const output = readOutput(step);
    const failed = isFailed(step, effects, output);
    for (const effect of effects.happened.effects) this.apply(effect, course);
    this.finishReads(course, effects, output);
    const after = this.tracker.settle(step, course.here);
    if (after !== this.directories.latest('cwd')) this.directories.set('cwd', at, after);
    const tests =
      output && effects.requested.effects.some(runsCode)
        ? this.readTests(step.action, output.text)
        : undefined;
    for (const { test, status } of tests?.results ?? [])
      this.tests.set(test, at, { test, status, step: step.id });
    this.budget.add(step);
    const record: StepRecord = {
      step,
      position: at,
      effects,
      cwd: before?.path,
      changed: [...course.changed],
      read: [...course.looked],
      tests,
      errors: this.recordErrors(course, effects, output, failed),
      failed,
    };
    this.records.push(record);
    return record;
  }

  private finishReads(course: Course, effects: StepEffects, output: ShownOutput | undefined): void {
    const changed = [...course.changed];
    const context = {
      step: course.step.id,
      at: course.at,
      action: course.step.action,
      programs: effects.programs,
      output,
      changed,
    };
    recordReads(course.reads, this.files, this.seen, context);
    const [edited] = changed;
    if (edited !== undefined && changed.length === 1 && course.reads.length === 0)
      recordListing(edited, this.files, this.seen, context);
  }

  private recordErrors(
    course: Course,
    effects: StepEffects,
    output: ShownOutput | undefined,
    failed: boolean,
  ): StepRecord['errors'] {
    // What a step reads may talk of errors without being one.
    const asked = effects.requested.effects;
    const onlyLooks = asked.length > 0 && asked.every((effect) => LOOKING.has(effect.kind));
    const found = output && !(onlyLooks && !failed) ? findErrors(output.text, onlyLooks) : [];
    if (failed && found.length === 0 && output) {
      const last = lastWords(output.text);
      if (last) found.push(last);
    }
    return this.errors.record(
      {
        step: course.step.id,
        at: course.at,
        action: course.step.action,
        effects: asked,
        programs: effects.programs,
        paths: [...course.changed, ...course.looked],
        failed,
        answered: output !== undefined && course.step.status !== 'pending',
      },
      found,
    );
  }

  private apply(effect: Effect, course: Course): void {
    const { step, at } = course;
    const doing: Doing = { at, by: step.id, certainty: effect.certainty };
    const sure = effect.certainty !== 'possible';
    switch (effect.kind) {
      case 'read':
        if (sure && !/[*?]|\{\}/.test(effect.path)) {
          const path = place(effect.path, course);
          course.reads.push({ path, range: effect.range });
          course.looked.add(path);
        }
        return;
      case 'search':
        for (const path of effect.paths) course.looked.add(place(path, course));
        return;
      case 'write':
        return this.changed(
          this.files.write(place(effect.path, course), doing, effect.change, effect.creates ?? false),
          course,
          sure,
        );
      case 'delete':
        // A deletion that may not have happened says nothing: the file stays as known.
        if (sure)
          this.changed(this.files.remove(place(effect.path, course), doing, effect.recursive), course, sure);
        return;
      case 'move':
      case 'copy': {
        const [from, to] = [place(effect.from, course), place(effect.to, course)];
        const target = effect.to.endsWith('/') && !to.endsWith('/') ? `${to}/` : to;
        if (sure) this.changed(this.files.transfer(from, target, doing, effect.kind), course, sure);
        return;
      }
      case 'mkdir':
        if (sure) course.changed.add(place(effect.path, course));
        return;
      case 'mode':
        if (sure) course.changed.add(place(effect.path, course));
        return;
      case 'chdir':
        course.here = this.tracker.enter(course.here, effect.path, step, effect.certainty === 'certain');
        return;
      case 'env':
        if (sure && effect.exported && this.tracker.keeps)
          this.env.set(effect.name, at, { value: effect.value, by: step.id });
        return;
      case 'package':
        if (sure) {
          const state: PackageState = {
            action: effect.action,
            manager: effect.manager,
            by: step.id,
            provenance: 'derived',
          };
          for (const name of effect.names) this.packages.set(name, at, state);
        }
        return;
      case 'git':
        if (sure) this.changed(this.git.apply(effect, course.here?.path, doing), course, sure);
        if (this.git.branch !== this.branches.latest('branch'))
          this.branches.set('branch', at, this.git.branch);
        return;
      case 'process':
        if (effect.action === 'start' && effect.background && sure)
          this.processes.start(effect.what, step.id, at);
        else if (effect.action === 'kill' && sure) this.processes.kill(effect.what, at);
        return;
      case 'test':
      case 'run':
      case 'build':
      case 'service':
      case 'account':
      case 'network':
      case 'keys':
      case 'submit':
      case 'note':
      case 'delegate':
      case 'remote':
        return;
      default:
        exhaustive(effect);
    }
  }

  private changed(paths: readonly string[], course: Course, sure: boolean): void {
    this.git.noteChanged(paths);
    if (sure) for (const path of paths) course.changed.add(path);
  }
}

/** Kinds of effects that only look at what is there. */
const LOOKING: ReadonlySet<Effect['kind']> = new Set(['read', 'search', 'chdir', 'env', 'note']);

/** Whether the output may hold results of tests. */
function runsCode(effect: Effect): boolean {
  return (
    effect.kind === 'test' || effect.kind === 'run' || effect.kind === 'build' || effect.kind === 'remote'
  );
}

/** Absolute where the directory is known, else normalised as written. */
function place(path: string, course: Pick<Course, 'here'>): string {
  if (/^[~$]/.test(path)) return path;
  return course.here ? joinPath(course.here.path, path) : normalizePath(path);
}
