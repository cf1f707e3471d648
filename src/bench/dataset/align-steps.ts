import type { Run } from '../../model/run.ts';
import { compareAction, compareObservation, ReadyQuote, type StepQuote } from './quote.ts';
import { listReadings, type StepReading } from './readings.ts';

/** How the steps of labels lie over a run's, or why they do not. */
export type Alignment =
  | {
      readonly kind: 'aligned';
      /** Undefined: the numbers are the same. */
      readonly steps?: readonly (number | null)[];
      readonly reading: string;
      /** Quotes that agree with their steps. */
      readonly confirmed: number;
    }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Lays labels over a run: the number of steps must be the same, and whatever is quoted must stand in its step. A reading
 * that numbers otherwise than we do is taken only when quotes confirm it. Nothing is padded, dropped or renumbered.
 */
export function alignSteps(run: Run, count: number, quotes: readonly StepQuote[]): Alignment {
  const readings = listReadings(run);
  const total = run.stepCount ?? run.steps.length;
  if (total !== run.steps.length) {
    return {
      kind: 'refused',
      reason: `the run has ${total} steps, of which only ${run.steps.length} are kept`,
    };
  }
  const ready = quotes.map((quote) => new ReadyQuote(quote));
  const misses: string[] = [];
  for (const reading of readings) {
    if (reading.steps.length !== count) continue;
    const checked = checkQuotes(run, reading, ready);
    if (checked.differs !== undefined) misses.push(`${reading.name}: ${checked.differs}`);
    else if (checked.agrees === 0 && !reading.isOurs) misses.push(`${reading.name}: no quote confirms it`);
    else return describe(reading, run, checked.agrees);
  }
  const reason =
    misses.length > 0
      ? `the quoted steps do not fit (${misses.join('; ')})`
      : `the labels count ${count} steps, the artifact holds ${describeCounts(readings, total)}`;
  return { kind: 'refused', reason };
}

function describe(reading: StepReading, run: Run, confirmed: number): Alignment {
  const isSame =
    reading.steps.length === run.steps.length && reading.steps.every((step, index) => step === index + 1);
  return { kind: 'aligned', reading: reading.name, confirmed, ...(!isSame && { steps: reading.steps }) };
}

function describeCounts(readings: readonly StepReading[], total: number): string {
  const others = [...new Set(readings.map(({ steps }) => steps.length))].filter((count) => count !== total);
  return others.length === 0 ? String(total) : `${total} (read otherwise ${others.join(' or ')})`;
}

function checkQuotes(
  run: Run,
  reading: StepReading,
  quotes: readonly ReadyQuote[],
): { agrees: number; differs?: string } {
  let agrees = 0;
  for (const ready of quotes) {
    const { step: label, of } = ready.quote;
    const number = reading.steps[label - 1];
    const step = typeof number === 'number' ? run.steps[number - 1] : undefined;
    if (!step) continue;
    const found = of === 'action' ? compareAction(ready, step, run.steps) : compareObservation(ready, step);
    if (found === 'differs')
      return { agrees, differs: `the ${of} quoted for step ${label} is not that of the step` };
    if (found === 'agrees') agrees++;
  }
  return { agrees };
}
