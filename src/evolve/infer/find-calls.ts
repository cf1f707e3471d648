import { isObject } from '../../base/json.ts';
import { parseArguments } from '../../formats/shared/render-action.ts';
import { findFences } from '../interpret/find-fences.ts';
import type { CallRule } from '../spec/spec.ts';
import { type Evidence, IDENTIFIER, proseShare } from './evidence.ts';
import type { Group, Kinds } from './find-kinds.ts';
import { type FieldStat, measureArgs, measureToolName } from './measured-calls.ts';
import type { Item } from './profile.ts';
import { isWord, lastKey, wordsOf } from './words.ts';

/** A group whose items may be calls, and where name and arguments stand in them. */
export interface CallSite {
  readonly group: Group;
  readonly tool: CallRule['tool'];
  readonly args?: string;
  readonly command?: string;
  readonly fence?: NonNullable<CallRule['fence']>;
  /** How much it looks like a call, from 0 to 1. */
  readonly likeness: number;
  /** Per item the longest text of the call, to see whether two sites tell of the same calls; undefined: no call. */
  readonly texts: readonly (string | undefined)[];
  readonly reason: string;
}

const MAX_SITES = 24;
/** Items of one kind may differ in what they hold: so few of them may be calls. */
const FEWEST = 0.04;

/** Every group that looks like calls, the likeliest first. */
export function findCallSites(kinds: Kinds): CallSite[] {
  const kindFields = new Set(
    [...kinds.fields].flatMap(([scope, fields]) => fields.map((field) => `${scope} ${field}`)),
  );
  const sites = kinds.parts.flatMap((group) => {
    const isKind = (path: string): boolean => kindFields.has(`${group.scope} ${path}`);
    return [
      ...structuredSites(group, isKind, kinds.by),
      commandSite(group, isKind, kinds.by),
      fenceSite(group, kinds.by),
    ].filter((site) => site !== undefined);
  });
  return sites
    .toSorted((a, b) => b.likeness - a.likeness || b.group.items.length - a.group.items.length)
    .slice(0, MAX_SITES);
}

function fieldStats(items: readonly Item[], want: (value: unknown) => boolean): FieldStat[] {
  const found = new Map<string, unknown[]>();
  for (const item of items) {
    for (const [path, value] of item.fields) {
      if (!want(value)) continue;
      const values = found.get(path);
      if (values) values.push(value);
      else found.set(path, [value]);
    }
  }
  return [...found].map(([path, values]) => ({
    path,
    share: values.length / items.length,
    distinct: new Set(values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))))
      .size,
    values,
  }));
}

/** Where a word stands in its list says how well it fits: `tool_name` more than `name`. */
function nameScore(path: string): number {
  const words = wordsOf(lastKey(path));
  const above = wordsOf(path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : '');
  const [first, last] = [words[0] ?? '', words.at(-1) ?? ''];
  if (
    words.some((word) => ['model', 'file', 'user', 'display', 'agent', 'server', 'id', 'type'].includes(word))
  )
    return 0;
  if (words.length > 1 && isWord('tool', first) && last === 'name') return 1;
  if (last === 'name' && (words.length === 1 || above.some((word) => isWord('tool', word)))) return 0.8;
  return words.length === 1 && (first === 'tool' || first === 'function') ? 0.7 : 0;
}

function argsScore(path: string): number {
  const words = wordsOf(lastKey(path));
  const [first] = words;
  if (words.length === 1 && (first === 'arguments' || first === 'args')) return 1;
  if (words.length === 1 && (first === 'input' || first === 'parameters' || first === 'params')) return 0.9;
  if (words.some((word) => word === 'arguments' || word === 'args')) return 0.8;
  if (words.length === 1 && first === 'action') return 0.6;
  return words.some((word) => isWord('args', word)) && words.length <= 2 ? 0.4 : 0;
}

