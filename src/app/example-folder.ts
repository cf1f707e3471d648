import { existsSync } from 'node:fs';

/** Where a shipped example lies: `examples` stands beside `dist` in the package, two folders up from the sources. */
export function exampleFolder(name: string): URL {
  const beside = new URL(`../examples/${name}`, import.meta.url);
  return existsSync(beside) ? beside : new URL(`../../examples/${name}`, import.meta.url);
}
