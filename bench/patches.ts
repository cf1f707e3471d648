/**
 * How often the changes of a run, rebuilt from its steps, are those of the patch that it handed in:
 * `npx tsx bench/patches.ts [--list] [PATH...]`. PATHs are runs or folders of runs; by default the corpus next to the
 * repository. `--list` names each run with its verdict and the reasons of its files. The baseline takes the last
 * `git diff` that a step printed for the patch.
 */
import { readRuns } from '../src/app/read-runs.ts';
import type { Run } from '../src/model/run.ts';
import { checkPatch } from '../src/query/patch/check-patch.ts';
import { PATCH_REASONS, type PatchReason } from '../src/query/patch/reasons.ts';
import { buildHistory } from '../src/state/build-history.ts';
import { CORPUS } from '../test/support/corpus.ts';
import { renderTable } from './lib/table.ts';

interface Tally {
  runs: number;
  equal: number;
  told: number;
  toldEqual: number;
  unexplained: number;
  printed: number;
}

const list = process.argv.includes('--list');
const paths = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const byFormat = new Map<string, Tally>();
const reasons = new Map<PatchReason | 'equal', number>();

for await (const item of readRuns(paths.length === 0 ? [CORPUS] : paths)) {
  if (item.kind !== 'run' || !item.run.submission) continue;
  const { run } = item;
  const found = checkPatch(run, buildHistory(run));
  if (!found) continue;
  const tally = byFormat.get(run.format) ?? {
    runs: 0,
    equal: 0,
    told: 0,
    toldEqual: 0,
    unexplained: 0,
    printed: 0,
  };
  byFormat.set(run.format, tally);
  tally.runs++;
  const isEqual = found.verdict === 'equal';
  if (isEqual) tally.equal++;
  if (found.inRecord) tally.told++;
  if (found.inRecord && isEqual) tally.toldEqual++;
  if (found.verdict === 'unexplained') tally.unexplained++;
  if (printsPatch(run)) tally.printed++;
  for (const { reason } of found.files)
    reasons.set(reason ?? 'equal', (reasons.get(reason ?? 'equal') ?? 0) + 1);
  if (list) {
    const why = found.files.flatMap(({ path, reason, step }) =>
      reason ? [`  ${reason} ${path} ${step ?? ''}`] : [],
    );
    console.log(
      [`${found.verdict}${found.inRecord ? '' : ' (partly recorded)'} ${run.path}`, ...why].join('\n'),
    );
  }
}

const sum: Tally = { runs: 0, equal: 0, told: 0, toldEqual: 0, unexplained: 0, printed: 0 };
for (const tally of byFormat.values()) {
  for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += tally[key];
}
const row = (name: string, tally: Tally): string[] => [
  name,
  String(tally.runs),
  share(tally.equal, tally.runs),
  String(tally.told),
  share(tally.toldEqual, tally.told),
  String(tally.unexplained),
  share(tally.printed, tally.runs),
];
console.log(
  renderTable([
    [
      'format',
      'runs with a patch',
      'equal',
      'all edits in the record',
      'of these equal',
      'unexplained',
      'baseline',
    ],
    ...[...byFormat].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, tally]) => row(name, tally)),
    row('all', sum),
  ]),
);
const counted = [...reasons].sort((a, b) => b[1] - a[1]);
const files = counted.reduce((total, [, count]) => total + count, 0);
console.log(
  renderTable([
    ['file', 'count', 'share', 'meaning'],
    ...counted.map(([reason, count]) => [
      reason,
      String(count),
      share(count, files),
      reason === 'equal' ? 'the same change' : PATCH_REASONS[reason],
    ]),
  ]),
);

/** Whether the newest diff that a step before the last printed has the patch's added and removed lines. */
function printsPatch(run: Run): boolean {
  const printed = run.steps
    .slice(0, -1)
    .findLast(({ observation }) => /^diff --git /m.test(observation ?? ''))?.observation;
  return printed !== undefined && changedLines(printed) === changedLines(run.submission?.text ?? '');
}

function changedLines(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  return lines.filter((line) => /^[+-](?![+-]{2} )/.test(line)).join('\n');
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${part} (${Math.round((100 * part) / whole)}%)`;
}
