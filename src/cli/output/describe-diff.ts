import type { RunDiff } from '../../query/diff-runs.ts';

type Divergence = RunDiff['divergences'][number];
type Only = RunDiff['onlyA'];

const RELATIONS = {
  equal: '=',
  different: '≠',
  'different-edits': '≈',
  'only-a': 'A',
  'only-b': 'B',
  unknown: '?',
} as const;

/** Two runs side by side, for people: how each ended, where they parted, what only one of them did. */
export function describeDiff(diff: RunDiff, max: number): string {
  const blocks = [
    [`A  ${describeSide(diff.a)}`, `B  ${describeSide(diff.b)}`, ...describeTask(diff)],
    describeParting(diff, max),
    describeFiles(diff, max),
    describeOnly('only A', diff.onlyA, max),
    describeOnly('only B', diff.onlyB, max),
    section(
      'tests that ended differently',
      diff.tests.map(({ test, a, b }) => `${test}  A ${result(a)}  B ${result(b)}`),
      max,
    ),
    section(
      'checks that ended differently',
      diff.checks.map(({ test, a, b }) => `${test}  A ${a ?? '–'}  B ${b ?? '–'}`),
      max,
    ),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function describeSide(side: RunDiff['a']): string {
  const who = [side.agent, side.model].filter(Boolean).join(', ');
  const facts = [
    `${side.steps} steps`,
    side.failedSteps > 0 && `${side.failedSteps} failed`,
    side.backtracks > 0 && `${side.backtracks} back to an earlier state`,
    `outcome ${side.outcome}`,
    `verdict ${side.verdict}`,
    side.onset !== null && `onset ${side.onset}`,
  ].filter(Boolean);
  return `${side.id}${who ? ` (${who})` : ''}: ${facts.join(', ')}`;
}

function describeTask({ task, roots }: RunDiff): string[] {
  const lines: string[] = [];
  if (task === 'different') lines.push('the runs have different tasks');
  if (task === 'unknown') lines.push('whether the runs have the same task is not recorded');
  if (roots.a !== roots.b) lines.push(`${roots.a || '.'} in A stands for ${roots.b || '.'} in B`);
  return lines;
}

function describeParting(diff: RunDiff, max: number): string[] {
  const { firstDivergence, lastingDivergence, states } = diff;
  if (!firstDivergence) {
    const what = states.a > 1 ? 'went through the same states of the files' : 'changed no file of the work';
    return [`Both runs ${what}.`];
  }
  const lines = describeDivergence('first divergence', firstDivergence, max);
  if (lastingDivergence && lastingDivergence !== firstDivergence)
    lines.push('', ...describeDivergence('lasting divergence', lastingDivergence, max));
  const between = diff.divergences.filter(({ meets }) => meets !== null).length;
  lines.push('', `states of the files: A ${states.a}, B ${states.b}, in both ${states.shared}`);
  if (between > 0) lines.push(`they parted and met again ${between === 1 ? 'once' : `${between} times`}`);
  return lines;
}

function describeDivergence(name: string, divergence: Divergence, max: number): string[] {
  const { from, meets, provenance } = divergence;
  const start =
    from.a === null && from.b === null
      ? 'before the first change'
      : `after step ${from.a ?? 'none'} of A and step ${from.b ?? 'none'} of B`;
  return [
    `${name}: the same state ${start}, then${provenance === 'assumed' ? ' (not all contents are known)' : ''}`,
    ...describeChanges('A', divergence.a, max),
    ...describeChanges('B', divergence.b, max),
    meets
      ? `  the same again after step ${meets.a ?? 'none'} of A and step ${meets.b ?? 'none'} of B`
      : '  and never the same again',
  ];
}

function describeChanges(side: string, changes: Divergence['a'], max: number): string[] {
  if (changes.length === 0) return [`  ${side}  changed nothing`];
  const shown = changes
    .slice(0, max)
    .map(({ step, action, changed }) => `  ${side}  step ${step}  ${action}${named(action, changed)}`);
  if (changes.length > max) shown.push(`  ${side}  … and ${changes.length - max} more changes`);
  return shown;
}

/** Paths that the action's first line does not name. */
function named(action: string, changed: readonly string[]): string {
  const missing = changed.filter((path) => !action.includes(path.slice(path.lastIndexOf('/') + 1)));
  if (missing.length === 0) return '';
  return ` → ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}`;
}

function describeFiles({ files }: RunDiff, max: number): string[] {
  const lines = section(
    'files at the end (= equal, ≠ different, ≈ edited differently, A or B changed by one only, ? not known)',
    files.map(
      ({ path, relation, a, b }) => `${RELATIONS[relation]} ${path}${steps(' A', a)}${steps(' B', b)}`,
    ),
    max,
  );
  for (const { patch } of files.slice(0, max)) if (patch) lines.push('', patch.trimEnd());
  return lines;
}

function steps(side: string, list: readonly (number | string)[]): string {
  if (list.length === 0) return '';
  const shown = list.slice(0, 8).join(', ');
  return ` ${side}: ${shown}${list.length > 8 ? ', …' : ''}`;
}

function describeOnly(title: string, only: Only, max: number): string[] {
  const before = new Set(only.readBeforeDivergence.map(({ what }) => what));
  const later = only.read.filter(({ what }) => !before.has(what));
  const groups: readonly (readonly [string, Only['read']])[] = [
    ['looked at before they parted', only.readBeforeDivergence],
    ['looked at', later],
    ['installed', only.packages],
    ['services', only.services],
    ['took actions of kind', only.actions],
    ['errors open at the end', only.openErrors],
  ];
  const lines = groups.flatMap(([name, items]) => {
    if (items.length === 0) return [];
    const shown = items.slice(0, max).map(({ what, step }) => `    step ${step}  ${what}`);
    if (items.length > max) shown.push(`    … and ${items.length - max} more`);
    return [`  ${name} (${items.length})`, ...shown];
  });
  return lines.length === 0 ? [] : [title, ...lines];
}

function section(title: string, items: readonly string[], max: number): string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, max).map((item) => `  ${item}`);
  if (items.length > max) shown.push(`  … and ${items.length - max} more`);
  return [`${title} (${items.length})`, ...shown];
}

function result(known: { readonly status: string; readonly step: number | string } | null): string {
  return known ? `${known.status} (step ${known.step})` : '–';
}
