import { exhaustive } from '../base/assert.ts';
import { joinPath, normalizePath } from '../base/path.ts';
import type { Effect, StepEffects } from '../model/effect.ts';
import type { Position } from '../model/ids.ts';
import type { Run } from '../model/run.ts';
import type { StepRecord } from '../model/state.ts';
import type { Step } from '../model/step.ts';
import type { TestReport } from '../model/test-result.ts';
import { parseReportFile } from '../testreports/parse-report-file.ts';
import { BudgetLine } from './budget.ts';
import { type Directory, DirectoryTracker, runsApart, threadOf } from './directory.ts';
import { Doubter } from './doubt/doubter.ts';
import { ErrorLedger } from './error-ledger.ts';
import { type Doing, FileStore } from './file-store.ts';
import { findErrors, lastWords } from './find-errors.ts';
import { GitModel } from './git/git-model.ts';
import { EnvironmentLedger } from './machine/environment.ts';
import { Machine } from './machine/machine.ts';
import { PackageLedger } from './machine/package-ledger.ts';
import { PromiseLedger } from './promises/promise-ledger.ts';
import { observeFacts, withRecorded } from './recorded-facts.ts';
import { readOutput, type ShownOutput } from './shown-output.ts';
import { isFailed } from './step-failed.ts';
import { type FileRead, recordListing, recordReads, SeenLedger } from './step-files.ts';
import { TestLedger } from './test-ledger.ts';
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

/** What one step's effects have done so far. */
interface Course {
  readonly step: Step;
  readonly at: Position;
  here: Directory | undefined;
  /** The directory before the last change of it in this step; absent until the first. */
  left?: Directory | undefined;
  readonly changed: Set<string>;
  readonly looked: Set<string>;
  readonly reads: FileRead[];
  /** What was changed since the last program that may have run tests. */
  afterTests?: Set<string>;
}

/** Takes in the steps of a run one by one and keeps every state between them. */
export class HistoryBuilder {
  readonly records: StepRecord[] = [];
  readonly files = new FileStore();
  readonly seen = new SeenLedger();
  readonly errors = new ErrorLedger();
  readonly budget: BudgetLine;
  readonly directories = new VersionedMap<'cwd', Directory>();
  readonly env: EnvironmentLedger;
  readonly packages = new PackageLedger();
  readonly machine = new Machine();
  readonly promises = new PromiseLedger();
  readonly tests = new TestLedger(
    (position) => this.files.fingerprint.at(position),
    (path) => this.files.versions(path)[0]?.madeBy !== undefined,
  );
  private readonly tracker: DirectoryTracker;
  readonly git = new GitModel(this.files);
  private readonly doubter: Doubter;
  private readonly readTests: TestReader;

