import { CodetracerError } from '../../base/error.ts';
import { hashText } from '../../base/hash.ts';
import type { CaseSource } from './dataset.ts';

export interface CaseChoice {
  /** At most so many cases: the first ones, or a sample. */
  readonly limit?: number;
  /** Seed of a sample of `limit` cases; the same seed chooses the same cases whatever their order. */
  readonly sample?: number;
}

/** @throws CodetracerError `usage` for a sample without a size */
export function chooseCases<T extends Pick<CaseSource, 'id'>>(cases: readonly T[], choice: CaseChoice): T[] {
  const { limit, sample } = choice;
  if (sample === undefined) return cases.slice(0, limit);
  if (limit === undefined) {
    throw new CodetracerError('usage', '--sample without --limit', {
      hint: 'say with --limit how many cases the sample holds',
    });
  }
  const ranked = cases
    .map(({ id }) => ({ id, rank: hashText(id, sample) }))
    .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
  const chosen = new Set(ranked.slice(0, limit).map(({ id }) => id));
  return cases.filter(({ id }) => chosen.has(id));
}
