import { upperBound } from '../../base/order.ts';
import { baseName, dirName } from '../../base/path.ts';
import type { StepId } from '../../model/ids.ts';

/** Which files a step may have changed without anything saying so. */
export type Reach =
  | { readonly kind: 'all' }
  /** Files below a folder, absolute or as the run knows it. */
  | { readonly kind: 'below'; readonly folder: string }
  | { readonly kind: 'path'; readonly path: string }
  /** Files whose path ends so: the directory in which the step ran, or a variable in the path, is not known. */
  | { readonly kind: 'ending'; readonly end: string }
  /** What package managers write: their manifests, lock files and folders of installed packages. */
  | { readonly kind: 'packages' };

interface Doubt {
  readonly at: number;
  readonly order: number;
  readonly by: StepId;
  readonly end?: string;
}

const MANIFEST =
  /^(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|pyproject\.toml|poetry\.lock|uv\.lock|pdm\.lock|Pipfile|Pipfile\.lock|go\.mod|go\.sum|Cargo\.toml|Cargo\.lock|composer\.json|composer\.lock|Gemfile|Gemfile\.lock|mix\.exs|mix\.lock|pubspec\.yaml|pubspec\.lock|Package\.swift|Package\.resolved|environment\.yml|deno\.lock)$/;
const INSTALLED =
  /\/(?:node_modules|site-packages|dist-packages|vendor|\.venv|venv|\.tox|\.cargo|\.npm|go\/pkg|conda|gems)\/|^\/(?:etc|usr|var|opt|lib)\//;

/**
 * The steps that may have changed files unseen, in order, findable by path: memory grows with such steps, and a question
 * costs a binary search per folder of the path.
 */
export class DoubtLine {
  /** The first and the last order of every position with doubts. */
  private readonly orders: { readonly at: number; readonly order: number; last: number }[] = [];
  private readonly everywhere: Doubt[] = [];
  private readonly packages: Doubt[] = [];
  /** How many doubts there are. */
  count = 0;
  private readonly below = new Map<string, Doubt[]>();
  private readonly paths = new Map<string, Doubt[]>();
  private readonly endings = new Map<string, Doubt[]>();

  /** Orders and positions never go backwards. */
  add(reach: Reach, doubt: { readonly at: number; readonly order: number; readonly by: StepId }): void {
    this.count++;
    const here = this.orders.at(-1);
    if (here?.at === doubt.at) here.last = doubt.order;
    else this.orders.push({ at: doubt.at, order: doubt.order, last: doubt.order });
    switch (reach.kind) {
      case 'all':
        this.everywhere.push(doubt);
        return;
      case 'packages':
        this.packages.push(doubt);
        return;
      case 'below':
        push(this.below, reach.folder, doubt);
        return;
      case 'path':
        push(this.paths, reach.path, doubt);
        return;
      case 'ending':
        push(this.endings, baseName(reach.end), { ...doubt, end: reach.end });
    }
  }

  /** Whether a step from position `from` up to `to` may have changed the file. */
  between(path: string, from: number, to: number): boolean {
    // The doubts of earlier positions have lower orders than the first of this one.
    const start = this.orders[upperBound(this.orders, from - 1, (entry) => entry.at)];
    return start !== undefined && this.first(path, start.order - 1, to) !== undefined;
  }

  /** Whether any file may have been changed unseen after `order` and up to position `until`. */
  any(order: number, until: number): boolean {
    const here = this.orders[upperBound(this.orders, until, (entry) => entry.at) - 1];
    return here !== undefined && here.last > order;
  }

  /** The first step after `order` and up to position `until` that may have changed the file. */
  first(path: string, order: number, until: number): StepId | undefined {
    let found: Doubt | undefined;
    const consider = (doubt: Doubt | undefined): void => {
      if (doubt && doubt.at <= until && (!found || doubt.order < found.order)) found = doubt;
    };
    consider(next(this.everywhere, order));
    consider(next(this.paths.get(path), order));
    if (this.packages.length > 0 && (MANIFEST.test(baseName(path)) || INSTALLED.test(path)))
      consider(next(this.packages, order));
    if (this.below.size > 0) {
      for (let folder = dirName(path); ; folder = dirName(folder)) {
        consider(next(this.below.get(folder), order));
        if (folder === '' || folder === '/') break;
      }
    }
    const endings = this.endings.get(baseName(path));
    if (endings) {
      const from = upperBound(endings, order, (doubt) => doubt.order);
      for (let i = from; i < endings.length && i < from + LOOK_AHEAD; i++) {
        const doubt = endings[i];
        if (doubt?.end === undefined || !(path === doubt.end || path.endsWith(`/${doubt.end}`))) continue;
        consider(doubt);
        break;
      }
      // Too many to look at one by one: the next of them counts, whatever folder it names.
      if (endings.length > from + LOOK_AHEAD) consider(endings[from + LOOK_AHEAD]);
    }
    return found?.by;
  }
}

/** Doubts about files of one name that are compared one by one. */
const LOOK_AHEAD = 64;

function push(lists: Map<string, Doubt[]>, key: string, doubt: Doubt): void {
  const list = lists.get(key);
  if (list) list.push(doubt);
  else lists.set(key, [doubt]);
}

function next(list: readonly Doubt[] | undefined, order: number): Doubt | undefined {
  return list?.[upperBound(list, order, (doubt) => doubt.order)];
}
