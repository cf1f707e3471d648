import type { Provenance } from '../../model/provenance.ts';

const STRENGTH: Readonly<Record<Provenance, number>> = { recorded: 2, derived: 1, assumed: 0 };

/** The weaker of two: a fact is known no better than the reason for which it is named. */
export function weaker(a: Provenance, b: Provenance | undefined): Provenance {
  return b === undefined || STRENGTH[a] <= STRENGTH[b] ? a : b;
}
