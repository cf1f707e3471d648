/** Words from one brace expression are capped: `{1..999999}` names no files that anyone follows one by one. */
const LIMIT = 128;

/** The words of `{a,b{c,d}}` or `{1..3}`; the text itself when it is no brace expression. */
export function expandBraces(text: string): string[] {
  const done: string[] = [];
  // A work list: each entry's first expandable brace is replaced by its choices.
  const work = [text];
  let rounds = 0;
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const choice = rounds++ < LIMIT * 4 ? firstChoice(next) : undefined;
    if (!choice) {
      done.push(next);
      if (done.length >= LIMIT) break;
      continue;
    }
    for (const option of choice.options.toReversed()) work.push(choice.before + option + choice.after);
    if (work.length > LIMIT * 4) break;
  }
  return done;
}

interface Choice {
  readonly before: string;
  readonly options: readonly string[];
  readonly after: string;
}

function firstChoice(text: string): Choice | undefined {
  if (text.length > 10_000) return undefined;
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
    const commas: number[] = [];
    let depth = 0;
    for (let i = open; i < text.length; i++) {
      const char = text[i];
      if (char === '{') depth++;
      else if (char === ',' && depth === 1) commas.push(i);
      else if (char === '}' && --depth === 0) {
        const before = text.slice(0, open);
        const after = text.slice(i + 1);
        if (commas.length > 0) return { before, options: splitAt(text, [open, ...commas, i]), after };
        const range = expandRange(text.slice(open + 1, i));
        if (range) return { before, options: range, after };
        break;
      }
    }
    if (depth > 0) return undefined;
  }
  return undefined;
}

function splitAt(text: string, cuts: readonly number[]): string[] {
  return cuts.slice(1).map((cut, i) => text.slice((cuts[i] ?? 0) + 1, cut));
}

function expandRange(body: string): string[] | undefined {
  const numbers = /^(-?\d{1,9})\.\.(-?\d{1,9})$/.exec(body);
  if (numbers) {
    const from = numbers[1] ?? '';
    const first = Number(from);
    const last = Number(numbers[2]);
    const width = /^-?0\d/.test(from) ? from.length : 0;
    return sequence(first, last).map((value) => String(value).padStart(width, '0'));
  }
  const letters = /^([a-zA-Z])\.\.([a-zA-Z])$/.exec(body);
  if (!letters) return undefined;
  const codes = sequence((letters[1] ?? 'a').charCodeAt(0), (letters[2] ?? 'a').charCodeAt(0));
  return codes.map((code) => String.fromCharCode(code));
}

function sequence(first: number, last: number): number[] {
  const step = first <= last ? 1 : -1;
  const count = Math.min(LIMIT, Math.abs(last - first) + 1);
  return Array.from({ length: count }, (_, i) => first + i * step);
}
