/** Writes the documents that are made from the code: `npx tsx scripts/docs.ts`. A test fails while one is out of date. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderDocs } from './docs/render-docs.ts';

const ROOT = join(import.meta.dirname, '..');

for (const [path, text] of renderDocs()) {
  mkdirSync(join(ROOT, dirname(path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
  console.log(path);
}
