import type { CaseLabels, Prediction } from './bench-case.ts';
import { type CaseScore, scoreCase } from './score-case.ts';
import type { System, SystemKind } from './system.ts';

/** A system's predictions, as they come from a file or straight from the system. */
export interface Entrant {
  readonly name: string;
  readonly kind: SystemKind;
  readonly about: string;
  /** Whether it got the runs with their outcome; undefined when nobody knows, as with other tools. */
  readonly outcome?: System['outcome'] | undefined;
  /** Of several for the same case the last counts. */
  readonly predictions: readonly Prediction[];
}

/** A system's predictions beside the cases, in the order of the cases. */
export interface ScoredEntrant {
  readonly entrant: Entrant;
  readonly predictions: readonly (Prediction | undefined)[];
  readonly scores: readonly CaseScore[];
  readonly judges: boolean;
}

/** A ceiling says something of some cases only; every other system owes an answer on each. */
export function scoreEntrant(labels: readonly CaseLabels[], entrant: Entrant): ScoredEntrant {
  const byId = new Map(entrant.predictions.map((prediction) => [prediction.id, prediction]));
  const predictions = labels.map(({ id }) => byId.get(id));
  const judges = entrant.predictions.some(({ verdict }) => verdict !== undefined);
  const scores = labels.map((one, index): CaseScore => {
    const prediction = predictions[index];
    return prediction || entrant.kind !== 'ceiling' ? scoreCase(one, prediction, judges) : new Map();
  });
  return { entrant, predictions, scores, judges };
}
