import { lastAtMost, upperBound } from '../base/order.ts';
import { baseName } from '../base/path.ts';
import { foldWhitespace } from '../base/text.ts';
import type { Effect } from '../model/effect.ts';
import type { StepId } from '../model/ids.ts';
import type { KnownTest, KnownTestRun } from '../model/state.ts';
import type { TestReport } from '../model/test-result.ts';
import { isScratchPath } from './scratch-path.ts';
import { VersionedMap } from './versioned-map.ts';

interface At {
  readonly at: number;
}

/** A step that changed the project's files after the tests that it may have run itself. */
interface Change extends At {
  readonly by: StepId;
  /** The number of the files' state tells whether it was taken back later. */
  readonly isKnown: boolean;
}

/** What a step did, as far as tests are concerned. */
export interface TestStep {
  readonly step: StepId;
  readonly at: number;
  readonly action: string;
  readonly effects: readonly Effect[];
  /** Paths that it changed, and those of them that it changed after its last program that may have run tests. */
  readonly changed: readonly string[];
  readonly after: readonly string[];
  readonly report: TestReport | undefined;
}

/** Files that say something to people only: a change of them leaves results as they are. */
const PROSE =
  /\.(?:md|markdown|rst|adoc|log|patch|diff|orig|rej|bak|pyc|png|jpe?g|svg|pdf)$|(?:^|\/)(?:patch|diff|output|results?|log)\.txt$|(?:^|\/)(?:CHANGELOG|LICENSE|README|NOTES|TODO)\b[^/]*$|\/(?:__pycache__|\.git|\.pytest_cache|node_modules|coverage)(?:\/|$)/i;
/** `--junitxml=report.xml`, `-o results.json`, `--outputFile=out.json`. */
const REPORT_FILE = /(?<![\w./-])[\w./-]{1,200}\.(?:xml|json|tap)\b/g;
/** Git commands that put other content under the tests. */
const SWITCHES =
  /^(?:checkout|switch|reset|stash|merge|rebase|pull|apply|cherry-pick|revert|restore|am|clean|bisect)$/;

/** The last known result of every test and of every test command, and since when it is no longer of today's files. */
export class TestLedger {
  private readonly tests = new VersionedMap<string, KnownTest & At>();
  private readonly runs = new VersionedMap<string, KnownTestRun & At>();
  private readonly changes: Change[] = [];
  /** Tests that a command's last runs showed failing, by command. */
  private readonly failing = new Map<string, Set<string>>();
  /** Names of files into which commands that may run tests write reports. */
  private readonly reportFiles = new Set<string>();
  private readonly fingerprint: (position: number) => number;
  private readonly isCreated: (path: string) => boolean;

  /** `fingerprint` numbers the state of the files; `isCreated` says whether the run itself made a file. */
  constructor(fingerprint: (position: number) => number, isCreated: (path: string) => boolean) {
    this.fingerprint = fingerprint;
    this.isCreated = isCreated;
  }

  add(facts: TestStep): void {
    const { step, at, report } = facts;
    if (this.changesProject(facts.changed)) this.changes.push({ at, by: step, isKnown: true });
    else if (facts.changed.length === 0 && facts.effects.some(isSwitch))
      this.changes.push({ at, by: step, isKnown: false });
    if (this.changesProject(facts.after)) this.changes.push({ at: at + 0.5, by: step, isKnown: true });
    if (/\.(?:xml|json|tap)\b/.test(facts.action.slice(0, 8000)) && facts.effects.some(runsPrograms))
      for (const name of facts.action.slice(0, 8000).matchAll(REPORT_FILE))
        this.reportFiles.add(baseName(name[0]));
    if (!report) return;
    const command = commandOf(facts);
    for (const { test, status } of report.results) this.tests.set(test, at, { test, status, step, at });
    this.clear(command, report, facts);
    this.runs.set(command, at, { command, step, report, at });
  }

  /** Whether what is printed of a file may be the report of tests that this run ran. */
  isReport(paths: readonly string[]): boolean {
    return this.reportFiles.size > 0 && paths.some((path) => this.reportFiles.has(baseName(path)));
  }

  /** A run of the same command without a failure says of the tests that failed before that they no longer do. */
  private clear(command: string, report: TestReport, { step, at }: TestStep): void {
    const failing = this.failing.get(command) ?? new Set<string>();
    const named = new Set<string>();
    for (const { test, status } of report.results) {
      named.add(test);
      if (status === 'failed' || status === 'error') failing.add(test);
      else failing.delete(test);
    }
    const isClean =
      (report.passed ?? 0) > 0 &&
      (report.failed ?? 0) === 0 &&
      (report.errors ?? 0) === 0 &&
      failing.size > 0;
    if (isClean && !/deselected|skipped|excluded/.test(report.summary ?? '')) {
      for (const test of failing) {
        const known = this.tests.latest(test);
        if (known && !named.has(test)) this.tests.set(test, at, { ...known, clearedBy: step });
      }
      failing.clear();
    }
    this.failing.set(command, failing);
  }

  testsAt(position: number): ReadonlyMap<string, KnownTest> {
    return this.tests.view(position, (known) => {
      const { at, ...rest } = known;
      const staleSince = this.staleSince(at, position);
      return staleSince === undefined ? rest : { ...rest, staleSince };
    });
  }

  runsAt(position: number): KnownTestRun[] {
    const all = [...this.runs.view(position).values()].sort((a, b) => a.at - b.at);
    return all.map(({ at, ...rest }) => {
      const staleSince = this.staleSince(at, position);
      return staleSince === undefined ? rest : { ...rest, staleSince };
    });
  }

  /** The first change after a result, unless the files are again as they were then. */
  private staleSince(from: number, position: number): StepId | undefined {
    const first = this.changes[upperBound(this.changes, from, (change) => change.at)];
    if (!first || first.at >= position + 1) return undefined;
    const last = lastAtMost(this.changes, position + 0.5, (change) => change.at);
    const isKnown = first.isKnown && (last?.isKnown ?? true) && first.at !== from + 0.5;
    if (isKnown && this.fingerprint(from) === this.fingerprint(position)) return undefined;
    return first.by;
  }

  private changesProject(paths: readonly string[]): boolean {
    return paths.some((path) => !PROSE.test(path) && !isScratchPath(path, this.isCreated(path)));
  }
}

function runsPrograms(effect: Effect): boolean {
  return effect.kind === 'test' || effect.kind === 'run' || effect.kind === 'build';
}

function isSwitch(effect: Effect): boolean {
  return effect.kind === 'git' && effect.changes && SWITCHES.test(effect.command);
}

/** A test command by runner and targets; what ran tests without being known as one by its text. */
function commandOf({ effects, action }: TestStep): string {
  const named = effects.flatMap((effect) =>
    effect.kind === 'test' ? [[effect.runner, ...effect.targets].join(' ')] : [],
  );
  const text = named.length > 0 ? [...new Set(named)].join('; ') : foldWhitespace(action.slice(0, 400));
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
