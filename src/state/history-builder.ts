import type { Effect, StepEffects } from '../model/effect.ts';
import type { Position } from '../model/ids.ts';
import type { Run } from '../model/run.ts';
import type { StepRecord } from '../model/state.ts';
import type { Step } from '../model/step.ts';
import type { TestReport } from '../model/test-result.ts';
import { parseReportFile } from '../testreports/parse-report-file.ts';
import { BudgetLine } from './budget.ts';
import { type Directory, DirectoryTracker, threadOf } from './directory.ts';
import { Doubter } from './doubt/doubter.ts';
import { type Course, EffectPlayer, placeOf } from './effect-player.ts';
import { ErrorLedger } from './error-ledger.ts';
import { FileStore } from './file-store.ts';
import { findErrors, lastWords } from './find-errors.ts';
import { cutScreen } from './git/cut-screen.ts';
import type { GitOutput } from './git/git-call.ts';
import { GitModel } from './git/git-model.ts';
import { EnvironmentLedger } from './machine/environment.ts';
import { Machine } from './machine/machine.ts';
import { PackageLedger } from './machine/package-ledger.ts';
import { PromiseLedger } from './promises/promise-ledger.ts';
import { observeFacts, withRecorded } from './recorded-facts.ts';
import { readOutput, type ShownOutput } from './shown-output.ts';
import { SILENT_PROGRAMS } from './silent-programs.ts';
import { isFailed } from './step-failed.ts';
import { recordListing, recordReads, SeenLedger } from './step-files.ts';
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
  private readonly player: EffectPlayer;
  private readonly readTests: TestReader;

  constructor(run: Run, readTests: TestReader) {
    this.tracker = new DirectoryTracker(run);
    this.doubter = new Doubter(run, this.files);
    this.env = new EnvironmentLedger(this.tracker.variables);
    this.player = new EffectPlayer(this.files, this.git, this.env, this.tracker);
    this.readTests = readTests;
    this.budget = new BudgetLine(run.startedAt);
    this.directories.set('cwd', -1, this.tracker.start);
  }

  /** What is known before a step; the steps before it must have been added. */
  contextOf(step: Step): StepContext {
    const here = this.tracker.before(step);
    return {
      ...(here && { cwd: here.path }),
      script: (path) => this.files.track(placeOf(path, { here }))?.content,
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
    this.git.begin(readGitText(step.action, effects.programs, output));
    const where = (path: string): string => placeOf(path, course);
    observeFacts(step, at, this.files, where);
    for (const effect of withRecorded(effects.happened.effects, step, this.files, where)) {
      this.doubter.note(effect, { step, at, place: where });
      this.player.play(effect, course);
      if (runsCode(effect)) course.afterTests = new Set();
    }
    this.doubter.end(step, at, effects);
    this.finishReads(course, effects, output);
    this.git.end(at);
    const after = this.tracker.settle(step, course.here, output?.text, course);
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
}

/** What git printed, and whether that is all of it and nothing else. */
function readGitText(
  action: string,
  programs: readonly string[],
  output: ShownOutput | undefined,
): GitOutput {
  const cut =
    output && !output.whole && programs.includes('git') ? cutScreen(output.text, action) : undefined;
  const shown = cut === undefined ? output : { text: cut, whole: true };
  return { text: shown?.text ?? '', entire: printsOnlyGit(programs, shown) };
}

/** Whether an output is all that git printed, and nothing else. */
function printsOnlyGit(programs: readonly string[], output: ShownOutput | undefined): boolean {
  return (
    output?.whole === true && programs.every((program) => program === 'git' || SILENT_PROGRAMS.has(program))
  );
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
