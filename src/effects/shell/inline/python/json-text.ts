import { exhaustive } from '../../../../base/assert.ts';
import type { Value } from '../program/values.ts';

/** A float as Python prints it: the shortest digits, with a point, an exponent of two digits. */
export function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : value < 0 ? '-inf' : 'nan';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [digits = '', power = ''] = value.toExponential().split('e');
    const number = Number(power);
    const sign = number < 0 ? '-' : '+';
    return `${digits}e${sign}${String(Math.abs(number)).padStart(2, '0')}`;
  }
  const text = size >= 1e16 ? String(BigInt(value)) : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

export interface JsonStyle {
  /** Blanks a level; undefined for one line. */
  readonly indent: string | undefined;
  readonly sorted: boolean;
  readonly ascii: boolean;
  readonly itemSeparator: string;
  readonly keySeparator: string;
}

const NODE_LIMIT = 100_000;
const DEPTH_LIMIT = 100;

/** `json.dumps(value)` as Python writes it; undefined where a part is not known. */
export function jsonText(value: Value, style: JsonStyle): string | undefined {
  const parts: string[] = [];
  let count = 0;
  const write = (item: Value, depth: number): boolean => {
    if (++count > NODE_LIMIT || depth > DEPTH_LIMIT) return false;
    switch (item.kind) {
      case 'text':
        if (item.text === undefined || item.from.length > 0) return false;
        parts.push(quote(item.text, style.ascii));
        return true;
      case 'number':
        if (item.from.length > 0) return false;
        parts.push(item.isFloat ? pythonFloat(item.value) : String(item.value));
        return true;
      case 'constant':
        if (item.from.length > 0) return false;
        parts.push(item.value === null ? 'null' : String(item.value));
        return true;
      case 'list':
        return (
          item.items !== undefined &&
          writeItems(
            '[',
            ']',
            item.items.map((one) => ['', one]),
            depth,
          )
        );
      case 'map': {
        if (!item.entries) return false;
        const entries = [...item.entries];
        if (style.sorted) entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
        return writeItems(
          '{',
          '}',
          entries.map(([key, one]) => [quote(key, style.ascii) + style.keySeparator, one]),
          depth,
        );
      }
      case 'path':
      case 'handle':
      case 'symbol':
      case 'function':
      case 'class':
      case 'object':
      case 'unknown':
        return false;
      default:
        return exhaustive(item);
    }
  };
  const writeItems = (
    open: string,
    close: string,
    items: readonly (readonly [string, Value])[],
    depth: number,
  ): boolean => {
    if (items.length === 0) {
      parts.push(open + close);
      return true;
    }
    const { indent } = style;
    const line = indent === undefined ? '' : `\n${indent.repeat(depth + 1)}`;
    parts.push(open);
    for (const [i, [head, item]] of items.entries()) {
      parts.push(i > 0 ? style.itemSeparator : '', line, head);
      if (!write(item, depth + 1)) return false;
    }
    parts.push(indent === undefined ? '' : `\n${indent.repeat(depth)}`, close);
    return true;
  };
  return write(value, 0) ? parts.join('') : undefined;
}

function quote(text: string, ascii: boolean): string {
  const quoted = JSON.stringify(text);
  if (!ascii) return quoted;
  return quoted.replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
