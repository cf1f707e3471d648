import type { FigureInfo } from './score-report.ts';

export const LABEL_KINDS = ['incorrect', 'unuseful', 'union'] as const;
export type LabelKind = (typeof LABEL_KINDS)[number];

const KIND_TITLES: Readonly<Record<LabelKind, string>> = {
  incorrect: 'incorrect steps',
  unuseful: 'unuseful steps',
  union: 'incorrect or unuseful steps',
};

const MEASURES = [
  ['precision', 'precision'],
  ['recall', 'recall'],
  ['f1', 'F1'],
] as const;

type Draft = Omit<FigureInfo, 'better' | 'headline'> & Partial<Pick<FigureInfo, 'better' | 'headline'>>;

const STEP_FIGURES: readonly Draft[] = LABEL_KINDS.flatMap((kind) => {
  const title = KIND_TITLES[kind];
  return [
    ...MEASURES.map(
      ([id, name]): Draft => ({
        id: `${kind}-${id}`,
        group: 'steps',
        title: `${name}, ${title}, rows with labels`,
        about: `Macro ${name} of predicted ${title}: the mean over runs that have labels of the kind.`,
        headline: id === 'f1',
      }),
    ),
    ...MEASURES.map(
      ([id, name]): Draft => ({
        id: `${kind}-${id}-all-rows`,
        group: 'steps',
        title: `${name}, ${title}, all rows`,
        about: `Macro ${name} as the benchmark reports it: the mean over all runs; one without labels of the kind scores zero, whatever is predicted.`,
      }),
    ),
    ...MEASURES.map(
      ([id, name]): Draft => ({
        id: `${kind}-${id}-micro`,
        group: 'steps',
        title: `micro ${name}, ${title}`,
        about: `${name} over the steps of all runs together, those of runs without labels of the kind among them.`,
      }),
    ),
  ];
});

const WITHIN = [1, 2, 5] as const;

const OTHER_FIGURES: readonly Draft[] = [
  {
    id: 'stage-responsible',
    group: 'stages',
    title: 'responsible stage',
    about:
      'Share of runs whose predicted onset lies in a stage that is responsible: one that the labels name, else the annotated stage that holds the labelled onset.',
    headline: true,
  },
  ...MEASURES.map(
    ([id, name]): Draft => ({
      id: `stage-incorrect-${id}`,
      group: 'stages',
      title: `${name}, stages with incorrect steps`,
      about: `Macro ${name} over annotated stages that hold a predicted incorrect step, against those that hold a labelled one; runs with stages and incorrect steps.`,
    }),
  ),
  {
    id: 'onset-exact',
    group: 'onset',
    title: 'onset exact',
    about: 'Share of runs with a labelled onset on which the first candidate is that step.',
    headline: true,
  },
  ...WITHIN.map(
    (k): Draft => ({
      id: `onset-within-${k}`,
      group: 'onset',
      title: `onset within ${k}`,
      about: `Share of runs with a labelled onset on which the first candidate is at most ${k} step${k === 1 ? '' : 's'} off.`,
      headline: true,
    }),
  ),
  {
    id: 'onset-reciprocal-rank',
    group: 'onset',
    title: 'mean reciprocal rank',
    about: 'Mean of 1 / rank of the labelled onset among the candidates, 0 where it is not among them.',
    headline: true,
  },
  {
    id: 'read-half-wrong',
    group: 'reading',
    title: 'read to half of the wrong steps',
    about:
      'Mean share of a run that must be read to find half of its wrong steps (labelled incorrect, and the onset): candidates first, then the rest in order.',
    better: 'lower',
    headline: true,
  },
  {
    id: 'read-half-labels',
    group: 'reading',
    title: 'read to half of all labels',
    about: 'The same for all labelled steps: incorrect, unuseful, and the onset.',
    better: 'lower',
  },
  {
    id: 'verdict-found',
    group: 'verdict',
    title: 'failed runs found',
    about: 'Share of failed runs with the verdict of a decisive failure.',
    headline: true,
  },
  {
    id: 'verdict-accused',
    group: 'verdict',
    title: 'solved runs accused',
    about: 'Share of solved runs with the verdict of a decisive failure.',
    better: 'lower',
    headline: true,
  },
  {
    id: 'verdict-abstained',
    group: 'verdict',
    title: 'abstentions',
    about: 'Share of runs with a known outcome whose verdict is undecided.',
    better: 'lower',
  },
  {
    id: 'verdict-brier',
    group: 'verdict',
    title: 'Brier score',
    about: 'Mean squared error of the belief (0..1) in a failure, over runs with a known outcome.',
    better: 'lower',
  },
  {
    id: 'verdict-area',
    group: 'verdict',
    title: 'area under found against accused',
    about:
      'Chance that a failed run gets a higher belief in a failure than a solved one, ties half; 0.5 is guessing.',
  },
];

/** Every figure that a score report holds, in the order of its tables. */
export const FIGURES: readonly FigureInfo[] = [...STEP_FIGURES, ...OTHER_FIGURES].map((draft) => ({
  ...draft,
  better: draft.better ?? 'higher',
  headline: draft.headline ?? false,
}));

export const HEADLINES: readonly FigureInfo[] = FIGURES.filter((figure) => figure.headline);
