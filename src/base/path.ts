/** Posix paths as text: artifacts, archives and the machines that agents worked on all speak them. */

/** `a/./b//../c` becomes `a/c`. A relative path may keep leading `..`; an absolute one never rises above `/`. */
export function normalizePath(path: string): string {
  const absolute = path.startsWith('/');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!absolute) parts.push('..');
  }
  return (absolute ? '/' : '') + parts.join('/');
}

export function joinPath(base: string, path: string): string {
  if (path.startsWith('/')) return normalizePath(path);
  return normalizePath(base === '' ? path : `${base}/${path}`);
}

/** The folder of a path: `a/b.txt` gives `a`, `b.txt` gives the empty path, `/b` gives `/`. */
export function dirName(path: string): string {
  const cut = path.lastIndexOf('/');
  if (cut < 0) return '';
  return cut === 0 ? '/' : path.slice(0, cut);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
