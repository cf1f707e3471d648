import { baseName } from '../base/path.ts';
import type { Effect } from '../model/effect.ts';
import type { StepRecord } from '../model/state.ts';
import { isScratchPath } from '../state/scratch-path.ts';

/** Coarse kinds of steps; the first that fits counts. */
export type StepGroup =
  | 'submit'
  | 'install'
  | 'write-scratch'
  | 'write-test'
  | 'write-report'
  | 'write-new'
  | 'write-source'
  | 'test'
  | 'run'
  | 'build'
  | 'git'
  | 'delete'
  | 'fetch'
  | 'process'
  | 'look'
  | 'note'
  | 'other';

const TEST_PATH =
  /(?:^|\/)(?:tests?|__tests__|spec)\/|(?:^|\/)(?:test_[^/]*|[^/]*_test|[^/]*\.(?:test|spec))\.\w+$/;
const REPORT = /^(?:README|CHANGELOG|SUMMARY|NOTES|REPORT|SOLUTION)[\w.-]*$|_(?:SUMMARY|REPORT|NOTES)\.\w+$/i;

/** What the written file is: the agent's throw-away, a test, a report, a new file, or one that was there before. */
export function kindOfTarget(path: string, isNew: boolean): StepGroup {
  if (isScratchPath(path, true)) return 'write-scratch';
  if (TEST_PATH.test(path)) return 'write-test';
  if (REPORT.test(baseName(path))) return 'write-report';
  return isNew ? 'write-new' : 'write-source';
}

export function groupOf(record: StepRecord, known: ReadonlySet<string>): StepGroup {
  const { effects } = record.effects.requested;
  const has = (kind: Effect['kind']): boolean => effects.some((effect) => effect.kind === kind);
  if (has('submit')) return 'submit';
  if (has('package')) return 'install';
  if (has('test')) return 'test';
  const ran = has('run') || has('build');
  if (!ran || record.changed.length === 1) {
    const target = record.changed[0] ?? effects.flatMap((e) => (e.kind === 'write' ? [e.path] : []))[0];
    if (target !== undefined && (has('write') || has('move') || has('copy'))) {
      if (!ran) return kindOfTarget(target, !known.has(target));
    }
  }
  if (has('run')) return 'run';
  if (has('build')) return 'build';
  if (has('git')) return 'git';
  if (has('delete')) return 'delete';
  if (has('network')) return 'fetch';
  if (has('process') || has('service') || has('keys')) return 'process';
  if (has('read') || has('search')) return 'look';
  if (has('note')) return 'note';
  return 'other';
}
