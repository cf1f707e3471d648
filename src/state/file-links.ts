import { dirName, joinPath } from '../base/path.ts';

/** Links behind links are followed so often: more is a loop. */
const LONGEST_CHAIN = 16;

/** The symbolic links that steps made: one file under several paths. */
export class FileLinks {
  private readonly targets = new Map<string, string>();

  /** `ln -s target path`: a relative target counts from the link's folder. */
  add(path: string, target: string): void {
    const goal = target.startsWith('/') || !path.includes('/') ? target : joinPath(dirName(path), target);
    if (goal !== path) this.targets.set(path, goal);
  }

  has(path: string): boolean {
    return this.targets.has(path);
  }

  /** The link itself is gone; what it pointed to stays. */
  remove(path: string): boolean {
    return this.targets.delete(path);
  }

  /** The path of the file that a path leads to; `last`: also when its last part is a link. */
  resolve(path: string, last = true): string {
    if (this.targets.size === 0) return path;
    let here = path;
    for (let round = 0; round < LONGEST_CHAIN; round++) {
      const next = this.follow(here, last);
      if (next === undefined) return here;
      here = next;
    }
    return here;
  }

  /** One link of the path replaced, the first from the left; undefined when it holds none. */
  private follow(path: string, last: boolean): string | undefined {
    for (let cut = path.indexOf('/', 1); ; cut = path.indexOf('/', cut + 1)) {
      const whole = cut < 0;
      if (whole && !last) return undefined;
      const target = this.targets.get(whole ? path : path.slice(0, cut));
      if (target !== undefined) return whole ? target : joinPath(target, path.slice(cut + 1));
      if (whole) return undefined;
    }
  }
}
