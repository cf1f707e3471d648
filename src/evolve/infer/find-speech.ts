import { joinPaths } from '../spec/path.ts';
import type { SpecRule } from '../spec/spec.ts';
import { chooseTexts } from './choose-texts.ts';
import type { CallSite } from './find-calls.ts';
import { conditionsOf, type Group, type Kinds, rootOf, type Speaker, speakerOf } from './find-kinds.ts';
import type { ResultSite } from './find-results.ts';
import { guessSpeaker, timelineOf } from './guess-speaker.ts';
import { type Item, WHOLE } from './profile.ts';
import { hasWord, lastKey, wordsOf } from './words.ts';

export interface Speech {
  readonly rules: readonly SpecRule[];
  readonly reasons: readonly string[];
}

const MAX_THOUGHTS = 6;

/** Rules for what is said: the agent's thoughts and texts, the words of users and systems; repetitions are left out. */
export function findSpeech(kinds: Kinds, calls: readonly CallSite[], results: readonly ResultSite[]): Speech {
  const agentKinds = kindsWithCalls(kinds, calls);
  const siteOf = new Map(
    calls.flatMap((site) =>
      site.group.items.flatMap((item, index): [Item, CallSite][] =>
        site.texts[index] === undefined ? [] : [[item, site]],
      ),
    ),
  );
  const resultItems = new Set(results.flatMap(({ items }) => items));
  const timeline = timelineOf(siteOf.keys(), resultItems);
  // A log that names its users names its speakers; in another one the place of a text tells who speaks.
  const namesSpeak = kinds.groups.some((group) => speakerIn(group) === 'user');
  const said = new Set<string>();
  const rules: SpecRule[] = [];
  const reasons: string[] = [];
  for (const whole of ordered(kinds, calls)) {
    if (liesInCall(whole, calls)) continue;
    // Items that are calls or results say nothing else, but a record that is a call may hold a thought too.
    const items = whole.items.filter(
      (item) => !isIn(item, resultItems) && (whole.scope === WHOLE || !siteOf.has(item)),
    );
    const [first] = items;
    if (!first) continue;
    const group = { ...whole, items };
    const speaker =
      agentKinds.has(kindKey(group)) && speakerOf(group.itemKind) === undefined
        ? 'agent'
        : (speakerIn(group) ?? (namesSpeak ? undefined : guessSpeaker(group.items, timeline)));
    const site = siteOf.get(items.find((item) => siteOf.has(item)) ?? first);
    const own = (path: string): boolean => isOwnField(group, path) && !isUsedBy(site, path);
    rules.push(...thoughtRules(group, own, said));
    if (site?.fence) continue;
    const spoken = (path: string): boolean => own(path) && isSpoken(joinPaths(group.scope, path));
    // Prose in a record that is neither call nor result was said, whatever its field is called.
    const choice =
      chooseTexts(group.items, ['text'], spoken, kinds.by) ??
      (whole.scope === WHOLE && !site && speaker !== 'agent'
        ? chooseTexts(group.items, ['text'], spoken, 'measures')
        : undefined);
    if (!choice) continue;
    const texts = textsOf(group.items, choice.texts.flat());
    if (speaker === 'agent' && repeatsThought(texts, said)) continue;
    if (isRepetition(texts, said)) {
      reasons.push(`${describe(group)}: its texts repeat those of other records`);
      continue;
    }
    if (speaker === undefined && choice.characters / Math.max(1, choice.present) < 3) continue;
    for (const text of texts) said.add(text);
    const rule = { ...reachOf(group), text: choice.texts };
    rules.push(
      speaker === 'agent'
        ? { role: 'thought', ...rule }
        : { role: 'message', from: speaker ?? 'environment', ...rule },
    );
  }
  return { rules, reasons };
}

/** Whether the item, or one that holds it, is among the results. */
function isIn(item: Item, results: ReadonlySet<Item>): boolean {
  for (let here: Item | undefined = item; here; here = here.parent) if (results.has(here)) return true;
  return false;
}

function speakerIn(group: Group): Speaker | undefined {
  return speakerOf(group.itemKind) ?? speakerOf(group.recordKind);
}

/** Groups beside the calls first, then the plainest: what is said twice is then read where the calls stand. */
function ordered(kinds: Kinds, calls: readonly CallSite[]): Group[] {
  const [first] = calls;
  const home = first ? [...first.group.recordKind.values()][0] : undefined;
  const far = (group: Group): number =>
    (home !== undefined && [...group.recordKind.values()][0] !== home ? 10 : 0) +
    group.scope.split('[*]').length;
  return kinds.groups.toSorted((a, b) => far(a) - far(b) || b.items.length - a.items.length);
}

function kindKey(group: Group): string {
  return JSON.stringify([...group.recordKind]);
}

