import {
  type CallArguments,
  listOf,
  numberOf,
  sourcesOf,
  type TextValue,
  textOf,
  truthOf,
  UNKNOWN,
  unite,
  type Value,
} from '../program/values.ts';
import { addChange, display } from './operators.ts';

/** Pieces of a text beyond this many are not kept apart. */
const PIECE_LIMIT = 200_000;
const SPACE = /[ \t\n\r\f\v]/;

/** Methods of Python's `str` (and `bytes`, where they hold plain text). Undefined for those that are not known. */
export function callTextMethod(of: TextValue, method: string, call: CallArguments): Value | undefined {
  const { args } = call;
  const from = args.reduce((sources, arg) => unite(sources, sourcesOf(arg)), of.from);
  const { text } = of;
  const words = args.map((arg) => (arg.kind === 'text' ? arg.text : undefined));
  const [first, second] = words;
  const unknown = textOf(undefined, from);
  switch (method) {
    case 'replace':
      return replaceText(of, call);
    case 'encode':
    case 'decode':
      return of;
    case 'join':
      return joinTexts(of, args[0]);
    case 'format':
      return formatText(of, call);
    case 'split':
    case 'rsplit':
    case 'splitlines':
      return listOf(splitText(of, method, call));
    case 'strip':
    case 'lstrip':
    case 'rstrip':
      if (text === undefined || (args.length > 0 && first === undefined)) return unknown;
      return textOf(stripText(text, method, first), from);
    case 'startswith':
    case 'endswith':
    case 'count':
    case 'find':
    case 'rfind':
    case 'index':
    case 'rindex':
      return lookFor(text, method, call, from);
    case 'lower':
      return textOf(text?.toLowerCase(), from);
    case 'upper':
      return textOf(text?.toUpperCase(), from);
    case 'removeprefix':
      if (text === undefined || first === undefined) return unknown;
      return textOf(text.startsWith(first) ? text.slice(first.length) : text, from);
    case 'removesuffix':
      if (text === undefined || first === undefined) return unknown;
      return textOf(first !== '' && text.endsWith(first) ? text.slice(0, -first.length) : text, from);
    case 'partition':
    case 'rpartition': {
      if (text === undefined || first === undefined || first === '') return listOf(undefined);
      const at = method === 'partition' ? text.indexOf(first) : text.lastIndexOf(first);
      const parts =
        at < 0
          ? method === 'partition'
            ? [text, '', '']
            : ['', '', text]
          : [text.slice(0, at), first, text.slice(at + first.length)];
      return listOf(
        parts.map((part) => textOf(part, from)),
        true,
      );
    }
    case 'zfill':
    case 'ljust':
    case 'rjust':
      return padText(text, method, args[0], second, from);
    case 'isdigit':
      return text === undefined ? UNKNOWN : truthOf(/^\d+$/.test(text), from);
    default:
      return undefined;
  }
}

/** Without a count every occurrence, with a count of one the first: those are changes of a file's text too. */
function replaceText(of: TextValue, call: CallArguments): Value {
  const [oldValue, newValue, countValue] = call.args;
  const from = call.args.reduce((sources, arg) => unite(sources, sourcesOf(arg)), of.from);
  if (oldValue?.kind !== 'text' || newValue?.kind !== 'text') return textOf(undefined, from);
  const [old, text] = [oldValue.text, newValue.text];
  const given = countValue ?? call.named.get('count');
  const count = given === undefined ? undefined : given.kind === 'number' ? given.value : Number.NaN;
  if (old === undefined || text === undefined || old === '' || Number.isNaN(count))
    return textOf(undefined, from);
  const literal = oldValue.from.length === 0 && newValue.from.length === 0;
  const all = count === undefined || count < 0;
  const edits =
    of.edits && literal && (all || count === 1)
      ? addChange(of.edits, { kind: 'replace', old, new: text, all, lenient: true })
      : undefined;
  return textOf(replaceCounted(of.text, old, text, all ? undefined : count), from, edits);
}

function replaceCounted(
  text: string | undefined,
  old: string,
  now: string,
  count: number | undefined,
): string | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(old);
  if (count === undefined || parts.length - 1 <= count) return parts.join(now);
  return parts.slice(0, count + 1).join(now) + old + parts.slice(count + 1).join(old);
}

function joinTexts(of: TextValue, list: Value | undefined): Value {
  if (list?.kind !== 'list' || !list.items || of.text === undefined) return textOf(undefined, of.from);
  let { from } = of;
  const parts: string[] = [];
  for (const item of list.items) {
    if (item.kind !== 'text' || item.text === undefined) return textOf(undefined, from);
    if (item.from !== from) from = unite(from, item.from);
    parts.push(item.text);
  }
  return textOf(parts.join(of.text), from);
}

