import { hashText } from '../../../src/base/hash.ts';
import { isScratchPath } from '../../../src/state/scratch-path.ts';
import type { Entry, Truth } from '../recorder/recording.ts';

/** What really stands at a path: links are followed, as whoever opens the path follows them. */
export function entryAt(files: ReadonlyMap<string, Entry>, path: string): Entry | undefined {
  let target = path;
  for (let hop = 0; hop < 20; hop++) {
    const link = firstLink(files, target);
    if (!link) return files.get(target);
    target = link;
  }
  return undefined;
}

/** The path with its first link replaced by where that leads; undefined when there is none. */
function firstLink(files: ReadonlyMap<string, Entry>, path: string): string | undefined {
  for (let end = path.indexOf('/', 1); ; end = path.indexOf('/', end + 1)) {
    const head = end < 0 ? path : path.slice(0, end);
    const entry = files.get(head);
    if (entry?.kind === 'link') {
      const rest = end < 0 ? '' : path.slice(end);
      return normal(
        (entry.to.startsWith('/') ? entry.to : `${head.slice(0, head.lastIndexOf('/'))}/${entry.to}`) + rest,
      );
    }
    if (end < 0) return undefined;
  }
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function textAt(files: ReadonlyMap<string, Entry>, path: string): string | undefined {
  const entry = entryAt(files, path);
  return entry?.kind === 'file' ? entry.text : undefined;
}

/** Names the state of the project's files: what is the agent's own throw-away does not count, nor do folders. */
export function stateOf(truth: Truth, start: Truth): string {
  const parts: number[] = [];
  for (const [path, entry] of truth.files) {
    if (!path.startsWith('/app/') || entry.kind === 'folder') continue;
    if (isScratchPath(path, !start.files.has(path))) continue;
    parts.push(hashText(`${path}\u0000${entry.kind === 'file' ? entry.text : `-> ${entry.to}`}`));
  }
  return parts.sort((a, b) => a - b).join(' ');
}