  constructor(run: Run, readTests: TestReader) {
    this.tracker = new DirectoryTracker(run);
    this.doubter = new Doubter(run, this.files);
    this.env = new EnvironmentLedger(this.tracker.variables);
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
    if (before) this.files.makeFolder(before.path);
    this.doubter.begin(step, at, effects);
    this.git.begin({ text: output?.text ?? '', entire: printsOnlyGit(effects.programs, output) });
    const where = (path: string): string => place(path, course);
    observeFacts(step, at, this.files, where);
    for (const effect of withRecorded(effects.happened.effects, step, this.files, where)) {
      this.doubter.note(effect, { step, at, place: (path) => place(path, course) });
      this.apply(effect, course);
      if (runsCode(effect)) course.afterTests = new Set();
    }
    this.doubter.end(step, at, effects);
    this.finishReads(course, effects, output);
    this.git.end(at);
    const after = this.tracker.settle(step, course.here, output?.text);
    if (after !== this.directories.latest('cwd')) this.directories.set('cwd', at, after);
    const tests =
      output && effects.requested.effects.some(runsCode)
        ? this.readTests(step.action, output.text)
        : output && this.tests.isReport([...course.looked])
          ? parseReportFile(output.text)
          : undefined;
    this.recordSurroundings(course, effects, output?.text, tests, failed);
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

  /** What changed beside the files. */
  private recordSurroundings(
    course: Course,
    effects: StepEffects,
    output: string | undefined,
    report: TestReport | undefined,
    failed: boolean,
  ): void {
    const { step, at } = course;
    const { programs } = effects;
    const [requested, happened] = [effects.requested.effects, effects.happened.effects];
    const changed = [...course.changed];
    const keeps = this.tracker.keeps && this.tracker.variables === 'derived';
    const thread = threadOf(step.id);
    const cwd = course.here?.path;
    this.packages.add({ step, at, requested, happened, output, cwd, failed, keeps, thread });
    this.machine.add({ step, at, happened, programs, output, failed });
    this.tests.add({
      step: step.id,
      at,
      action: step.action,
      effects: happened,
      changed,
      after: [...(course.afterTests ?? [])],
      report,
    });
    const hasTestReport = report !== undefined;
    const done = { action: step.action, requested, happened, programs, changed, hasTestReport };
    this.promises.add(step, at, done);
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
        changed: [...course.changed],
        looked: [...course.looked],
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
        if (effect.kind === 'copy' && effect.link !== undefined) {
          if (!sure) return;
          const made =
            effect.link === 'hard'
              ? this.files.linkHard(from, to, doing)
              : this.files.link(effect.from, to, doing);
          return this.changed(made, course, sure);
        }
        const target = effect.to.endsWith('/') && !to.endsWith('/') ? `${to}/` : to;
        if (sure) this.changed(this.files.transfer(from, target, doing, effect.kind), course, sure);
        return;
      }
      case 'mkdir':
        if (sure) course.changed.add(place(effect.path, course));
        if (effect.certainty === 'certain') this.files.makeFolder(place(effect.path, course));
        return;
      case 'mode':
        if (sure) course.changed.add(place(effect.path, course));
        return;
      case 'chdir': {
        const from = course.here;
        // `cd a; cd -`: the directory before stands in the same command.
        course.here =
          effect.path === '-' && 'left' in course
            ? course.left
            : this.tracker.enter(from, effect.path, step, effect.certainty === 'certain');
        course.left = from;
        return;
      }
      case 'env':
        if (this.tracker.keeps && !runsApart(step)) this.env.apply(effect, step, threadOf(step.id), at);
        return;
      case 'git':
        if (sure) this.changed(this.git.apply(effect, course.here?.path, doing), course, sure);
        return;
      case 'process':
        // The tool was told to begin with a new shell.
        if (effect.action === 'kill' && effect.what === 'shell') {
          this.env.restart(threadOf(step.id), at);
          course.here = this.tracker.start;
        }
        return;
      case 'package':
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
    if (!sure) return;
    for (const path of paths) {
      course.changed.add(path);
      course.afterTests?.add(path);
    }
  }
}

/** Programs that print nothing when they succeed. */
const SILENT = new Set([
  'cd',
  'export',
  'set',
  'mkdir',
  'touch',
  'rm',
  'cp',
  'mv',
  'chmod',
  'source',
  '.',
  'true',
  ':',
]);

/** Whether an output is all that git printed, and nothing else. */
function printsOnlyGit(programs: readonly string[], output: ShownOutput | undefined): boolean {
  return output?.whole === true && programs.every((program) => program === 'git' || SILENT.has(program));
}

/** Kinds of effects that only look at what is there. */
const LOOKING: ReadonlySet<Effect['kind']> = new Set(['read', 'search', 'chdir', 'env', 'note']);

/** Whether the output may hold results of tests. */
function runsCode(effect: Effect): boolean {
  return (
    effect.kind === 'test' ||
    effect.kind === 'run' ||
    effect.kind === 'build' ||
    effect.kind === 'remote' ||
    // What a job in the background has printed by now.
    (effect.kind === 'process' && effect.action === 'wait')
  );
}

/** Absolute where the directory is known, else normalised as written. */
function place(path: string, course: Pick<Course, 'here'>): string {
  if (/^[~$]/.test(path)) return path;
  return course.here ? joinPath(course.here.path, path) : normalizePath(path);
}
