import type { Random } from './random.ts';

/** JSON text that takes the place of a value, given the value's own text and its key (of an object). */
export type ValueMutation = (own: string, key: string | undefined) => string;

/** Values that no schema promised. */
export const VALUE_MUTATIONS: Readonly<Record<string, ValueMutation>> = {
  'a number for it': () => '12345',
  'null for it': () => 'null',
  'a list for it': () => '[]',
  'an object for it': () => '{}',
  'a list around it': (own) => `[${own}]`,
  'an object around it': (own) => `{"value":${own}}`,
  'text for it': () => '"\\u0000 unexpected \\ud800 text"',
  'nested deeply': () => `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  'objects nested deeply': () => `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  'a text that is nested JSON': () => JSON.stringify(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
  'what cannot be made a text': () => '{"toString":1,"valueOf":1,"length":1e9,"constructor":{}}',
  'a huge text': () => `"${'x'.repeat(1_500_000)}"`,
  'a huge number': () => '1e999',
  'its key twice': (own, key) => (key === undefined ? own : `${own},${JSON.stringify(key)}:7`),
  'a hostile key beside it': (own) => `${own},"__proto__":{"steps":1}`,
};

/** What may stand there in a sound artifact too: that something is missing does not show. */
export const MAY_BE_SOUND: ReadonlySet<string> = new Set([
  'null for it',
  'a list for it',
  'text for it',
  'a text that is nested JSON',
  'a huge text',
  // Every reader of JSON takes the last of a key's values.
  'its key twice',
]);

const MARK = '\u0000mark\u0000';
const MARK_TEXT = JSON.stringify(MARK);

interface Slot {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string | number;
  /** Dotted, from the record. */
  readonly path: string;
}

export interface MutatedText {
  readonly text: string;
  /** Which value was replaced, for people: `line 3 message.content.0`. */
  readonly at: string;
}

/**
 * Replaces one value of one record. Undefined when the text holds no JSON object or list. Records are the lines of
 * JSON Lines, else the whole document.
 */
export function mutateValue(text: string, mutation: ValueMutation, random: Random): MutatedText | undefined {
  const whole = parse(text);
  if (whole !== undefined) return replaceOne(whole, mutation, random);
  const lines = text.split('\n');
  const candidates = lines.flatMap((line, index) => (/^\s*[[{]/.test(line) ? [index] : []));
  const chosen = random.pick(candidates);
  if (chosen === undefined) return undefined;
  const record = parse(lines[chosen] ?? '');
  const changed = record === undefined ? undefined : replaceOne(record, mutation, random);
  if (changed === undefined) return undefined;
  lines[chosen] = changed.text;
  return { text: lines.join('\n'), at: `line ${chosen + 1} ${changed.at}` };
}

function replaceOne(root: object, mutation: ValueMutation, random: Random): MutatedText | undefined {
  const slot = random.pick(listSlots(root));
  if (!slot) return undefined;
  const { holder, key, path } = slot;
  const own = JSON.stringify(Reflect.get(holder, key)) ?? 'null';
  Reflect.set(holder, key, MARK);
  const isMember = !Array.isArray(holder);
  const replacement = mutation(own, isMember ? String(key) : undefined);
  // A member cannot be added to a list: there the value stays alone.
  const fitting = isMember ? replacement : replacement.replace(/,"__proto__":.*$/, '');
  const text = JSON.stringify(root).replace(MARK_TEXT, () => fitting);
  return { text, at: `${path} (was ${own.slice(0, 60)})` };
}

/** Every value inside, at whatever depth. */
function listSlots(root: object): Slot[] {
  const slots: Slot[] = [];
  const queue: { value: unknown; path: string }[] = [{ value: root, path: '' }];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { value } = next;
    if (typeof value !== 'object' || value === null) continue;
    const holder = value as Slot['holder'];
    for (const key of Object.keys(holder)) {
      const path = next.path === '' ? key : `${next.path}.${key}`;
      slots.push({ holder, key, path });
      queue.push({ value: Reflect.get(holder, key), path });
    }
  }
  return slots;
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
