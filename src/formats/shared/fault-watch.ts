import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';

/** Remembers the last error of the model's service: it ended the run only when nothing of the agent came after it. */
export class FaultWatch {
  private last: { readonly message: string; readonly place: SourceRef } | undefined;

  note(message: string, place: SourceRef): void {
    this.last = { message, place };
  }

  /** The agent said or did something. */
  wentOn(): void {
    this.last = undefined;
  }

  finish(run: RunBuilder): void {
    if (!this.last) return;
    const limit = /context window|usage limit|token limit|budget/i.test(this.last.message);
    run.exceptions.push({ kind: limit ? 'limit' : 'api', ...this.last });
  }
}