/** With names to go by the best reading of a group's items, without them the best few: pairing decides. */
function structuredSites(group: Group, isKind: (path: string) => boolean, by: Evidence): CallSite[] {
  const { items } = group;
  const objects = fieldStats(items, (value) => isArgs(value)).filter(({ share }) => share >= FEWEST);
  const args = objects
    .filter(({ values }) => !isSchemas(values))
    .map((stat) => ({
      ...stat,
      score: Math.max(argsScore(stat.path), by === 'measures' ? measureArgs(stat) : 0),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.path.length - b.path.length);
  return args
    .slice(0, by === 'measures' ? MEASURED_SITES : 1)
    .flatMap((one) => structuredSite(group, one, isKind, by) ?? []);
}

const MEASURED_SITES = 3;

function structuredSite(
  group: Group,
  args: FieldStat & { readonly score: number },
  isKind: (path: string) => boolean,
  by: Evidence,
): CallSite | undefined {
  const { items } = group;
  const inside = (path: string): boolean => path === args.path || path.startsWith(`${args.path}.`);
  const withArgs = items.filter((item) => isArgs(item.fields.get(args.path)));
  const names = fieldStats(withArgs, (value) => typeof value === 'string' && IDENTIFIER.test(value))
    .filter(({ path, share }) => share >= 0.8 && !inside(path) && (by === 'measures' || !isKind(path)))
    .map((stat) => ({
      ...stat,
      score:
        Math.max(
          nameScore(stat.path),
          by === 'measures' && (stat.distinct > 1 || isBeside(stat.path, args.path))
            ? measureToolName(stat)
            : 0,
        ) -
        (sharesParent(stat.path, args.path) ? 0 : 0.15) -
        (isKind(stat.path) ? 0.2 : 0),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.path.length - b.path.length)[0];
  if (names) {
    return site(group, { path: names.path }, { args: args.path }, 0.5 * names.score + 0.5 * args.score);
  }
  // The kind itself may name the tool: `action: run`.
  const kindName = [...group.recordKind, ...group.itemKind].find(
    ([path, value]) => value !== undefined && isWord('command', wordsOf(lastKey(path)).at(-1) ?? ''),
  );
  if (!kindName || group.scope !== '.') return undefined;
  return site(group, { path: kindName[0] }, { args: args.path }, 0.3 + 0.4 * args.score);
}

function isArgs(value: unknown): boolean {
  if (isObject(value)) return true;
  return (
    typeof value === 'string' &&
    value.startsWith('{') &&
    value.length < 2_000_000 &&
    parseArguments(value)?.raw === undefined
  );
}

/** Definitions of tools look like calls, but their arguments are schemas. */
function isSchemas(values: readonly unknown[]): boolean {
  const schemas = values.filter(
    (value) => isObject(value) && isObject(value.properties) && typeof value.type === 'string',
  );
  return schemas.length * 2 > values.length;
}

/** Whether two fields stand in the same object. */
function isBeside(a: string, b: string): boolean {
  const parent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')));
  return parent(a) === parent(b);
}

function sharesParent(a: string, b: string): boolean {
  const parent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')));
  return (
    parent(a) === parent(b) || parent(a).startsWith(`${parent(b)}.`) || parent(b).startsWith(`${parent(a)}.`)
  );
}

function commandSite(group: Group, isKind: (path: string) => boolean, by: Evidence): CallSite | undefined {
  const best = fieldStats(group.items, (value) => typeof value === 'string' && value.trim() !== '')
    .filter(({ path, share }) => share >= 0.5 && !path.includes('[') && !isKind(path))
    .filter(({ path }) => by === 'measures' || isWord('command', wordsOf(lastKey(path)).at(-1) ?? ''))
    .map((stat) => ({
      ...stat,
      looks: commandShare(stat.values) * (by === 'measures' ? proseShare(stat.values.map(String)) : 1),
    }))
    .filter(({ looks, distinct, values }) => looks >= 0.5 && distinct * 3 >= values.length)
    .toSorted((a, b) => b.looks * b.share - a.looks * a.share || a.path.length - b.path.length)[0];
  if (!best) return undefined;
  return site(group, { is: 'bash' }, { command: best.path }, 0.6 * best.looks * best.share);
}

/** Texts that begin with a word in lower case, a path or an assignment, and are no sentence. */
function commandShare(values: readonly unknown[]): number {
  const texts = values.filter((value) => typeof value === 'string');
  const looking = texts.filter(
    (text) =>
      /^\s*(?:[a-z_./~$(#{!-][\w./~$({=:+-]*)(?:\s|$)/.test(text) && !/^[^\n]{0,400}[a-z]\. [A-Z]/.test(text),
  );
  return looking.length / Math.max(1, texts.length);
}

function fenceSite(group: Group, by: Evidence): CallSite | undefined {
  const texts = fieldStats(group.items, (value) => typeof value === 'string' && value.includes('```'));
  const best = texts
    .filter(({ path }) => by === 'measures' || isWord('text', wordsOf(lastKey(path)).at(-1) ?? ''))
    .map((stat) => ({ ...stat, opening: commonOpening(stat.values) }))
    .filter(({ opening }) => opening !== undefined)
    .toSorted(
      (a, b) => (b.opening?.count ?? 0) - (a.opening?.count ?? 0) || a.path.length - b.path.length,
    )[0];
  if (!best?.opening) return undefined;
  const share = best.opening.count / group.items.length;
  if (share < 0.3) return undefined;
  const fence = { path: best.path, open: best.opening.open, close: '```', blocks: 'one' as const };
  return site(group, { is: 'bash' }, { fence }, 0.5 * share);
}

/** The opening of blocks with a language that most texts have. */
function commonOpening(values: readonly unknown[]): { open: string; count: number } | undefined {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (typeof value !== 'string') continue;
    const here = new Set<string>();
    for (const line of value.split('\n')) {
      const open = /^```[a-z][\w-]{0,40}\s*$/.exec(line)?.[0].trim();
      if (open !== undefined) here.add(open);
    }
    for (const open of here) counts.set(open, (counts.get(open) ?? 0) + 1);
  }
  const [best] = [...counts].toSorted(([, a], [, b]) => b - a);
  return best ? { open: best[0], count: best[1] } : undefined;
}

function site(
  group: Group,
  tool: CallRule['tool'],
  where: Pick<CallSite, 'args' | 'command' | 'fence'>,
  likeness: number,
): CallSite {
  const texts = group.items.map((item) =>
    'path' in tool && typeof item.fields.get(tool.path) !== 'string' ? undefined : callText(item, where),
  );
  const named = 'path' in tool ? `the tool's name in ${tool.path}, ` : '';
  const what =
    where.args !== undefined
      ? `arguments in ${where.args}`
      : where.command !== undefined
        ? `commands in ${where.command}`
        : `blocks "${where.fence?.open ?? ''}" in ${where.fence?.path ?? ''}`;
  const reason = `${texts.filter((text) => text !== undefined).length} items ${group.scope === '.' ? '(records)' : `at ${group.scope}`} look like calls: ${named}${what}`;
  return { group, tool, ...where, likeness, texts, reason };
}

function callText(
  item: Item,
  { args, command, fence }: Pick<CallSite, 'args' | 'command' | 'fence'>,
): string | undefined {
  if (args !== undefined) {
    const value = parseArguments(item.fields.get(args));
    return value === undefined ? undefined : longestText(value);
  }
  if (command !== undefined) {
    const value = item.fields.get(command);
    return typeof value === 'string' ? value.trim() : undefined;
  }
  const text = item.fields.get(fence?.path ?? '');
  if (typeof text !== 'string' || !fence) return undefined;
  const { blocks } = findFences(text, fence.open, fence.close);
  return blocks.length === 1 ? blocks[0]?.trim() : undefined;
}

function longestText(root: unknown): string {
  let longest = '';
  const work: unknown[] = [root];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    if (typeof next === 'string') {
      if (next.length > longest.length) longest = next;
    } else if (Array.isArray(next)) work.push(...next.slice(0, 1000));
    else if (isObject(next)) work.push(...Object.values(next));
  }
  return longest.trim();
}
