import { isObject } from '../../src/base/json.ts';
import { IDENTIFIER } from '../../src/evolve/infer/evidence.ts';
import type { SampleArtifact } from '../../src/evolve/infer/sample.ts';
import { hasWord, isWord, wordsOf } from '../../src/evolve/infer/words.ts';
import type { ArtifactReader, JsonElement } from '../../src/formats/port.ts';
import type { Run } from '../../src/model/run.ts';
import type { Step } from '../../src/model/step.ts';

const MAX_KIND_VALUES = 60;

/**
 * Takes the names away: every key of a JSON value becomes a token, and so do the values of fields that name kinds or
 * speakers; the same name always becomes the same token. What a text holds stays, arguments written as text too.
 */
export class Renaming {
  private readonly keys = new Map<string, string>();
  private readonly values = new Map<string, string>();
  private readonly originals = new Map<string, string>();
  private readonly kindKeys: ReadonlySet<string>;

  constructor(kindKeys: ReadonlySet<string>) {
    this.kindKeys = kindKeys;
  }

  apply(root: unknown): unknown {
    const out: { value?: unknown } = {};
    const work: { value: unknown; key: string; put: (value: unknown) => void }[] = [
      { value: root, key: '', put: (value) => (out.value = value) },
    ];
    for (let next = work.pop(); next; next = work.pop()) {
      const { value, key, put } = next;
      if (Array.isArray(value)) {
        const copy: unknown[] = value.map(() => null);
        put(copy);
        for (const [index, element] of value.entries())
          work.push({ value: element, key, put: (made) => (copy[index] = made) });
      } else if (isObject(value)) {
        const copy: Record<string, unknown> = {};
        put(copy);
        for (const inner of Object.keys(value)) copy[this.keyOf(inner)] = null;
        for (const [inner, below] of Object.entries(value))
          work.push({ value: below, key: inner, put: (made) => (copy[this.keyOf(inner)] = made) });
      } else put(typeof value === 'string' && this.kindKeys.has(key) ? this.valueOf(value) : value);
    }
    return out.value;
  }

  /** The text of a file of JSON lines or of one document, renamed; undefined for any other text. */
  applyToText(text: string): string | undefined {
    const whole = parse(text);
    if (whole !== undefined) return JSON.stringify(this.apply(whole));
    const lines = text.split('\n');
    let objects = 0;
    const renamed = lines.map((line) => {
      const value = parse(line);
      if (!isObject(value)) return line.trim().startsWith('{') ? '' : line;
      objects++;
      return JSON.stringify(this.apply(value));
    });
    return objects === 0 ? undefined : renamed.join('\n');
  }

  /** A learnt step with the original values, so that it compares with one that was read under the original names. */
  restore(run: Run): Run {
    const back = (text: string): string => this.originals.get(text) ?? text;
    const step = (one: Step): Step => ({
      ...one,
      tool: back(one.tool),
      action: one.action
        .split('\n')
        .map((line) => back(line) + restoredTail(line, back))
        .join('\n'),
    });
    return {
      ...run,
      steps: run.steps.map(step),
      branches: run.branches.map((branch) => ({ ...branch, steps: branch.steps.map(step) })),
    };
  }

  private keyOf(key: string): string {
    return tokenOf(this.keys, key, 'k');
  }

  private valueOf(value: string): string {
    const token = tokenOf(this.values, value, 'v');
    this.originals.set(token, value);
    return token;
  }
}

/** `k3: v7` of a rendered action: the value is given back beside its token. */
function restoredTail(line: string, back: (text: string) => string): string {
  const colon = line.indexOf(': ');
  const value = colon < 0 ? '' : line.slice(colon + 2);
  return back(value) === value ? '' : ` ${back(value)}`;
}

function tokenOf(tokens: Map<string, string>, name: string, prefix: string): string {
  const known = tokens.get(name);
  if (known !== undefined) return known;
  const token = `${prefix}${letters(tokens.size)}`;
  tokens.set(name, token);
  return token;
}

