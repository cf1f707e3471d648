/** From one normalized folder to a normalized path, both under the same root: `a/b` to `a/c/d` is `../c/d`. */
export function relativePath(from: string, to: string): string {
  if (from === '') return to;
  const base = from.split('/');
  const target = to === '' ? [] : to.split('/');
  let shared = 0;
  while (shared < base.length && shared < target.length && base[shared] === target[shared]) shared++;
  const up = base.slice(shared).map(() => '..');
  return [...up, ...target.slice(shared)].join('/');
}
