import type { SpecTexts } from '../spec/spec.ts';
import { type Evidence, proseShare } from './evidence.ts';
import { type Item, textsBelow } from './profile.ts';
import { isWord, lastKey, type WordSet, wordsOf } from './words.ts';

export interface TextChoice {
  readonly texts: SpecTexts;
  /** Items that hold any text there. */
  readonly present: number;
  readonly characters: number;
}

interface Stat {
  readonly path: string;
  readonly items: Set<Item>;
  characters: number;
  score: number;
  /** The first of its texts that are not empty. */
  readonly shown: string[];
}

const SHOWN = 200;

const NEVER = new Set(
  'id uuid type kind role name model signature timestamp time path cwd status source version hash sha key url tool'.split(
    ' ',
  ),
);
/** Words for what describes a text as often as for the text itself. */
const WEAK = new Set(['message', 'summary', 'value', 'body', 'input', 'prompt']);
const FORBIDDEN = new Set(['id', 'signature', 'encrypted', 'opaque', 'token', 'tokens']);
const MAX_ALTERNATIVES = 6;
const LOOK_AT = 3000;

/**
 * Which texts below the items say what a set of words asks for. The best path comes first; others follow for items that
 * lack it (one content as a text, another as blocks). `stdout` and `stderr` of one parent are taken together.
 */
export function chooseTexts(
  items: readonly Item[],
  sets: readonly WordSet[],
  allowed: (path: string) => boolean = () => true,
  by: Evidence = 'names',
): TextChoice | undefined {
  const looked = items.slice(0, LOOK_AT);
  const stats = collect(looked, allowed);
  for (const stat of stats.values()) stat.score = scoreOf(stat, looked.length, sets, by);
  const ranked = [...stats.values()]
    .filter(({ score, characters }) => score > 0 && characters > 0)
    .toSorted((a, b) => b.score - a.score || a.path.length - b.path.length);
  const covered = new Set<Item>();
  const alternatives: SpecTexts = [];
  let characters = 0;
  for (const stat of ranked) {
    if (alternatives.length >= MAX_ALTERNATIVES) break;
    let added = 0;
    for (const item of stat.items) if (!covered.has(item)) added++;
    if (added === 0 || (alternatives.length > 0 && added < Math.max(1, looked.length * 0.004))) continue;
    const twin = twinOf(stat, stats);
    alternatives.push(twin ? [stat.path, twin.path] : stat.path);
    for (const item of stat.items) covered.add(item);
    if (twin) for (const item of twin.items) covered.add(item);
    characters += stat.characters;
  }
  return alternatives.length === 0 ? undefined : { texts: alternatives, present: covered.size, characters };
}

function collect(items: readonly Item[], allowed: (path: string) => boolean): Map<string, Stat> {
  const stats = new Map<string, Stat>();
  for (const item of items) {
    for (const { path, text } of textsBelow(item)) {
      // An empty text is a recorded one: it needs no other alternative.
      if (path.split('[*]').length > 4) continue;
      const known = stats.get(path);
      if (known) {
        known.items.add(item);
        known.characters += text.length;
        if (text !== '' && known.shown.length < SHOWN) known.shown.push(text);
      } else if (stats.size < 500 && allowed(path)) {
        stats.set(path, {
          path,
          items: new Set([item]),
          characters: text.length,
          score: 0,
          shown: text === '' ? [] : [text],
        });
      }
    }
  }
  return stats;
}

function scoreOf(
  { path, items, characters, shown }: Stat,
  total: number,
  sets: readonly WordSet[],
  by: Evidence,
): number {
  const words = wordsOf(lastKey(path));
  const last = words.at(-1) ?? '';
  if (NEVER.has(last) || words.some((word) => FORBIDDEN.has(word))) return 0;
  const named = Math.max(0, ...sets.map((set, rank) => wordWeight(path, set) / (1 + 0.3 * rank)));
  const weight = by === 'measures' ? Math.max(named, measuredWeight(shown)) : named;
  if (weight === 0) return 0;
  const depth = path.split(/[.[]/).length;
  return (
    (items.size / total) *
    weight *
    Math.log2(2 + characters / items.size) *
    0.93 ** depth *
    (isAside(path) ? 0.5 : 1)
  );
}

/** A text is one whatever its name says, as far as it is prose and does not only repeat itself. */
function measuredWeight(shown: readonly string[]): number {
  const prose = proseShare(shown);
  const different = new Set(shown).size / Math.max(1, shown.length);
  return prose < 0.1 ? 0 : 0.55 * (0.3 + 0.7 * prose) * Math.min(1, 0.3 + different);
}

/** What a record keeps beside the text that was shown: raw forms, extras, answers of services. */
function isAside(path: string): boolean {
  return wordsOf(path).some((word) => ['extra', 'extras', 'metadata', 'meta', 'raw'].includes(word));
}

/** 1 when the field itself is called so, 0.8 when something above it is and the field is a text by name. */
function wordWeight(path: string, set: WordSet): number {
  const own = wordsOf(lastKey(path));
  if (own.some((word) => isWord(set, word)))
    return (own.length === 1 ? 1 : 0.9) * (WEAK.has(own.at(-1) ?? '') ? 0.6 : 1);
  const above = wordsOf(path).slice(0, -own.length);
  const namedAbove = above.some((word) => isWord(set, word));
  if (namedAbove && own.some((word) => isWord('text', word) || word === 'stdout' || word === 'stderr'))
    return 0.85;
  return namedAbove && path.includes('[*]') && path.endsWith(']') ? 0.7 : 0;
}

function twinOf(stat: Stat, stats: ReadonlyMap<string, Stat>): Stat | undefined {
  const key = lastKey(stat.path);
  const other = key === 'stdout' ? 'stderr' : key === 'stderr' ? 'stdout' : undefined;
  if (other === undefined) return undefined;
  return stats.get(`${stat.path.slice(0, stat.path.length - key.length)}${other}`);
}
