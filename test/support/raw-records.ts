import { readFileSync } from 'node:fs';

/** Every JSON object in the lines of a file, several on a line too; told apart without any of the readers. */
export function readRawObjects(path: string): Record<string, unknown>[] {
  const objects: Record<string, unknown>[] = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.trim() === '') continue;
    // A torn append leaves two objects on a line: a closing brace, then an opening one with a known first key.
    for (const piece of line.split(/(?<=\})(?=\{"(?:type|uuid)":)/)) objects.push(JSON.parse(piece));
  }
  return objects;
}
