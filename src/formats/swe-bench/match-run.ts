/** How well a graded run's name fits a run's own folder; 0 is not at all. */
export type Fit = 0 | 1 | 2 | 3;

const GRADING = /[-_.](?:eval|evaluation|graded|grading)$/;
const SPLIT = /[-_.](?:dev|test|train|val|lite|full|verified)$/;

/**
 * Compares names: 3 for equal ones, 2 where one is the other with a word for grading behind it (`x1`, `x1_eval`),
 * 1 where the word for grading stands in the place of a data set's split (`x_dev`, `x_eval`).
 */
export function fitNames(graded: string, own: string): Fit {
  if (graded === own) return 3;
  const stem = graded.replace(GRADING, '');
  if (stem === own || graded === own.replace(GRADING, '')) return 2;
  return stem !== graded && stem === own.replace(SPLIT, '') ? 1 : 0;
}

/** The best fit of any spelling of a graded run to any of a run's folders. */
export function bestFit(graded: readonly string[], own: readonly string[]): Fit {
  let best: Fit = 0;
  for (const a of graded) {
    for (const b of own) {
      const fit = fitNames(a, b);
      if (fit > best) best = fit;
    }
  }
  return best;
}

/** Spellings of the run in a report's name `<model>.<run>`: both may hold dots, so every tail counts. */
export function runSpellings(stem: string): string[] {
  const parts = stem.split('.');
  return parts.map((_, index) => parts.slice(index).join('.'));
}

/** Whether a graded model can be the run's: names come with and without their provider. */
export function isSameModel(graded: string | undefined, own: string | undefined): boolean {
  if (graded === undefined || own === undefined) return true;
  const a = lastPart(graded);
  const b = lastPart(own);
  return a.includes(b) || b.includes(a);
}

function lastPart(model: string): string {
  return model.toLowerCase().replaceAll('__', '/').split('/').at(-1) ?? model;
}
