import { isObject, type JsonObject } from '../base/json.ts';
import { RecentMap } from '../base/recent-map.ts';
import { copyText } from '../base/text.ts';
import type { FileFact } from './file-fact.ts';

/** How much of a run the model keeps. Lengths are in UTF-16 code units. */
export interface KeepLimits {
  /** Texts are kept whole until so much has come together. */
  readonly wholeText: number;
  /** From then on a text longer than this is kept by its beginning and its end only. */
  readonly longText: number;
  /** Steps after so many, and messages after as many, are counted and no longer kept. */
  readonly steps: number;
}

/** For any run whose artifact is not known to be huge. */
export const KEEP_LIMITS: KeepLimits = { wholeText: 512 * 1024 * 1024, longText: 4000, steps: 250_000 };

/** For a run that is known from the start not to fit: what is kept of it, analysed, stays well below 1 GB of memory. */
export const HUGE_KEEP_LIMITS: KeepLimits = { wholeText: 40 * 1024 * 1024, longText: 1000, steps: 25_000 };

/** From this size on, in bytes, an artifact is huge. */
export const HUGE_ARTIFACT = 400 * 1024 * 1024;

/** Values of arguments that are looked at for long texts; what nests below is small beside them or left as it is. */
const ARGUMENT_VALUES = 10_000;

/** Counts what a run keeps over all its threads, and shortens what no longer fits. */
export class KeepBudget {
  /** Texts that were shortened, and how much of them was left out. */
  shortened = 0;
  leftOut = 0;
  /** Messages that were only counted. */
  messagesLeftOut = 0;
  /** Whole contents of files that were not kept: a shortened one would be none. */
  factsLeftOut = 0;
  /** The newest content of each file: one edit's result is the next one's original, and stands in memory once. */
  private readonly contents = new RecentMap<string, string>(1000);
  private limits: KeepLimits;
  private text = 0;
  private steps = 0;
  private messages = 0;

  constructor(limits: KeepLimits = KEEP_LIMITS) {
    this.limits = limits;
  }

  /** Told the size of an artifact of steps before it is read. */
  expect(bytes: number): void {
    if (bytes >= HUGE_ARTIFACT && this.limits === KEEP_LIMITS) this.limits = HUGE_KEEP_LIMITS;
  }

  /** Whether one more step is kept; it counts if so. */
  takeStep(): boolean {
    if (this.steps >= this.limits.steps) return false;
    this.steps++;
    return true;
  }

  /** Whether one more message is kept. */
  takeMessage(): boolean {
    if (this.messages >= this.limits.steps) {
      this.messagesLeftOut++;
      return false;
    }
    this.messages++;
    return true;
  }

  /** The text as it is kept. */
  keep<T extends string | undefined>(text: T): T | string {
    if (text === undefined) return text;
    const isWhole = this.text + text.length <= this.limits.wholeText;
    const kept = isWhole ? text : this.shorten(text);
    this.text += kept.length;
    return kept;
  }

  /** What results record of files, as it is kept: whole or not at all. */
  keepFacts(facts: readonly FileFact[]): readonly FileFact[] {
    return facts.flatMap((fact) => {
      const before = this.shareContent(fact.path, fact.before);
      const after = this.shareContent(fact.path, fact.after);
      const grown = (before?.grown ?? 0) + (after?.grown ?? 0);
      if (this.text + grown > this.limits.wholeText) {
        this.factsLeftOut++;
        return [];
      }
      this.text += grown;
      return [
        {
          ...fact,
          ...(before && { before: before.content }),
          ...(after && { after: after.content }),
        },
      ];
    });
  }

  /** The content, as the text that is in memory already where it is the same; `grown`: what it adds. */
  private shareContent(
    path: string,
    content: string | null | undefined,
  ): { readonly content: string | null; readonly grown: number } | undefined {
    if (content === undefined) return undefined;
    if (content === null) return { content, grown: 0 };
    const known = this.contents.get(path);
    if (known === content) return { content: known, grown: 0 };
    this.contents.set(path, content);
    return { content, grown: content.length };
  }

  /** Arguments with their long texts as they are kept; `action` is often one of them and then not counted again. */
  keepArguments(args: JsonObject, action: string): JsonObject {
    const total = countText(args, action);
    if (this.text + total <= this.limits.wholeText) {
      this.text += total;
      return args;
    }
    const copy = this.copyArguments(args);
    this.text += countText(copy, action);
    return copy;
  }

  /** The same tree with each long text shortened; by a stack, since arguments may nest deeply. */
  private copyArguments(args: JsonObject): JsonObject {
    const root: Record<string, unknown> = {};
    const waiting: { from: object; into: object }[] = [{ from: args, into: root }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      for (const [key, value] of Object.entries(next.from)) {
        let kept: unknown = value;
        if (typeof value === 'string') kept = this.shorten(value);
        else if (Array.isArray(value) || isObject(value)) {
          kept = Array.isArray(value) ? [] : {};
          waiting.push({ from: value, into: kept as object });
        }
        Object.defineProperty(next.into, key, {
          value: kept,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
    }
    return root;
  }

  /** Copied in any case: a short text may be a slice that holds a far longer one in memory. */
  private shorten(text: string): string {
    const { longText } = this.limits;
    if (text.length <= longText) return copyText(text);
    this.shortened++;
    const half = longText >> 1;
    // Never between the halves of a surrogate pair.
    const head = text.slice(0, isLowSurrogate(text, half) ? half - 1 : half);
    const from = text.length - half;
    const tail = text.slice(isLowSurrogate(text, from) ? from + 1 : from);
    const missing = text.length - head.length - tail.length;
    this.leftOut += missing;
    return [head, `\n[… ${missing} characters were not kept …]\n`, tail].join('');
  }
}

function isLowSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}

function countText(args: JsonObject, action: string): number {
  let total = 0;
  let left = ARGUMENT_VALUES;
  const waiting: object[] = [args];
  for (let next = waiting.pop(); next && left > 0; next = waiting.pop()) {
    for (const value of Object.values(next)) {
      left--;
      if (typeof value === 'string') total += value === action ? 0 : value.length;
      else if (typeof value === 'object' && value !== null) waiting.push(value);
    }
  }
  return total;
}
