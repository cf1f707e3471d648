import { asString, isObject, type JsonObject } from '../../base/json.ts';

const PREFIXES = ['attachment://', 'tc://'] as const;

/**
 * Long texts of a sample stand once beside its events, under a digest; where they belong stands a reference. Early logs
 * call it `tc://` and keep the texts in `transcript.content`.
 */
export class Attachments {
  private readonly texts: JsonObject;
  /** References that lead nowhere. */
  missing = 0;

  constructor(sample: JsonObject) {
    const transcript = isObject(sample.transcript) ? sample.transcript.content : undefined;
    this.texts = isObject(sample.attachments) ? sample.attachments : isObject(transcript) ? transcript : {};
  }

  /** The text that a reference stands for; any other text as it is. */
  text(value: string): string {
    const prefix = PREFIXES.find((candidate) => value.startsWith(candidate));
    if (prefix === undefined) return value;
    const key = value.slice(prefix.length);
    const found = Object.hasOwn(this.texts, key) ? asString(this.texts[key]) : undefined;
    if (found === undefined) this.missing++;
    return found ?? value;
  }

  /** A value with every reference in it replaced. */
  resolve(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return value;
    const json = JSON.stringify(value);
    if (!PREFIXES.some((prefix) => json.includes(prefix))) return value;
    return JSON.parse(json, (_key, item: unknown) => (typeof item === 'string' ? this.text(item) : item));
  }
}
