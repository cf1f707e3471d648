import { readFileSync, writeFileSync } from 'node:fs';

/** Replaces what stands between `<!-- bench:name -->` and `<!-- /bench:name -->` in a document. */
export function writeBlock(path: string, name: string, text: string): void {
  const document = readFileSync(path, 'utf8');
  const begin = `<!-- bench:${name} -->`;
  const end = `<!-- /bench:${name} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${path} has no block ${begin}`);
  writeFileSync(path, `${document.slice(0, from + begin.length)}\n${text}\n${document.slice(to)}`);
}
