import { hashText } from '../base/hash.ts';
import type { ContentChange } from '../model/effect.ts';

/** Sums stay exact below this bound. */
const MODULUS = 2 ** 52;

/** Names what edits made of a text that is not known: equal for equal results. Undefined where that is not said. */
export type EditState = { readonly chain: string; readonly sum: number } | undefined;

export const UNEDITED = { chain: '', sum: 0 } as const;

/**
 * The state after one more edit. As long as edits say which lines they bring in and take out, the order of edits and
 * how they are cut do not matter, and an edit that is undone leaves nothing. An edit by line numbers or by a script
 * gives the same only after the same.
 */
export function addEdit(state: EditState, change: ContentChange): EditState {
  if (state === undefined || change.kind === 'unknown') return undefined;
  const sum = sumEdit(change);
  if (sum !== undefined) return { chain: state.chain, sum: add(state.sum, sum) };
  return { chain: String(hashText(`${state.chain} ${state.sum} ${JSON.stringify(change)}`)), sum: 0 };
}

/** The sum over the lines that a change brings in minus those that it takes out; undefined where it does not say them. */
function sumEdit(change: ContentChange): number | undefined {
  switch (change.kind) {
    case 'replace':
      return change.all ? undefined : subtract(sumLines(change.new), sumLines(change.old));
    case 'append':
      return sumLines(change.content);
    case 'patch':
      return sumPatch(change.diff, change.reverse ?? false);
    case 'hunks': {
      let sum = 0;
      for (const hunk of change.hunks) {
        for (const line of hunk.new) sum = addLine(sum, line);
        for (const line of hunk.old) sum = subtract(sum, addLine(0, line));
      }
      return sum;
    }
    case 'sequence': {
      let sum = 0;
      for (const part of change.changes) {
        const own = part.kind === 'sequence' ? undefined : sumEdit(part);
        if (own === undefined) return undefined;
        sum = add(sum, own);
      }
      return sum;
    }
    // What a splice or a script takes out stands in the file alone; a whole text needs no sum.
    case 'splice':
    case 'sed':
    case 'set':
    case 'undo':
    case 'unknown':
      return undefined;
    default: {
      const never: never = change;
      return never;
    }
  }
}

function add(a: number, b: number): number {
  return (a + b) % MODULUS;
}

function subtract(a: number, b: number): number {
  return (a - b + MODULUS) % MODULUS;
}

function sumLines(text: string): number {
  let sum = 0;
  for (const line of text.split('\n')) sum = addLine(sum, line);
  return sum;
}

function sumPatch(diff: string, reverse: boolean): number {
  let sum = 0;
  for (const line of diff.split('\n')) {
    if (/^(?:\+\+\+|---) /.test(line)) continue;
    const mark = line[0];
    if (mark !== '+' && mark !== '-') continue;
    const brings = (mark === '+') !== reverse;
    sum = brings ? addLine(sum, line.slice(1)) : subtract(sum, addLine(0, line.slice(1)));
  }
  return sum;
}

/** Blank lines and blanks at the ends of lines carry no meaning here. */
function addLine(sum: number, line: string): number {
  const text = line.trimEnd();
  return text === '' ? sum : add(sum, hashText(text) % MODULUS);
}
