import type { CaseLabels, Prediction, Reading } from './bench-case.ts';
import type { Entrant } from './entrant.ts';
import { uniteSteps } from './metrics/step-sets.ts';

/**
 * How far the labels let a figure rise: the first reading against itself (1 wherever there are labels, and on all rows
 * the share of rows that have any), and the second reading against the first, over the cases that were read twice.
 */
export function ceilings(labels: readonly CaseLabels[]): readonly Entrant[] {
  const ceiling = (name: string, about: string, index: number): Entrant => ({
    name,
    kind: 'ceiling',
    about,
    predictions: labels.flatMap((one) => {
      const reading = one.readings[index];
      return reading ? [predictReading(one, reading, index === 0)] : [];
    }),
  });
  return [
    ceiling('ceiling-labels', 'The labels themselves: the highest that a figure can be.', 0),
    ceiling(
      'ceiling-second-reader',
      'A second reader against the first, on the runs that were read twice.',
      1,
    ),
  ].filter(({ predictions }) => predictions.length > 0);
}

/**
 * The onset first, then the other wrong steps, then the unuseful ones: so half of the labels are found soonest. A second
 * reader who says that there is no onset names none; to the first reading itself that makes no difference.
 */
function rankLabels({ onset, incorrect = [], unuseful = [] }: Reading, isFirst: boolean): number[] {
  if (onset === null && !isFirst) return [];
  return uniteSteps(typeof onset === 'number' ? [onset, ...incorrect] : incorrect, unuseful);
}

function predictReading({ id, steps }: CaseLabels, reading: Reading, isFirst: boolean): Prediction {
  const { onset, incorrect = [], unuseful = [] } = reading;
  const last = [...incorrect, ...unuseful, onset ?? 0].reduce((most, step) => Math.max(most, step), 0);
  return {
    id,
    steps: steps ?? last,
    onset: rankLabels(reading, isFirst).map((step, rank) => ({ step, share: rank === 0 ? 1 : 0 })),
    incorrect,
    unuseful,
    tokens: 0,
    dollars: 0,
    milliseconds: 0,
  };
}
