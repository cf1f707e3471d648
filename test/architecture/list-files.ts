import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSource, type SourceFile } from './source-file.ts';

export const ROOT = join(import.meta.dirname, '../..');

/** Every TypeScript file under the folders, as posix paths relative to the repository, in order. */
export function listFiles(folders: readonly string[]): string[] {
  const found: string[] = [];
  const queue = [...folders];
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    if (!existsSync(join(ROOT, folder))) continue;
    for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules' && path !== 'test/fixtures' && path !== 'bench/out')
          queue.push(path);
      } else if (/\.tsx?$/.test(entry.name)) found.push(path);
    }
  }
  return found.toSorted();
}

export function readFiles(folders: readonly string[]): SourceFile[] {
  return listFiles(folders).map((path) => readSource(path, readFileSync(join(ROOT, path), 'utf8')));
}
