import type { Position, StepId } from '../model/ids.ts';
import type { ErrorMark } from '../model/state.ts';
import { exactKey, keysOfError, keysOfSuccess, type TriedStep } from './error-keys.ts';
import { errorSignature } from './error-signature.ts';
import type { FoundError } from './find-errors.ts';
import { VersionedMap } from './versioned-map.ts';

type OpenMark = { -readonly [K in keyof ErrorMark]: ErrorMark[K] };

/** What a step did and how it ended, as far as it tells that an earlier error is gone. */
export interface Attempt extends TriedStep {
  readonly step: StepId;
  readonly at: Position;
  readonly failed: boolean;
  /** Whether its output is known; without one nothing is proven gone. */
  readonly answered: boolean;
}

/** All errors of a run, and which of them are open. */
export class ErrorLedger {
  readonly marks: ErrorMark[] = [];
  /** By signature: of the open errors of the same words the newest. */
  readonly open = new VersionedMap<string, ErrorMark>();
  /** Open errors of the same words, oldest first; those that are resolved leave from the end, when they come up. */
  private readonly bySignature = new Map<string, OpenMark[]>();
  /** Errors that are not proven gone yet; a key without any is not kept. */
  private readonly byKey = new Map<string, Map<string, OpenMark[]>>();

  /** Takes in a step: errors that it shows, and errors that it proves gone. */
  record(attempt: Attempt, found: readonly FoundError[]): ErrorMark[] {
    const signatures = new Set(found.map((error) => errorSignature(error.line)));
    if (attempt.answered) this.resolve(attempt, signatures);
    return found.map((error) => this.add(attempt, error));
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
    push(this.bySignature, signature, mark);
    this.open.set(signature, attempt.at, mark);
    for (const key of new Set(keysOfError(attempt, error))) {
      const signatures = this.byKey.get(key) ?? new Map<string, OpenMark[]>();
      this.byKey.set(key, signatures);
      push(signatures, signature, mark);
    }
    return mark;
  }

  private resolve(attempt: Attempt, shown: ReadonlySet<string>): void {
    if (this.byKey.size === 0) return;
    this.resolveKey(exactKey(attempt.action), attempt, shown);
    if (attempt.failed) return;
    for (const key of keysOfSuccess(attempt)) this.resolveKey(key, attempt, shown);
  }

  /** Only errors that came with the same attempt are gone: the same words from elsewhere may still be true there. */
  private resolveKey(key: string, attempt: Attempt, shown: ReadonlySet<string>): void {
    const signatures = this.byKey.get(key);
    if (!signatures) return;
    for (const [signature, marks] of signatures) {
      if (shown.has(signature)) continue;
      signatures.delete(signature);
      for (const mark of marks) mark.resolvedBy ??= attempt.step;
      this.settle(signature, attempt.at);
    }
    if (signatures.size === 0) this.byKey.delete(key);
  }

  private settle(signature: string, at: Position): void {
    const marks = this.bySignature.get(signature);
    if (!marks) return;
    while (marks.at(-1)?.resolvedBy !== undefined) marks.pop();
    const newest = marks.at(-1);
    if (!newest) this.bySignature.delete(signature);
    if (this.open.latest(signature) !== newest) this.open.set(signature, at, newest);
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
