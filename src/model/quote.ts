import type { Evidence } from './diagnosis.ts';
import type { Run } from './run.ts';
import type { SourceRef } from './source-ref.ts';
import type { Step } from './step.ts';

const LIMIT = 240;
/** So far a telling first line is looked for. */
const HEAD = 4000;

/** Evidence for a piece of a step's field; undefined when the field does not hold the text word for word. */
export function quoteFrom(
  step: Step,
  field: Exclude<Evidence['field'], 'artifact'>,
  text: string,
): Evidence | undefined {
  const whole = step[field];
  const quote = trimQuote(text);
  if (quote === '' || whole === undefined || !whole.includes(quote)) return undefined;
  return { step: step.id, field, quote, place: placeOf(step, field) };
}

/** The line around `index` in a step's field, as evidence. */
export function quoteAround(
  step: Step,
  field: Exclude<Evidence['field'], 'artifact'>,
  index: number,
): Evidence | undefined {
  const whole = step[field];
  if (whole === undefined) return undefined;
  let start = whole.lastIndexOf('\n', index - 1) + 1;
  let line = lineAt(whole, start);
  if (field === 'action') {
    while (isKey(line, step) && start + line.length < whole.length) {
      start += line.length + 1;
      line = lineAt(whole, start);
    }
  }
  if (line.length <= LIMIT) return quoteFrom(step, field, field === 'action' ? withoutKey(line, step) : line);
  // A very long line: a window around the place, still verbatim.
  const from = Math.max(start, index - LIMIT / 2);
  return quoteFrom(step, field, whole.slice(from, from + LIMIT));
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end);
}

/** Lines that only frame what stands below them: the tool's name in an action, the harness's marks around an output. */
const FRAME =
  /^(?:<\/?(?:returncode|output|output_head|exception|warning)>.*|\[error\] tool reported failure|Exit code \d+)$/;

/** The first telling line of a step's field: what a reader recognises it by. */
export function quoteHead(step: Step, field: Exclude<Evidence['field'], 'artifact'>): Evidence | undefined {
  let known = heads.get(step);
  if (!known) heads.set(step, (known = new Map()));
  if (known.has(field)) return known.get(field);
  const line = headOf(step, field);
  const quote = line === undefined ? undefined : quoteFrom(step, field, line);
  known.set(field, quote);
  return quote;
}

/** Dozens of signals of one step quote the same line; steps never change, so it is looked for once. */
const heads = new WeakMap<Step, Map<Evidence['field'], Evidence | undefined>>();

function headOf(step: Step, field: Exclude<Evidence['field'], 'artifact'>): string | undefined {
  const text = (step[field] ?? '').slice(0, HEAD);
  let first: string | undefined;
  // Nearly always the first line is it: the others are not even cut out.
  for (let start = 0; start <= text.length; ) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(start, feed > start && text[feed - 1] === '\r' ? feed - 1 : end);
    start = end + 1;
    if (line.trim() === '') continue;
    first ??= line;
    if (!isFrame(line, step, field)) {
      first = line;
      break;
    }
  }
  return first !== undefined && field === 'action' ? withoutKey(first, step) : first;
}

function isFrame(line: string, step: Step, field: Evidence['field']): boolean {
  return line === step.tool || FRAME.test(line.trim()) || (field === 'action' && isKey(line, step));
}

/** Whatever tells the step best: what was done, else what was shown or said. Undefined for a step without any text. */
export function quoteAny(step: Step): Evidence | undefined {
  return quoteHead(step, 'action') ?? quoteHead(step, 'observation') ?? quoteHead(step, 'thought');
}

/** The key of an argument whose lines stand below it, or of a number or a flag: the line stands in no artifact. */
function isKey(line: string, { args }: Step): boolean {
  const at = line.indexOf(':');
  const key = line.slice(0, at);
  if (!args || at < 0 || !Object.hasOwn(args, key)) return false;
  return at === line.length - 1 || (line[at + 1] === ' ' && typeof args[key] !== 'string');
}

/** Arguments inside of arguments are rendered with a dash or indented. */
const NESTED_KEY = /^ *(?:- | )[A-Za-z_]\w*: (?=\S)/;

/** A structured call is rendered as `key: value`; the artifact holds the value word for word, the line it may not. */
function withoutKey(line: string, { args }: Step): string {
  if (!args) return line;
  const nested = NESTED_KEY.exec(line);
  if (nested) return line.slice(nested[0].length);
  const at = line.indexOf(': ');
  if (at < 0) return line;
  const key = line.slice(0, at);
  const value = Object.hasOwn(args, key) ? args[key] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? line.slice(at + 2) : line;
}

export function quoteArtifact(text: string, place: SourceRef): Evidence {
  return { field: 'artifact', quote: trimQuote(text), place };
}

function placeOf(step: Step, field: Exclude<Evidence['field'], 'artifact'>): SourceRef {
  if (field === 'thought') return step.thoughtRef ?? step.actionRef;
  if (field === 'observation') return step.observationRef ?? step.actionRef;
  return step.actionRef;
}

/** A line of the final message, with the place of the part that holds it. */
export function quoteFinal(run: Pick<Run, 'finalMessage'>, line: string): Evidence | undefined {
  const final = run.finalMessage;
  if (!final || line.trim() === '') return undefined;
  const quote = trimQuote(line.trim());
  const part = final.parts?.find(({ text }) => text.includes(quote)) ?? final;
  return { field: 'artifact', quote, place: part.place };
}

/** At most LIMIT characters, never cut inside a surrogate pair at either end, no white space at the ends. */
function trimQuote(text: string): string {
  const from = isLowSurrogate(text.charCodeAt(0)) ? 1 : 0;
  const cut = text.slice(from, from + LIMIT);
  const last = cut.charCodeAt(cut.length - 1);
  return (last >= 0xd800 && last < 0xdc00 ? cut.slice(0, -1) : cut).trim();
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
