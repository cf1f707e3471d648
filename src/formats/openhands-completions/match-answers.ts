import type { CallRecord } from './attempts.ts';
import type { ViewMessage } from './view.ts';

/** Finds, for the answers that a view shows, the calls that gave them, in order. */
export class AnswerIndex {
  private readonly byContent = new Map<string, number[]>();
  /** For answers whose calls were lost or rewritten on the way into the file. */
  private readonly byText = new Map<string, number[]>();
  /** Index of the last call that was found. */
  last = -1;

  constructor(records: readonly CallRecord[]) {
    for (let index = records.length - 1; index >= 0; index--) {
      const answer = records[index]?.answer ?? [];
      push(this.byContent, contentKey(answer), index);
      push(this.byText, textKey(answer), index);
    }
  }

  /** The index of the next call with this answer; undefined when none is left. */
  find(answer: readonly ViewMessage[]): number | undefined {
    const text = textKey(answer);
    return (
      this.take(this.byContent.get(contentKey(answer))) ??
      (text === '' ? undefined : this.take(this.byText.get(text)))
    );
  }

  private take(waiting: number[] | undefined): number | undefined {
    for (let index = waiting?.pop(); index !== undefined; index = waiting?.pop()) {
      if (index <= this.last) continue;
      this.last = index;
      return index;
    }
    return undefined;
  }
}

function push(map: Map<string, number[]>, key: string, index: number): void {
  const known = map.get(key);
  if (known) known.push(index);
  else map.set(key, [index]);
}

function textKey(answer: readonly ViewMessage[]): string {
  return answer
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .join('\u0000');
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
