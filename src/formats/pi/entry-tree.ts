import { asString, type JsonObject } from '../../base/json.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SourceRef } from '../../model/source-ref.ts';

/**
 * Entries of a session form a tree (since version 2): each names the one before it, and a user who goes back makes a
 * branch. All of them ran, in the order of the file; this only tells where the conversation went back.
 */
export class EntryTree {
  private readonly log: DiagnosticLog;
  /** Length of each entry's text by its id: a copy has the same one. */
  private readonly lengths = new Map<string, number>();
  private last: string | undefined;

  constructor(log: DiagnosticLog) {
    this.log = log;
  }

  /** Notes an entry; answers whether it is a copy of one that was read. */
  isCopy(entry: JsonObject, length: number, place: SourceRef): boolean {
    const id = asString(entry.id);
    if (id === undefined || entry.type === 'session') return false;
    if (this.lengths.get(id) === length) {
      this.log.fold('duplicate-record', 'info', 'an entry stands there twice', place);
      return true;
    }
    const { parentId } = entry;
    if (this.last !== undefined && parentId !== undefined && parentId !== this.last) {
      if (parentId === null || this.lengths.has(asString(parentId) ?? '')) {
        const message = 'the conversation went back to an earlier entry; both branches are read as they ran';
        this.log.fold('rewound-history', 'info', message, place);
      } else this.log.fold('unexpected-shape', 'info', 'an entry follows one that is not there', place);
    }
    this.lengths.set(id, length);
    this.last = id;
    return false;
  }
}
