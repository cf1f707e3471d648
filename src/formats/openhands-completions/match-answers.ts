import type { CallRecord } from './attempts.ts';
import type { ViewMessage } from './view.ts';

/** Finds, for the answers that a view shows, the calls that gave them, in order. */
export class AnswerIndex {
  private readonly byContent = new Map<string, number[]>();
  /** Index of the last call that was found. */
  last = -1;

  constructor(records: readonly CallRecord[]) {
    for (const [index, record] of records.entries()) {
      const key = contentKey(record.answer);
      const known = this.byContent.get(key);
      if (known) known.push(index);
      else this.byContent.set(key, [index]);
    }
    for (const indexes of this.byContent.values()) indexes.reverse();
  }

  /** The index of the next call with this answer; undefined when none is left. */
  find(answer: readonly ViewMessage[]): number | undefined {
    const waiting = this.byContent.get(contentKey(answer));
    for (let index = waiting?.pop(); index !== undefined; index = waiting?.pop()) {
      if (index <= this.last) continue;
      this.last = index;
      return index;
    }
    return undefined;
  }
}

/** Ids are left out: where calls are text, each view numbers them afresh. */
function contentKey(answer: readonly ViewMessage[]): string {
  const parts = answer.flatMap(({ text, calls }) => [
    text.trim(),
    ...calls.map(
      ({ name, args }) =>
        `${name}(${Object.entries(args ?? {})
          .map(describe)
          .join(',')})`,
    ),
  ]);
  return parts.filter((part) => part !== '').join('\u0000');
}

function describe([key, value]: [string, unknown]): string {
  const text = typeof value === 'object' ? typeof value : String(value);
  return `${key}=${text.trim()}`;
}