/** `'{} {name}'.format(…)` without formats. */
function formatText(of: TextValue, call: CallArguments): Value {
  if (of.text === undefined) return of;
  let { from } = of;
  let next = 0;
  let known = true;
  const text = of.text.replace(/\{\{|\}\}|\{([^{}]{0,60})\}/g, (whole, field: string | undefined) => {
    if (field === undefined) return whole.slice(1);
    const value =
      field === ''
        ? call.args[next++]
        : /^\d{1,3}$/.test(field)
          ? call.args[Number(field)]
          : call.named.get(field);
    const shown = value && display(value);
    if (shown?.kind !== 'text' || shown.text === undefined) known = false;
    else {
      from = unite(from, shown.from);
      return shown.text;
    }
    return '';
  });
  return textOf(known ? text : undefined, from);
}

function splitText(of: TextValue, method: string, call: CallArguments): Value[] | undefined {
  const { text } = of;
  if (text === undefined) return undefined;
  const [separator, limit] = call.args;
  let parts: string[];
  if (method === 'splitlines') {
    // Other line ends than these are rare in what agents edit, and Python knows many.
    if (/[\r\v\f\u001c-\u001e\u0085\u2028\u2029]/.test(text)) return undefined;
    const keep = separator ?? call.named.get('keepends');
    const ends = keep?.kind === 'constant' && keep.value === true;
    if (keep && keep.kind !== 'constant') return undefined;
    parts = text.split('\n');
    if (parts.at(-1) === '') {
      parts.pop();
      if (ends) parts = parts.map((part) => `${part}\n`);
    } else if (ends) parts = parts.map((part, i) => (i < parts.length - 1 ? `${part}\n` : part));
  } else if (!separator) parts = text.split(/\s+/).filter((part) => part !== '');
  else {
    if (separator.kind !== 'text' || separator.text === undefined || separator.text === '') return undefined;
    parts = text.split(separator.text);
    if (limit) {
      if (limit.kind !== 'number' || limit.value < 0) return undefined;
      parts = limitPieces(parts, separator.text, limit.value, method === 'rsplit');
    }
  }
  return parts.length > PIECE_LIMIT ? undefined : parts.map((part) => textOf(part, of.from));
}

function limitPieces(parts: readonly string[], separator: string, limit: number, fromEnd: boolean): string[] {
  if (parts.length - 1 <= limit) return [...parts];
  if (!fromEnd) return [...parts.slice(0, limit), parts.slice(limit).join(separator)];
  const cut = parts.length - limit;
  return [parts.slice(0, cut).join(separator), ...parts.slice(cut)];
}

function stripText(text: string, method: string, chars: string | undefined): string {
  const isStripped = (char: string): boolean =>
    chars === undefined ? SPACE.test(char) : chars.includes(char);
  let [start, end] = [0, text.length];
  if (method !== 'rstrip') while (start < end && isStripped(text[start] ?? '')) start++;
  if (method !== 'lstrip') while (end > start && isStripped(text[end - 1] ?? '')) end--;
  return text.slice(start, end);
}

function lookFor(
  text: string | undefined,
  method: string,
  call: CallArguments,
  from: readonly string[],
): Value {
  const [needle, start] = call.args;
  if (text === undefined || needle?.kind !== 'text' || needle.text === undefined || call.args.length > 2)
    return UNKNOWN;
  if (start && start.kind !== 'number') return UNKNOWN;
  const at = start?.kind === 'number' ? start.value : 0;
  const what = needle.text;
  switch (method) {
    case 'startswith':
      return at === 0 ? truthOf(text.startsWith(what), from) : UNKNOWN;
    case 'endswith':
      return at === 0 ? truthOf(text.endsWith(what), from) : UNKNOWN;
    case 'count':
      return at === 0 && what !== '' ? numberOf(text.split(what).length - 1, from) : UNKNOWN;
    default: {
      if (at < 0 || (method.startsWith('r') && start)) return UNKNOWN;
      const found = method.startsWith('r') ? text.lastIndexOf(what) : text.indexOf(what, at);
      // `index` of what is not there is an error.
      return found < 0 && method.endsWith('index') ? UNKNOWN : numberOf(found, from);
    }
  }
}

function padText(
  text: string | undefined,
  method: string,
  size: Value | undefined,
  fill: string | undefined,
  from: readonly string[],
): Value {
  if (text === undefined || size?.kind !== 'number' || size.value > 10_000) return textOf(undefined, from);
  const pad = method === 'zfill' ? '0' : (fill ?? ' ');
  return textOf(method === 'ljust' ? text.padEnd(size.value, pad) : text.padStart(size.value, pad), from);
}
