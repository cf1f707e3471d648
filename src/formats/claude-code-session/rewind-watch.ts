import { asString, at, type JsonObject } from '../../base/json.ts';
import { RecentMap } from '../../base/recent-map.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { Origin } from '../claude-code/record.ts';

/** Messages that a prompt may go back to. */
const REMEMBERED = 100_000;

/**
 * Messages form a tree: a prompt whose parent already has a child is a rewind, after which the conversation went on
 * from an earlier point. What ran on the path that was left was executed all the same, so its steps stay. Parallel
 * calls branch too, but never at a prompt.
 */
export class RewindWatch {
  private readonly log: DiagnosticLog;
  private readonly parents = new RecentMap<string, true>(REMEMBERED);

  constructor(log: DiagnosticLog) {
    this.log = log;
  }

  note(record: JsonObject, origin: Origin): void {
    const parent = asString(record.parentUuid);
    if (parent === undefined) return;
    if (record.type === 'user' && record.isMeta !== true && isPrompt(record) && this.parents.has(parent)) {
      const message = 'a prompt goes back to an earlier point; the steps of the path that was left are kept';
      this.log.fold('rewound-history', 'info', message, origin.place);
    }
    this.parents.set(parent, true);
  }
}

function isPrompt(record: JsonObject): boolean {
  const content = at(record, 'message', 'content');
  if (typeof content === 'string') return true;
  return Array.isArray(content) && content.every((block) => at(block, 'type') !== 'tool_result');
}
