import type { System } from '../../bench/system.ts';
import { answerKey } from './answer-key.ts';
import type { BenchManifest, CaseRow, SystemRow } from './bench-manifest.ts';
import type { CaseSource } from './dataset.ts';
import type { PredictionFile } from './prediction-file.ts';

/** What a run of the benchmark has done so far. */
export interface RunState {
  readonly cases: Map<string, CaseRow>;
  /** By system: answers that were worked out, that were there already, and cases on which it broke. */
  readonly tallies: ReadonlyMap<string, { computed: number; reused: number; failed: number }>;
  readMilliseconds: number;
  analysisMilliseconds: number;
}

export function startState(cases: readonly CaseSource[], systems: readonly System[]): RunState {
  return {
    cases: new Map(cases.map(({ id, name, set }) => [id, { id, name, set, state: 'pending' }])),
    tallies: new Map(systems.map(({ name }) => [name, { computed: 0, reused: 0, failed: 0 }])),
    readMilliseconds: 0,
    analysisMilliseconds: 0,
  };
}

export function countCases(
  state: RunState,
): Pick<BenchManifest['counts'], 'cases' | 'done' | 'failed' | 'refused' | 'pending'> {
  const counts = { cases: state.cases.size, done: 0, failed: 0, refused: 0, pending: 0 };
  for (const row of state.cases.values()) counts[row.state]++;
  return counts;
}

/** How much was done, and what it took. */
export function summarize(
  state: RunState,
  systems: readonly SystemRow[],
  milliseconds: number,
): Pick<BenchManifest, 'counts' | 'cost'> {
  const tallies = [...state.tallies.values()];
  return {
    counts: {
      ...countCases(state),
      computed: tallies.reduce((sum, { computed }) => sum + computed, 0),
      reused: tallies.reduce((sum, { reused }) => sum + reused, 0),
    },
    cost: {
      tokens: systems.reduce((sum, { tokens }) => sum + tokens, 0),
      dollars: systems.reduce((sum, { dollars }) => sum + dollars, 0),
      milliseconds: roundMs(milliseconds),
      readMilliseconds: roundMs(state.readMilliseconds),
      analysisMilliseconds: roundMs(state.analysisMilliseconds),
    },
  };
}

/** Counts answers that are up to date: a file may still hold older ones for cases that are pending, or on which it broke. */
export function describeSystem(
  system: System,
  settings: string,
  file: PredictionFile,
  state: RunState,
  code: string,
): SystemRow {
  const { name, kind, about, outcome } = system;
  const lines = [...state.cases.values()].flatMap(({ id, digest }) => {
    const line = file.line(id);
    return line && digest !== undefined && line.key === answerKey(digest, settings, code) ? [line] : [];
  });
  const sum = (pick: (line: (typeof lines)[number]) => number): number =>
    lines.reduce((total, line) => total + pick(line), 0);
  const { computed = 0, failed = 0 } = state.tallies.get(name) ?? {};
  return {
    name,
    kind,
    about,
    outcome,
    settings,
    answered: lines.length,
    computed,
    failed,
    tokens: sum(({ tokens }) => tokens),
    dollars: sum(({ dollars }) => dollars),
    milliseconds: roundMs(sum(({ milliseconds }) => milliseconds)),
  };
}

/** Microseconds are enough; longer fractions are noise. */
export function roundMs(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
