import { foldWhitespace } from '../base/text.ts';
import type { Effect } from '../model/effect.ts';
import type { Position, StepId } from '../model/ids.ts';
import type { ErrorMark } from '../model/state.ts';
import { errorSignature } from './error-signature.ts';
import type { FoundError } from './find-errors.ts';
import { VersionedMap } from './versioned-map.ts';

type OpenMark = { -readonly [K in keyof ErrorMark]: ErrorMark[K] };

/** What a step did, as far as it tells that an earlier error is gone. */
export interface Attempt {
  readonly step: StepId;
  readonly at: Position;
  readonly action: string;
  readonly effects: readonly Effect[];
  readonly programs: readonly string[];
  /** Absolute paths that it wrote or read with success. */
  readonly paths: readonly string[];
  readonly failed: boolean;
  /** Whether its output is known; without one nothing is proven gone. */
  readonly answered: boolean;
}

/** All errors of a run, and which of them are open. */
export class ErrorLedger {
  readonly marks: ErrorMark[] = [];
  readonly open = new VersionedMap<string, ErrorMark>();
  private readonly bySignature = new Map<string, OpenMark[]>();
  private readonly byKey = new Map<string, Set<string>>();

  /** Takes in a step: errors that it shows, and errors that it proves gone. */
  record(attempt: Attempt, found: readonly FoundError[]): ErrorMark[] {
    const signatures = new Set(found.map((error) => errorSignature(error.line)));
    if (attempt.answered) this.resolve(attempt, signatures);
    const marks = found.map((error) => this.add(attempt, error));
    return marks;
  }

  private add(attempt: Attempt, error: FoundError): ErrorMark {
    const signature = errorSignature(error.line);
    const mark: OpenMark = {
      number: this.marks.length + 1,
      step: attempt.step,
      line: error.line,
      signature,
      files: error.files,
    };
    this.marks.push(mark);
    const open = this.bySignature.get(signature);
    if (open) open.push(mark);
    else this.bySignature.set(signature, [mark]);
    this.open.set(signature, attempt.at, mark);
    const keys = [
      exactKey(attempt),
      ...looseKeys(attempt.effects),
      ...testKeys(attempt.effects),
      ...namedKeys(error),
    ];
    for (const key of keys) {
      const signatures = this.byKey.get(key);
      if (signatures) signatures.add(signature);
      else this.byKey.set(key, new Set([signature]));
    }
    return mark;
  }

  private resolve(attempt: Attempt, shown: ReadonlySet<string>): void {
    this.resolveKey(exactKey(attempt), attempt, shown);
    if (attempt.failed) return;
    for (const key of looseKeys(attempt.effects)) this.resolveKey(key, attempt, shown);
    const all = attempt.effects.filter((effect) => effect.kind === 'test' && effect.targets.length === 0);
    for (const key of testKeys(all)) this.resolveKey(key, attempt, shown);
    for (const path of attempt.paths) this.resolveKey(`path ${baseOf(path)}`, attempt, shown);
    for (const program of attempt.programs) this.resolveKey(`program ${program}`, attempt, shown);
  }

  private resolveKey(key: string, attempt: Attempt, shown: ReadonlySet<string>): void {
    const signatures = this.byKey.get(key);
    if (!signatures) return;
    for (const signature of signatures) {
      if (shown.has(signature)) continue;
      signatures.delete(signature);
      const marks = this.bySignature.get(signature);
      if (!marks) continue;
      for (const mark of marks) mark.resolvedBy = attempt.step;
      this.bySignature.delete(signature);
      this.open.set(signature, attempt.at, undefined);
    }
  }
}

/** The same command again, wherever it was run from. */
function exactKey(attempt: Attempt): string {
  return `do ${foldWhitespace(attempt.action.slice(0, 4000)).replace(/^cd [^\s;&|]+ ?(?:&&|;) ?/, '')}`;
}

/** Another try at the same thing: the same tests, script, build, or edited file. */
function looseKeys(effects: readonly Effect[]): string[] {
  const keys: string[] = [];
  for (const effect of effects) {
    if (effect.kind === 'test') keys.push(`test ${effect.runner} ${effect.targets.join(' ')}`);
    else if (effect.kind === 'run') keys.push(`run ${effect.script ?? effect.program}`);
    else if (effect.kind === 'build') keys.push(`build ${effect.tool}`);
    else if (effect.kind === 'package') keys.push(`package ${effect.manager} ${effect.names.join(' ')}`);
  }
  return keys;
}

/** Errors of any test run are filed under their runner too: the success of a run of all tests covers every narrower one. */
function testKeys(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => (effect.kind === 'test' ? [`tests ${effect.runner}`] : []));
}

/** An error that names a missing command or file is gone when that command or file is there. */
function namedKeys(error: FoundError): string[] {
  const command = /([\w.+-]{1,80}): (?:command )?not found/.exec(error.line)?.[1];
  if (command !== undefined) return [`program ${command}`];
  if (!error.line.includes('No such file')) return [];
  return error.files.map((file) => `path ${baseOf(file.path)}`);
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
