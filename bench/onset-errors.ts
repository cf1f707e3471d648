/**
 * Where the onset is missed, on the labelled runs: `npx tsx bench/onset-errors.ts`.
 * Per cause as labelled, and per kind of the labelled step: hits, and whether a miss by more than two steps lies before or
 * behind. The weights in use may have seen these runs: this says where errors are, not how many to expect on new runs.
 */
import { analyze } from '../src/app/analyze.ts';
import { buildContext, type MainStep } from '../src/diagnosis/context.ts';
import { readLabelledRun, readLabels } from './lib/labelled-runs.ts';
import { printTable, share } from './lib/table.ts';

interface Tally {
  runs: number;
  exact: number;
  within2: number;
  before: number;
  behind: number;
}

const rows = readLabels();
if (rows.length === 0) throw new Error('no labelled runs on this machine (set CODETRACER_LABELLED)');
const byCause = new Map<string, Tally>();
const byKind = new Map<string, Tally>();

function count(tallies: Map<string, Tally>, name: string, distance: number): void {
  const tally = tallies.get(name) ?? { runs: 0, exact: 0, within2: 0, before: 0, behind: 0 };
  tallies.set(name, tally);
  tally.runs++;
  if (distance === 0) tally.exact++;
  if (Math.abs(distance) <= 2) tally.within2++;
  else if (distance < 0) tally.before++;
  else tally.behind++;
}

function kindOf(step: MainStep, isLast: boolean): string {
  if (step.sources.length > 0) return 'changes the work';
  if (isLast) return 'ends the run without a change';
  if (step.onlyNotes) return 'notes';
  if (step.scratch.length > 0) return 'writes beside the work';
  return step.verifies ? 'runs or checks' : 'looks';
}

for (const row of rows) {
  const [label] = row.annotations;
  if (!label || label.onset === null) continue;
  const { run, history, tree, diagnosis } = analyze(await readLabelledRun(row));
  const { steps } = buildContext(run, history, tree);
  const distance = Number(diagnosis.alternatives[0]?.step) - label.onset;
  const step = steps[label.onset - 1];
  count(byCause, label.cause, distance);
  if (step) count(byKind, kindOf(step, step.ordinal === steps.length), distance);
}

for (const [title, tallies] of [
  ['cause', byCause],
  ['labelled step', byKind],
] as const) {
  printTable([
    [title, 'runs', 'exact', 'within 2', 'earlier', 'later'],
    ...[...tallies]
      .toSorted(([, a], [, b]) => b.runs - a.runs)
      .map(([name, { runs, exact, within2, before, behind }]) => [
        name,
        runs,
        share(exact, runs),
        share(within2, runs),
        share(before, runs),
        share(behind, runs),
      ]),
  ]);
  console.log('');
}