/** Kinds of records that hold calls in at least one of five. */
function kindsWithCalls(kinds: Kinds, calls: readonly CallSite[]): Set<string> {
  const roots = new Set(calls.flatMap(({ group }) => group.items.map(rootOf)));
  const agent = new Set<string>();
  for (const group of kinds.groups) {
    if (group.scope !== WHOLE) continue;
    const holding = group.items.filter((item) => roots.has(item)).length;
    if (holding * 5 >= group.items.length) agent.add(kindKey(group));
  }
  return agent;
}

/** What stands inside the arguments of a call is said by nobody. */
function liesInCall(group: Group, calls: readonly CallSite[]): boolean {
  return calls.some(({ group: { scope }, args }) => {
    if (scope !== WHOLE) return group.scope.startsWith(`${scope}.`) || group.scope.startsWith(`${scope}[`);
    return args !== undefined && (group.scope.startsWith(`${args}.`) || group.scope.startsWith(`${args}[`));
  });
}

/** Whether a text stands in the item itself, not in an element below that has rules of its own. */
function isOwnField(group: Group, path: string): boolean {
  return group.items.some((item) => item.fields.has(path));
}

function isUsedBy(site: CallSite | undefined, path: string): boolean {
  if (!site) return false;
  const used = [site.args, site.command, site.fence?.path];
  return used.some(
    (own) => own !== undefined && (path === own || path.startsWith(`${own}.`) || path.startsWith(`${own}[`)),
  );
}

/** Texts below results, files, settings and the like are not said by anybody. */
function isSpoken(path: string): boolean {
  const above = path.slice(0, Math.max(0, path.length - lastKey(path).length));
  return !wordsOf(above).some((word) =>
    [
      'tool',
      'tools',
      'result',
      'results',
      'file',
      'files',
      'extra',
      'extras',
      'metadata',
      'config',
      'settings',
      'usage',
      'response',
      'error',
      'info',
    ].includes(word),
  );
}

function thoughtRules(group: Group, own: (path: string) => boolean, said: Set<string>): SpecRule[] {
  const characters = new Map<string, number>();
  for (const item of group.items) {
    for (const [path, value] of item.fields) {
      if (typeof value === 'string' && isThought(path))
        characters.set(path, (characters.get(path) ?? 0) + value.length);
    }
  }
  const rules: SpecRule[] = [];
  const paths = [...characters].filter(
    ([path, total]) => own(path) && total >= 8 * group.items.length * 0.05,
  );
  for (const [path] of paths.toSorted((a, b) => b[1] - a[1]).slice(0, MAX_THOUGHTS)) {
    const texts = textsOf(group.items, [path]);
    if (isRepetition(texts, said)) continue;
    for (const text of texts) said.add(text);
    rules.push({ role: 'thought', ...reachOf(group), text: [path] });
  }
  return rules;
}

function isThought(path: string): boolean {
  const words = wordsOf(lastKey(path));
  if (
    words.some((word) =>
      [
        'signature',
        'tokens',
        'effort',
        'level',
        'encrypted',
        'opaque',
        'id',
        'budget',
        'type',
        'keep',
      ].includes(word),
    )
  )
    return false;
  if (
    words.some((word) =>
      ['thought', 'thoughts', 'thinking', 'reasoning', 'rationale', 'reflection'].includes(word),
    )
  )
    return true;
  return (
    hasWord('thought', path) &&
    words.some((word) => ['text', 'content', 'summary', 'description', 'subject'].includes(word))
  );
}

function textsOf(items: readonly Item[], paths: readonly string[]): string[] {
  return items.flatMap((item) =>
    paths.flatMap((path) => {
      const value = item.fields.get(path);
      return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : [];
    }),
  );
}

function isRepetition(texts: readonly string[], said: ReadonlySet<string>): boolean {
  const repeated = texts.filter((text) => said.has(text)).length;
  return texts.length > 0 && repeated >= 0.6 * texts.length;
}

/** A raw answer that holds the thought which stands elsewhere on its own. */
function repeatsThought(texts: readonly string[], said: ReadonlySet<string>): boolean {
  if (said.size === 0 || texts.length === 0) return false;
  const long = [...said].filter((text) => text.length >= 20).slice(0, 200);
  const looked = texts.slice(0, 60);
  const holding = looked.filter((text) =>
    long.some((thought) => text.length > thought.length && text.includes(thought)),
  );
  return holding.length >= 0.4 * looked.length;
}

export function reachOf(group: Group): {
  when?: ReturnType<typeof conditionsOf>;
  each?: string;
  where?: ReturnType<typeof conditionsOf>;
} {
  const when = conditionsOf(group.recordKind);
  const where = conditionsOf(group.itemKind);
  return {
    ...(when.length > 0 && { when }),
    ...(group.scope !== WHOLE && { each: group.scope }),
    ...(where.length > 0 && { where }),
  };
}

export function describe(group: Group): string {
  const kind = [...group.recordKind, ...group.itemKind].flatMap(([path, value]) =>
    value === undefined ? [] : [`${path}=${value}`],
  );
  return `${group.scope === WHOLE ? 'records' : group.scope}${kind.length > 0 ? ` (${kind.join(', ')})` : ''}`;
}
