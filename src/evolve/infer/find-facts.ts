import { isObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import { escapeKey } from '../spec/path.ts';
import type { ExtractorSpec, SpecFact } from '../spec/spec.ts';
import type { Item, Profile } from './profile.ts';
import { lastKey, wordsOf } from './words.ts';

type Facts = NonNullable<ExtractorSpec['facts']>;
type Usages = NonNullable<ExtractorSpec['usage']>;

/** Values of one path: in the records, or in the documents around them. */
interface Field {
  readonly in: SpecFact['in'];
  readonly path: string;
  readonly values: unknown[];
}

const MAX_FIELDS = 3000;

/** Where time, model, usage, outcome and other facts of the whole run stand. */
export function findFacts(
  profile: Profile,
  documents: readonly unknown[],
  agents: readonly Item[],
): Pick<ExtractorSpec, 'facts' | 'usage' | 'time'> {
  const records = fieldsOf(profile.wholes);
  const around = documentFields(documents);
  const all = [...around, ...records];
  const time = findTime(records, profile.wholes.length);
  const usage = findUsage(fieldsOf(agents), around);
  const facts: Facts = {
    ...factAs('model', pick(all, isModel)),
    ...factAs(
      'cwd',
      pick(all, ({ path, values }) =>
        ['cwd', 'workdir', 'workspace'].includes(wordsOf(lastKey(path)).join('')) ||
        /working_?dir/i.test(lastKey(path))
          ? everyText(values)
          : 0,
      ),
    ),
    ...factAs(
      'exitStatus',
      pick(all, ({ path, values }) =>
        wordsOf(lastKey(path)).join(' ') === 'exit status' ? everyText(values) : 0,
      ),
    ),
    ...factAs(
      'submission',
      pick(around, ({ path, values }) =>
        ['submission', 'patch', 'git patch'].includes(wordsOf(lastKey(path)).join(' '))
          ? everyText(values)
          : 0,
      ),
    ),
    ...factAs(
      'taskId',
      pick(around, ({ path, values }) =>
        ['instance id', 'task id', 'task name'].includes(wordsOf(lastKey(path)).join(' '))
          ? everyText(values)
          : 0,
      ),
    ),
    ...factAs(
      'version',
      pick(all, ({ path, values }) =>
        wordsOf(lastKey(path)).at(-1) === 'version' ? everyText(values) * fewValues(values) : 0,
      ),
    ),
    ...solvedFact(around),
  };
  return {
    ...(time !== undefined && { time }),
    ...(Object.keys(facts).length > 0 && { facts }),
    ...(usage && { usage }),
  };
}

function factAs<Name extends string>(name: Name, field: Field | undefined): { [key in Name]?: SpecFact } {
  const fact: { [key in Name]?: SpecFact } = {};
  if (field) fact[name] = { in: field.in, path: field.path };
  return fact;
}

function fieldsOf(items: readonly Item[]): Field[] {
  const found = new Map<string, unknown[]>();
  for (const item of items) {
    for (const [path, value] of item.fields) {
      if (isObject(value) || path.includes('[')) continue;
      const values = found.get(path);
      if (values) values.push(value);
      else if (found.size < MAX_FIELDS) found.set(path, [value]);
    }
  }
  return [...found].map(([path, values]) => ({ in: 'record', path, values }));
}

function documentFields(documents: readonly unknown[]): Field[] {
  const found = new Map<string, unknown[]>();
  for (const document of documents) {
    const work: { value: unknown; path: string; depth: number }[] = [{ value: document, path: '', depth: 0 }];
    for (let next = work.shift(); next; next = work.shift()) {
      const { value, path, depth } = next;
      if (isObject(value)) {
        if (depth > 4) continue;
        for (const [key, child] of Object.entries(value)) {
          if (key === '' || key.length > 100) continue;
          const escaped = escapeKey(key);
          work.push({ value: child, path: path === '' ? escaped : `${path}.${escaped}`, depth: depth + 1 });
        }
      } else if (!Array.isArray(value) && path !== '') {
        const values = found.get(path);
        if (values) values.push(value);
        else if (found.size < MAX_FIELDS) found.set(path, [value]);
      }
    }
  }
  return [...found].map(([path, values]) => ({ in: 'document', path, values }));
}

function pick(fields: readonly Field[], score: (field: Field) => number): Field | undefined {
  let best: Field | undefined;
  let bestScore = 0;
  for (const field of fields) {
    const here = score(field) * 0.98 ** field.path.split('.').length;
    if (here > bestScore) {
      best = field;
      bestScore = here;
    }
  }
  return best;
}

function everyText(values: readonly unknown[]): number {
  const texts = values.filter((value) => typeof value === 'string' && value !== '');
  return texts.length === 0 ? 0 : texts.length / values.length;
}

function fewValues(values: readonly unknown[]): number {
  return new Set(values).size <= Math.max(3, values.length / 20) ? 1 : 0;
}

function isModel({ path, values }: Field): number {
  const words = wordsOf(lastKey(path));
  if (
    !words.includes('model') ||
    words.some((word) => ['stats', 'provider', 'alias', 'class'].includes(word))
  )
    return 0;
  const short = values.every(
    (value) => typeof value !== 'string' || (value.length <= 100 && !value.includes('\n')),
  );
  return short ? everyText(values) * fewValues(values) : 0;
}

function findTime(records: readonly Field[], total: number): string | undefined {
  return pick(records, ({ path, values }) => {
    const words = wordsOf(lastKey(path));
    const named =
      ['timestamp', 'time', 'ts', 'date'].includes(words.at(-1) ?? '') || words.join(' ') === 'created at';
    const weight = named ? 1 : isClock(values) ? 0.4 : 0;
    if (weight === 0) return 0;
    const times = values.filter((value) => isTime(value)).length;
    return times < 0.9 * values.length ? 0 : (weight * times) / total;
  })?.path;
}

/** Written times that hardly ever go back: a clock, whatever it is called. Once per sample they may. */
function isClock(values: readonly unknown[]): boolean {
  if (!values.every((value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]\d\d:/.test(value)))
    return false;
  let back = 0;
  for (let i = 1; i < values.length; i++)
    if ((toMillis(values[i]) ?? 0) < (toMillis(values[i - 1]) ?? 0)) back++;
  return values.length >= 4 && back * 5 <= values.length;
}

/** Within this century, so that counters and durations are none. */
function isTime(value: unknown): boolean {
  const time = toMillis(value);
  return time !== undefined && time > 946_684_800_000 && time < 4_102_444_800_000;
}

function solvedFact(around: readonly Field[]): Pick<Facts, 'solved'> {
  const field = pick(around, ({ path, values }) => {
    const named = ['resolved', 'solved', 'is resolved', 'success', 'passed'].includes(
      wordsOf(lastKey(path)).join(' '),
    );
    return named && values.every((value) => typeof value === 'boolean') ? 1 : 0;
  });
  return field ? { solved: { in: field.in, path: field.path, yes: [true], no: [false] } } : {};
}

const USAGE: Readonly<Record<Exclude<keyof Usages, 'per' | 'when'>, (words: readonly string[]) => boolean>> =
  {
    cachedInputTokens: (words) =>
      words.some((word) => word.startsWith('cache')) &&
      !words.some((word) => ['creation', 'write', 'written'].includes(word)),
    reasoningTokens: (words) => words.includes('reasoning') || words.includes('thoughts'),
    inputTokens: (words) =>
      words.some((word) => word === 'input' || word === 'prompt' || word === 'sent') &&
      !words.some((word) => word.startsWith('cache')),
    outputTokens: (words) =>
      words.some((word) => word === 'output' || word === 'completion' || word === 'received') &&
      !words.includes('reasoning'),
    costUsd: (words) => words.includes('cost'),
  };

/** Fields with counts of tokens: per turn in the agent's records, else of the run in the document. */
function findUsage(agents: readonly Field[], around: readonly Field[]): Usages | undefined {
  for (const [per, fields] of [
    ['turn', agents],
    ['run', around],
  ] as const) {
    const usage: Usages = { per };
    for (const name of Object.keys(USAGE) as (keyof typeof USAGE)[]) {
      const field = pick(fields, (candidate) =>
        isCount(candidate) && USAGE[name](wordsOf(lastKey(candidate.path))) ? candidate.values.length : 0,
      );
      if (field) usage[name] = field.path;
    }
    if (usage.inputTokens === undefined && usage.outputTokens === undefined) continue;
    // Totals that only grow are of the run so far, not of the turn.
    const input = fields.find(({ path }) => path === usage.inputTokens)?.values ?? [];
    if (per === 'turn' && wordsOf(usage.inputTokens ?? '').includes('total') && neverFalls(input))
      usage.per = 'run';
    return usage;
  }
  return undefined;
}

function isCount({ path, values }: Field): boolean {
  const words = wordsOf(path);
  const named = words.some((word) => ['usage', 'tokens', 'token', 'metrics', 'cost', 'stats'].includes(word));
  return (
    named &&
    values.some((value) => typeof value === 'number') &&
    values.every((value) => typeof value === 'number' || value === null)
  );
}

function neverFalls(values: readonly unknown[]): boolean {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length >= 3 && numbers.every((value, index) => value >= (numbers[index - 1] ?? 0));
}