/** Numbers in letters: a token must not look like an id. */
function letters(number: number): string {
  let text = '';
  for (let rest = number; ; rest = Math.floor(rest / 20) - 1) {
    text = 'bcdfghjklmnpqrstvwxz'.charAt(rest % 20) + text;
    if (rest < 20) return text;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keys under which only a few different identifiers stand and whose name speaks of kinds or speakers. */
export async function findKindKeys(samples: readonly SampleArtifact[]): Promise<Set<string>> {
  const stats = new Map<string, { values: Set<string>; all: boolean }>();
  const note = (key: string, value: unknown): void => {
    const words = wordsOf(key);
    if (typeof value !== 'string' || !isWord('kind', words.at(-1) ?? '') || hasWord('tool', key)) return;
    const stat = stats.get(key) ?? { values: new Set(), all: true };
    stats.set(key, stat);
    if (stat.values.size <= MAX_KIND_VALUES) stat.values.add(value);
    if (!IDENTIFIER.test(value)) stat.all = false;
  };
  for (const { reader, entry } of samples) {
    const files = entry.kind === 'file' ? [entry] : (await reader.list(entry.path)).slice(0, 20);
    for (const { path } of files) {
      const text = (await reader.text(path))?.text ?? '';
      const whole = parse(text);
      const work: unknown[] = whole === undefined ? text.split('\n').map(parse) : [whole];
      for (let next = work.pop(); work.length > 0 || next !== undefined; next = work.pop()) {
        if (Array.isArray(next)) for (const element of next) work.push(element ?? null);
        else if (isObject(next)) {
          for (const [key, value] of Object.entries(next)) {
            note(key, value);
            if (typeof value === 'object' && value !== null) work.push(value);
          }
        }
      }
    }
  }
  return new Set(
    [...stats].filter(([, { values, all }]) => all && values.size <= MAX_KIND_VALUES).map(([key]) => key),
  );
}

/** A reader that hands over every JSON file renamed; other files as they are. */
export function renameReader(reader: ArtifactReader, renaming: Renaming): ArtifactReader {
  const texts = new Map<string, string | undefined>();
  const renamed = async (path: string): Promise<string | undefined> => {
    if (texts.has(path)) return texts.get(path);
    const text = (await reader.text(path))?.text;
    const made = text === undefined ? undefined : renaming.applyToText(text);
    if (texts.size > 200) texts.clear();
    texts.set(path, made);
    return made;
  };
  return {
    list: (folder) => reader.list(folder),
    stat: (path) => reader.stat(path),
    head: async (path, bytes = 65_536) =>
      (await renamed(path))?.slice(0, bytes) ?? (await reader.head(path, bytes)),
    text: async (path) => {
      const text = await renamed(path);
      return text === undefined ? await reader.text(path) : { text, diagnostics: [] };
    },
    lines: async function* lines(path) {
      const text = await renamed(path);
      if (text === undefined) yield* reader.lines(path);
      else yield text.split('\n').map((line, index) => ({ line: index + 1, text: line, start: 0 }));
    },
    json: async (path, arrays = []) => {
      const text = await renamed(path);
      if (text === undefined) return await reader.json(path, arrays);
      const value = parse(text);
      return {
        value: emptied(value, arrays),
        elements: async function* elements(key): AsyncGenerator<readonly JsonElement[]> {
          const array = key === '' ? value : isObject(value) ? value[key] : undefined;
          if (Array.isArray(array)) yield array.map((element: unknown, index) => ({ index, value: element }));
        },
        diagnostics: [],
      };
    },
  };
}

function emptied(value: unknown, arrays: readonly string[]): unknown {
  if (arrays.includes('') && Array.isArray(value)) return [];
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      arrays.includes(key) && Array.isArray(inner) ? [] : inner,
    ]),
  );
}
