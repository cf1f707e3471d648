import type { Detection, Probe } from '../format.ts';

/** By the name of the schema, which our files begin with. */
export function detectTrace({ head }: Probe): Detection {
  const schema = /^\s*\{\s*"schema"\s*:\s*"(codetracer\.trace\/\d+)"/.exec(head)?.[1];
  if (schema === undefined) return { score: 0, reason: 'no schema of codetracer.trace' };
  return { score: 1, reason: `schema ${schema}` };
}
