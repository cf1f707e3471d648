import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Drift } from './conformance.ts';

/** So many findings are spelled out in the diagnostic; the report has all of them. */
const SHOWN = 3;

/** Drift as one diagnostic of a run; undefined when there is none. */
export function describeDrift(drift: readonly Drift[]): Diagnostic | undefined {
  const [first] = drift;
  if (!first) return undefined;
  const shown = drift.slice(0, SHOWN).map(({ message }) => message);
  const more = drift.length > SHOWN ? `; and ${drift.length - SHOWN} more` : '';
  return {
    code: 'format-drift',
    severity: 'warning',
    message: `the artifact is not as its format is known: ${shown.join('; ')}${more}`,
    ...(first.place && { place: first.place }),
    ...(drift.length > 1 && { count: drift.length }),
  };
}
