/** One part of a path: a key, an index, or every element of an array. */
export type PathPart = { readonly key: string } | { readonly index: number } | { readonly all: true };

export interface Path {
  readonly text: string;
  readonly parts: readonly PathPart[];
}

/** A value that a path reached, with its place as a JSON pointer below the value that the path began at. */
export interface Reached {
  readonly value: unknown;
  readonly pointer: string;
}

export const MAX_PATH_LENGTH = 300;
const MAX_PARTS = 16;
const MAX_STARS = 4;
/** A path gives at most so many values of one record: arrays in arrays could ask for any number. */
export const MAX_REACHED = 20_000;

/**
 * Reads the small path language of extractor specs: keys separated by dots, `[*]` for every element of an array, `[0]`
 * for one; `.` alone is the value itself. A dot, bracket or backslash inside a key is written behind a backslash.
 * Undefined for text that is no such path.
 */
export function parsePath(text: string): Path | undefined {
  if (text === '.') return { text, parts: [] };
  if (text === '' || text.length > MAX_PATH_LENGTH) return undefined;
  const parts: PathPart[] = [];
  let key = '';
  let pending = false;
  // Whether a key must follow: at the beginning only `[` may stand in for it, after a dot nothing may.
  let afterDot = false;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '\\') {
      if (i + 1 >= text.length) return undefined;
      key += text.charAt(++i);
      pending = true;
      afterDot = false;
    } else if (character === '.') {
      if (!pending && (parts.length === 0 || afterDot)) return undefined;
      if (pending) parts.push({ key });
      key = '';
      pending = false;
      afterDot = true;
    } else if (character === '[') {
      if (afterDot) return undefined;
      if (pending) parts.push({ key });
      key = '';
      pending = false;
      const end = text.indexOf(']', i);
      const inner = text.slice(i + 1, end);
      if (end < 0 || !(inner === '*' || /^\d{1,6}$/.test(inner))) return undefined;
      parts.push(inner === '*' ? { all: true } : { index: Number(inner) });
      i = end;
    } else {
      if (!pending && parts.length > 0 && !afterDot) return undefined;
      key += character;
      pending = true;
      afterDot = false;
    }
  }
  if (afterDot) return undefined;
  if (pending) parts.push({ key });
  const stars = parts.filter((part) => 'all' in part).length;
  return parts.length > MAX_PARTS || stars > MAX_STARS ? undefined : { text, parts };
}

/** A key as it is written in a path. */
export function escapeKey(key: string): string {
  return key.replace(/[\\.[\]]/g, '\\$&');
}

/** A path and a path below what it reaches, as one: `a[*]` and `b` is `a[*].b`. */
export function joinPaths(base: string, rest: string): string {
  if (base === '' || base === '.') return rest;
  if (rest === '' || rest === '.') return base;
  return rest.startsWith('[') ? `${base}${rest}` : `${base}.${rest}`;
}

/** Every value that the path reaches, in document order; nothing where a part is missing. */
export function reach(value: unknown, path: Path): Reached[] {
  let level: Reached[] = [{ value, pointer: '' }];
  for (const part of path.parts) {
    const next: Reached[] = [];
    for (const here of level) step(here, part, next);
    level = next;
    if (level.length === 0) break;
  }
  return level;
}

/** The first value that the path reaches. */
export function reachFirst(value: unknown, path: Path): unknown {
  return reach(value, path)[0]?.value;
}

function step(here: Reached, part: PathPart, next: Reached[]): void {
  const { value, pointer } = here;
  if ('key' in part) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    if (!Object.hasOwn(value, part.key)) return;
    const child: unknown = Reflect.get(value, part.key);
    next.push({
      value: child,
      pointer: `${pointer}/${part.key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    });
    return;
  }
  if (!Array.isArray(value)) return;
  const items: readonly unknown[] = value;
  if ('index' in part) {
    if (part.index < items.length) {
      next.push({ value: items[part.index], pointer: `${pointer}/${part.index}` });
    }
    return;
  }
  for (let i = 0; i < items.length && next.length < MAX_REACHED; i++) {
    next.push({ value: items[i], pointer: `${pointer}/${i}` });
  }
}
