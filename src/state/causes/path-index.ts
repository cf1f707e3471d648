import { baseName, joinPath, normalizePath } from '../../base/path.ts';

/** Finds the paths of a run by the ends of them, as people, errors and tests name files. */
export class PathIndex {
  private readonly byName = new Map<string, string[]>();
  private readonly known: ReadonlySet<string>;

  /** `paths` in any order; answers come in the order of the paths. */
  constructor(paths: readonly string[]) {
    this.known = new Set(paths);
    for (const path of paths) {
      const name = baseName(path);
      const namesakes = this.byName.get(name);
      if (namesakes) namesakes.push(path);
      else this.byName.set(name, [path]);
    }
  }

  has(path: string): boolean {
    return this.known.has(path);
  }

  /** Every path that is the given one or ends with it, whole parts only. */
  endingWith(path: string): readonly string[] {
    const wanted = normalizePath(path);
    const namesakes = this.byName.get(baseName(wanted)) ?? [];
    return namesakes.filter((known) => known === wanted || known.endsWith(`/${wanted}`));
  }

  /**
   * The one path that a text means, read in a directory: the exact path, the path seen from there, or the only one that
   * ends so. Undefined when none or several fit.
   */
  resolve(path: string, cwd: string | undefined): string | undefined {
    if (this.known.has(path)) return path;
    if (cwd !== undefined) {
      const seen = joinPath(cwd, path);
      if (this.known.has(seen)) return seen;
    }
    // An absolute path means itself; only a relative one can be the end of another.
    if (path.startsWith('/')) return undefined;
    const fitting = this.endingWith(path.replace(/^(?:\.\/)+/, ''));
    return fitting.length === 1 ? fitting[0] : undefined;
  }
}
