import type { ResultRule } from '../spec/spec.ts';
import type { Item } from './profile.ts';
import { isWord, lastKey, wordsOf } from './words.ts';

/** Where items say how a call ended: an exit code, a flag, or a status with a word for failure. */
export function findOutcomeFields(items: readonly Item[]): Pick<ResultRule, 'exitCode' | 'failed'> {
  const values = new Map<string, Set<unknown>>();
  for (const item of items) {
    for (const [path, value] of item.fields) {
      if (typeof value !== 'number' && typeof value !== 'boolean' && typeof value !== 'string') continue;
      if (path.includes('[')) continue;
      const known = values.get(path);
      if (!known) values.set(path, new Set([value]));
      else if (known.size < 30) known.add(value);
    }
  }
  const shortest = [...values].toSorted((a, b) => a[0].length - b[0].length);
  const whole = shortest.filter(([, seen]) => [...seen].every((value) => Number.isInteger(value)));
  const exit =
    whole.find(([path]) => isExitCode(path)) ?? whole.find(([path, seen]) => mayBeExitCode(path, seen));
  const failed = shortest.flatMap(([path, seen]) => failureOf(path, seen) ?? [])[0];
  return { ...(exit && { exitCode: exit[0] }), ...(failed && { failed }) };
}

function isExitCode(path: string): boolean {
  const words = wordsOf(lastKey(path)).join(' ');
  return ['exit code', 'exitcode', 'returncode', 'return code', 'exit status'].includes(words);
}

/** `code` alone may be anything: it must also look like what programs return. */
function mayBeExitCode(path: string, seen: ReadonlySet<unknown>): boolean {
  const words = wordsOf(lastKey(path)).join(' ');
  const small = [...seen].every((value) => typeof value === 'number' && value >= -1 && value <= 255);
  return ['code', 'rc', 'ret', 'exit'].includes(words) && small && seen.has(0);
}

function failureOf(path: string, seen: ReadonlySet<unknown>): ResultRule['failed'] {
  const words = wordsOf(lastKey(path));
  const last = words.at(-1) ?? '';
  const flags = [...seen].every((value) => typeof value === 'boolean');
  if (flags && (last === 'error' || last === 'failed')) return { path, in: [true] };
  if (flags && words.length === 1 && (last === 'success' || last === 'ok')) return { path, in: [false] };
  if (last !== 'status' && last !== 'state') return undefined;
  const bad = [...seen].filter(
    (value) => typeof value === 'string' && wordsOf(value).some((word) => isWord('failure', word)),
  );
  return bad.length > 0 ? { path, in: bad.filter((value) => typeof value === 'string') } : undefined;
}
