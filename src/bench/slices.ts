import { compareNatural } from '../base/order.ts';
import type { CaseLabels } from './bench-case.ts';
import type { SliceKind } from './score-report.ts';

/** Upper ends of the bins of run length, in steps; a last bin holds what is longer. */
const LENGTHS = [10, 20, 40, 80] as const;

const UNKNOWN = 'unknown';

/** Names the bin of a run's length: `11-20`, `81+`. */
export function lengthBin(steps: number): string {
  const index = LENGTHS.findIndex((end) => steps <= end);
  const start = index === 0 ? 0 : (LENGTHS[(index < 0 ? LENGTHS.length : index) - 1] ?? 0) + 1;
  return index < 0 ? `${start}+` : `${start}-${LENGTHS[index]}`;
}

const VALUE_OF: Readonly<Record<Exclude<SliceKind, 'all'>, (labels: CaseLabels) => string>> = {
  set: ({ traits }) => traits.set,
  agent: ({ traits }) => traits.agent ?? UNKNOWN,
  model: ({ traits }) => traits.model ?? UNKNOWN,
  difficulty: ({ traits }) => traits.difficulty ?? UNKNOWN,
  category: ({ traits }) => traits.category ?? UNKNOWN,
  length: ({ steps }) => (steps === undefined ? UNKNOWN : lengthBin(steps)),
  outcome: ({ solved }) => (solved === undefined ? UNKNOWN : solved ? 'solved' : 'failed'),
  readings: ({ readings }) => String(readings.length),
};

export interface CaseSlice {
  readonly by: SliceKind;
  readonly value: string;
  /** Indexes of its cases. */
  readonly cases: readonly number[];
}

/** All cases, then by each trait that tells any two cases apart. */
export function sliceCases(labels: readonly CaseLabels[]): CaseSlice[] {
  const slices: CaseSlice[] = [{ by: 'all', value: 'all', cases: labels.map((_, index) => index) }];
  for (const [by, valueOf] of Object.entries(VALUE_OF) as [SliceKind, (labels: CaseLabels) => string][]) {
    const groups = new Map<string, number[]>();
    for (const [index, one] of labels.entries()) {
      const value = valueOf(one);
      const group = groups.get(value);
      if (group) group.push(index);
      else groups.set(value, [index]);
    }
    if (groups.size < 2) continue;
    const sorted = [...groups].toSorted(([a], [b]) => compareNatural(a, b));
    for (const [value, cases] of sorted) slices.push({ by, value, cases });
  }
  return slices;
}
