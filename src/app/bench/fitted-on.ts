import { DEFAULT_WEIGHTS } from '../../diagnosis/weights/default.ts';

const SHA256 = /^[0-9a-f]{64}$/;

/** SHA-256 of the label files that the weights of the diagnosis were fitted on, as the weights themselves record them. */
export function fittedOn(weights: unknown = DEFAULT_WEIGHTS): string[] {
  const found = new Set<string>();
  const work: unknown[] = [weights];
  for (let value = work.pop(); value !== undefined; value = work.pop()) {
    if (typeof value === 'string' && SHA256.test(value)) found.add(value);
    else if (typeof value === 'object' && value !== null) work.push(...Object.values(value));
  }
  return [...found].sort();
}
