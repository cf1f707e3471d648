import type { CompareReport } from '../../src/bench/compare-report.ts';
import type {
  FigureInfo,
  FigureValue,
  ScoreReport,
  ScoreSlice,
  SystemInfo,
} from '../../src/bench/score-report.ts';

/**
 * Score reports made by arithmetic, for tests of what is made from them: `systems` of them, the first two measured, the
 * others rules with a ceiling as the last. Values differ by system and figure and lie in 0..1; none is a result of anything.
 */
export function madeScore(systems: number, options: { readonly cases?: number } = {}): ScoreReport {
  const cases = options.cases ?? 100;
  const infos = Array.from({ length: systems }, (_, i) => madeSystem(i, systems));
  return {
    schema: 'codetracer.bench-score/1',
    settings: { seed: 1, resamples: 2000, level: 0.95, clusteredBy: 'task', reliabilityBins: 10 },
    cases: {
      total: cases,
      tasks: Math.min(cases, 40),
      solved: cases >> 2,
      failed: cases - (cases >> 2),
      outcomeUnknown: 0,
      withOnset: cases >> 1,
      withIncorrect: cases,
      withUnuseful: cases,
      withStages: cases,
      readTwice: cases >> 2,
    },
    figures: FIGURES,
    systems: infos,
    slices: cases === 0 ? [] : madeSlices(infos, cases),
    verdicts:
      cases === 0
        ? []
        : infos.filter(({ judges }) => judges).map(({ name }, i) => madeVerdict(name, i, cases)),
    reading: cases === 0 ? [] : infos.map(({ name }, i) => madeReading(name, i)),
    ...(cases > 1 && { agreement: madeAgreement(cases >> 2) }),
  };
}

const FIGURES: FigureInfo[] = [
  ['onset-exact', 'onset', 'exact', true],
  ['onset-within-1', 'onset', 'within 1', false],
  ['onset-within-2', 'onset', 'within 2', true],
  ['onset-within-5', 'onset', 'within 5', false],
  ['onset-mrr', 'onset', 'mean reciprocal rank', false],
  ['incorrect-macro-f1', 'steps', 'incorrect, macro F1', true],
  ['incorrect-macro-f1-all-rows', 'steps', 'incorrect, macro F1 over all rows (official)', false],
  ['unuseful-macro-f1', 'steps', 'unuseful, macro F1', true],
  ['stage-accuracy', 'stages', 'responsible stage', true],
  ['read-half', 'reading', 'read to find half', false],
  ['verdict-brier', 'verdict', 'Brier score', false],
].map(([id, group, title, headline]) => ({
  id: id as string,
  group: group as FigureInfo['group'],
  title: title as string,
  about: `Made up to test what is drawn from it.`,
  better: id === 'verdict-brier' || id === 'read-half' ? 'lower' : 'higher',
  headline: headline as boolean,
}));

const RULES = ['last-step', 'first-change', 'uniform-chance', 'largest-write', 'most-repeated-error'];

function madeSystem(index: number, count: number): SystemInfo {
  const kind =
    index === 0 ? 'codetracer' : index === 1 ? 'external' : index === count - 1 ? 'ceiling' : 'rule';
  const name =
    index === 0
      ? 'codetracer'
      : index === 1
        ? 'another tool | with a <long> name & "odd" letters that goes on and on, v2.1-experimental'
        : kind === 'ceiling'
          ? 'ceiling-labels'
          : (RULES[index - 2] ?? `at ${index}0% of the run's length`);
  const spread = { median: 1 + index, p95: 10 + index * 7, sum: 100 * (index + 1) };
  return {
    name,
    kind,
    about: `System number ${index}.`,
    answered: 99,
    missing: 1,
    misaligned: 0,
    unasked: 0,
    judges: index < 2,
    cost: {
      tokens: { median: 0, p95: 0, sum: 0 },
      dollars: { median: 0, p95: 0, sum: 0 },
      milliseconds: spread,
    },
  };
}

function madeFigure(index: number, at: number, n: number): FigureValue {
  if (n === 0) return { n, leftOut: 3 };
  const value = ((index * 37 + at * 53 + 11) % 97) / 100;
  const half = n === 1 ? undefined : 0.5 / Math.sqrt(n);
  return {
    value,
    n,
    leftOut: 2,
    ...(half !== undefined && {
      interval: { low: Math.max(0, value - half), high: Math.min(1, value + half) },
    }),
  };
}

