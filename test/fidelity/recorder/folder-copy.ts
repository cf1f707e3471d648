import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** One entry of a folder that is kept in memory. */
export type Item =
  | { readonly kind: 'file'; readonly path: string; readonly bytes: Buffer; readonly mode: number }
  | { readonly kind: 'link'; readonly path: string; readonly to: string }
  | { readonly kind: 'folder'; readonly path: string };

/** Everything below a folder, folders before what is in them. */
export function takeFolder(root: string): Item[] {
  const items: Item[] = [];
  const open = [''];
  for (const folder of open) {
    for (const found of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, found.name);
      const place = join(root, path);
      if (found.isDirectory()) {
        items.push({ kind: 'folder', path });
        open.push(path);
      } else if (found.isSymbolicLink()) items.push({ kind: 'link', path, to: readlinkSync(place) });
      else
        items.push({ kind: 'file', path, bytes: readFileSync(place), mode: lstatSync(place).mode & 0o777 });
    }
  }
  return items;
}

/** Puts the entries into an empty folder. */
export function putFolder(root: string, items: readonly Item[]): void {
  for (const item of items) {
    const place = join(root, item.path);
    if (item.kind === 'folder') mkdirSync(place);
    else if (item.kind === 'link') symlinkSync(item.to, place);
    else {
      writeFileSync(place, item.bytes);
      chmodSync(place, item.mode);
    }
  }
}
