import { lastAtMost } from '../../base/order.ts';
import { splitLines } from '../../base/text.ts';
import type { StepId } from '../../model/ids.ts';
import type { Provenance } from '../../model/provenance.ts';
import type { FileVersion, StateHistory, StepRecord } from '../../model/state.ts';
import { countLines, countOfChange, type LineCount } from './count-lines.ts';

/**
 * What a step did to one path. Lines are undefined where neither contents nor the action tell them; of a file that was
 * written whole and never seen before nobody knows how many lines went.
 */
export interface PathChange {
  readonly path: string;
  readonly step: StepId;
  /** `other` for a path that got no new version: a folder that was made, or rights that were changed. */
  readonly how: FileVersion['how'] | 'other';
  readonly added?: number;
  readonly removed?: number;
  readonly provenance?: Provenance;
}

/**
 * Characters that are compared for one tree, so that a hundred thousand changes of long files stay linear. Beyond it
 * only the actions themselves tell lines.
 */
const MOST_COMPARED = 40_000_000;

/** Tells what steps did to files; one of these serves a whole tree, for it keeps count of what was compared. */
export class ChangeReader {
  private readonly history: StateHistory;
  private left = MOST_COMPARED;

  constructor(history: StateHistory) {
    this.history = history;
  }

  changesOf(record: StepRecord): PathChange[] {
    return record.changed.map((path) => this.describe(path, record));
  }

  private describe(path: string, record: StepRecord): PathChange {
    const step = record.step.id;
    const versions = this.history.versions(path);
    const made = lastAtMost(versions, record.position, (version) => version.at);
    if (!made || made.madeBy !== step) return { path, step, how: 'other' };
    const { added, removed } = this.count(versions[made.version - 2], made);
    return {
      path,
      step,
      how: made.how,
      ...(added !== undefined && { added }),
      ...(removed !== undefined && { removed }),
      provenance: made.provenance,
    };
  }

  private count(before: FileVersion | undefined, made: FileVersion): Partial<LineCount> {
    const told = made.change && countOfChange(made.change);
    if (told) return told;
    if (this.left <= 0) return {};
    const after = made.exists ? made.content : '';
    const old = before && !before.exists ? '' : before?.content;
    this.left -= (old?.length ?? 0) + (after?.length ?? 0);
    if (after === undefined) return {};
    if (old !== undefined) return countLines(old, after);
    return before === undefined && made.how === 'write' ? { added: splitLines(after).length } : {};
  }
}
