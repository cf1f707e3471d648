import { baseName, dirName } from '../base/path.ts';

/** Most siblings that a wildcard is matched against: beyond it, a run of wildcards over one folder would be quadratic. */
const WIDEST_FOLDER = 4000;

/** The paths that exist now, findable by folder. */
export class LivePaths {
  private readonly children = new Map<string, Set<string>>();
  private readonly files = new Set<string>();
  /** Folders that are known to exist though no file in them is known. */
  private readonly folders = new Set<string>();

  add(path: string): void {
    if (this.files.has(path)) return;
    this.files.add(path);
    let child = path;
    while (child !== '' && child !== '/') {
      const folder = dirName(child);
      const siblings = this.children.get(folder);
      if (siblings) {
        if (siblings.has(child)) return;
        siblings.add(child);
      } else this.children.set(folder, new Set([child]));
      child = folder;
    }
  }

  remove(path: string): void {
    if (!this.files.delete(path)) return;
    let child = path;
    while (child !== '' && child !== '/' && !this.files.has(child) && !this.children.has(child)) {
      const folder = dirName(child);
      const siblings = this.children.get(folder);
      siblings?.delete(child);
      if (siblings && siblings.size > 0) return;
      this.children.delete(folder);
      child = folder;
    }
  }

  has(path: string): boolean {
    return this.files.has(path);
  }

  isFolder(path: string): boolean {
    return this.children.has(path) || this.folders.has(path);
  }

  addFolder(path: string): void {
    this.folders.add(path);
  }

  removeFolder(path: string): void {
    this.folders.delete(path);
  }

  /** The path itself if it is a file, and all files below it. */
  under(path: string): string[] {
    const found: string[] = [];
    const work = [path];
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      if (this.files.has(next)) found.push(next);
      const below = this.children.get(next);
      if (below) for (const child of below) work.push(child);
    }
    return found.sort();
  }

  /** Files and folders that a path with wildcards (`*`, `?`, `[…]`, in its last part only) stands for. */
  expand(path: string): string[] {
    const name = baseName(path);
    if (!/[*?[]/.test(name)) return [path];
    const folder = dirName(path);
    const siblings = this.children.get(folder);
    if (!siblings || siblings.size > WIDEST_FOLDER || /[*?[\]{}]/.test(folder)) return [];
    return [...siblings].filter((sibling) => matchesWildcard(baseName(sibling), name)).sort();
  }
}

/** What one place of a pattern matches: any run of characters, any one, one of a set, or the one character. */
type Place = { readonly kind: 'run' | 'any' } | { readonly kind: 'set'; readonly members: RegExp } | string;

/**
 * `*`, `?` and `[…]` as shells match them (a leading dot needs a dot), in time proportional to the product of the
 * lengths.
 */
export function matchesWildcard(name: string, pattern: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false;
  const places = readPattern(pattern);
  let n = 0;
  let p = 0;
  let star = -1;
  let resume = 0;
  while (n < name.length) {
    const place = places[p];
    if (isRun(place)) {
      star = p++;
      resume = n;
    } else if (place !== undefined && fits(place, name.charAt(n))) {
      n++;
      p++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++resume;
    } else return false;
  }
  while (isRun(places[p])) p++;
  return p === places.length;
}

function isRun(place: Place | undefined): boolean {
  return typeof place === 'object' && place.kind === 'run';
}

function fits(place: Place, char: string): boolean {
  if (typeof place === 'string') return place === char;
  return place.kind === 'any' || (place.kind === 'set' && place.members.test(char));
}

function readPattern(pattern: string): Place[] {
  const places: Place[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    const set = char === '[' ? readSet(pattern, i) : undefined;
    if (set) {
      places.push({ kind: 'set', members: set.members });
      i = set.end;
    } else places.push(char === '*' ? { kind: 'run' } : char === '?' ? { kind: 'any' } : char);
  }
  return places;
}

/** `[abc]`, `[a-z]`, `[!abc]`; a `]` that stands first belongs to the set. */
function readSet(pattern: string, at: number): { members: RegExp; end: number } | undefined {
  const match = /^\[([!^]?)(\]?[^\]/]{0,200})\]/.exec(pattern.slice(at, at + 210));
  const [whole, negated, members] = match ?? [];
  if (whole === undefined || members === undefined || members === '' || members.includes('[:'))
    return undefined;
  try {
    const escaped = members.replace(/[\\\]^[]/g, '\\$&');
    return {
      members: new RegExp(`[${negated === '' ? '' : '^'}${escaped}]`, 'u'),
      end: at + whole.length - 1,
    };
  } catch {
    // A range that runs backwards.
    return undefined;
  }
}

/** A path without the slash at its end. */
export function trimSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
