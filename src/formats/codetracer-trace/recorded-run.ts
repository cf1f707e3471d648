import type { RunId } from '../../model/ids.ts';
import type { Run } from '../../model/run.ts';
import { RunBuilder } from '../../model/run-builder.ts';

/**
 * A run that was built before and stands in our own file. It stays what it was, its id and the format of its artifacts
 * included: reading it back is no new attempt. Only what was lost on reading this time is added.
 */
export class RecordedRun extends RunBuilder {
  private readonly recorded: Run;

  constructor(recorded: Run, path: string) {
    super({ format: recorded.format, path });
    this.recorded = recorded;
  }

  override build(_id: RunId): Run {
    const found = this.log.list();
    if (found.length === 0) return this.recorded;
    return Object.freeze({ ...this.recorded, diagnostics: [...this.recorded.diagnostics, ...found] });
  }
}
