/**
 * The verdict with outcome and checkers' results withheld, on every run of the corpus whose outcome is known:
 * `npx tsx bench/verdict.ts`. Prints how many failed runs are found and how many solved ones accused, and the reasons.
 */
import { join } from 'node:path';
import { analyze } from '../src/app/analyze.ts';
import { readRuns } from '../src/app/read-runs.ts';
import type { VerdictKind } from '../src/model/diagnosis.ts';
import { CORPUS, readTruth } from '../test/support/corpus.ts';
import { printTable, share } from './lib/table.ts';

const counts = { solved: new Map<string, number>(), failed: new Map<string, number>() };
const totals = { solved: 0, failed: 0 };

for (const row of readTruth()) {
  if (typeof row.solved !== 'boolean' || row.steps === 0) continue;
  const side = row.solved ? 'solved' : 'failed';
  for await (const item of readRuns([join(CORPUS, row.path)])) {
    if (item.kind !== 'run') continue;
    totals[side]++;
    const { verdict } = analyze(item.run, { withholdOutcome: true }).diagnosis;
    const facts = [
      verdict.kind,
      ...(verdict.kind === 'decisive-failure' ? verdict.why.split('; ').map((why) => `accused: ${why}`) : []),
    ];
    for (const fact of facts) counts[side].set(fact, (counts[side].get(fact) ?? 0) + 1);
  }
}

const kinds: readonly VerdictKind[] = [
  'decisive-failure',
  'no-decisive-failure',
  'infrastructure-failure',
  'undecided',
];
const reasons = [...new Set([...counts.failed.keys(), ...counts.solved.keys()])].filter((fact) =>
  fact.startsWith('accused'),
);
printTable([
  ['verdict without the outcome', `of ${totals.failed} failed`, `of ${totals.solved} solved`],
  ...[...kinds, ...reasons.sort()].map((fact) => [
    fact.slice(0, 90),
    share(counts.failed.get(fact) ?? 0, totals.failed),
    share(counts.solved.get(fact) ?? 0, totals.solved),
  ]),
]);