function madeSlices(systems: readonly SystemInfo[], cases: number): ScoreSlice[] {
  const slice = (by: ScoreSlice['by'], value: string, count: number, shift: number): ScoreSlice => ({
    by,
    value,
    cases: count,
    tasks: count,
    rows: systems.map(({ name }, index) => ({
      system: name,
      figures: Object.fromEntries(
        FIGURES.filter(({ headline }) => by === 'all' || headline).map(({ id }, at) => [
          id,
          madeFigure(index + shift, at, count),
        ]),
      ),
    })),
    bestRules: Object.fromEntries(
      FIGURES.flatMap(({ id }) => {
        const rule = systems.find(({ kind }) => kind === 'rule');
        return rule ? [[id, rule.name] as const] : [];
      }),
    ),
  });
  return [
    slice('all', 'all', cases, 0),
    ...['mini-swe-agent', 'openhands', 'unknown'].map((value, i) =>
      slice('agent', value, i === 2 ? 1 : cases >> 1, i + 3),
    ),
    ...['1 to 20', '21 to 50'].map((value, i) => slice('length', value, i === 0 ? cases : 0, i + 7)),
  ];
}

function madeVerdict(system: string, index: number, cases: number): ScoreReport['verdicts'][number] {
  const at = Array.from({ length: 11 }, (_, i) => i / 10);
  return {
    system,
    failed: cases - (cases >> 2),
    solved: cases >> 2,
    kinds: {
      failed: { 'decisive-failure': cases >> 1, undecided: cases >> 3 },
      solved: { undecided: cases >> 2 },
    },
    point: { found: 0.6 - index * 0.1, accused: 0.1 },
    curve: at.map((share) => ({
      threshold: 1 - share,
      accused: share ** 2,
      found: share ** (0.6 + index * 0.5),
    })),
    area: 0.7,
    brier: 0.2,
    brierReference: 0.19,
    calibrationError: 0.05,
    reliability: at.slice(0, 10).map((low, i) => ({
      low,
      high: low + 0.1,
      n: i * 3,
      ...(i > 0 && { belief: low + 0.05, failed: Math.min(1, low + 0.1) }),
    })),
  };
}

function madeReading(system: string, index: number): ScoreReport['reading'][number] {
  const at = Array.from({ length: 21 }, (_, i) => i / 20);
  return { system, points: at.map((read) => ({ read, found: read ** (0.3 + index * 0.05) })) };
}

function madeAgreement(cases: number): NonNullable<ScoreReport['agreement']> {
  const rate = { n: cases, share: 0.87 };
  const label = { runs: cases, kappaPooled: 0.88, kappaPerRun: -0.02, runsWithKappa: cases, macroF1: 0.8 };
  return {
    cases,
    onset: { exact: rate, within1: rate, within2: rate, within5: rate, exactWhereBothName: { n: 0 } },
    incorrect: label,
    unuseful: label,
    union: label,
  };
}

/** A comparison with a clear win, a clear loss, and one that may be chance. */
export function madeCompare(a: string, b: string): CompareReport {
  const compared = madeCompared((b.length % 5) / 20);
  return {
    schema: 'codetracer.bench-compare/1',
    settings: { seed: 1, resamples: 2000, level: 0.95, clusteredBy: 'task' },
    a: { name: a, missing: 0 },
    b: { name: b, missing: 0 },
    ...compared,
    sets: ['made-1', 'made-2'].map((set) => ({ set, ...compared })),
    changed: [],
  };
}

function madeCompared(shift: number): Pick<CompareReport, 'cases' | 'tasks' | 'figures' | 'mcnemar'> {
  return {
    cases: 100,
    tasks: 40,
    figures: FIGURES.filter(({ headline }) => headline).map(({ id, title, better }, i) => {
      const difference = 0.2 - i * 0.1 - shift;
      return {
        id,
        title,
        better,
        n: 100,
        a: 0.5,
        b: 0.5 - difference,
        difference,
        interval: { low: difference - 0.08, high: difference + 0.09 },
        p: Math.abs(difference) > 0.09 ? 0.0005 : 0.3,
        wins: 30,
        ties: 60,
        losses: 10,
      };
    }),
    mcnemar: [
      { figure: 'onset-exact', both: 20, onlyA: 15, onlyB: 5, neither: 60, p: 0.041, method: 'exact' },
    ],
  };
}
