import { renderTable } from '../../../bench/lib/table.ts';
import type { Score, Tally } from './tally.ts';

/** Everything that is published, as markdown. */
export function renderScore(score: Score): string {
  return [
    '### Content of files, by format',
    '',
    'One count per step and file that the run touched.',
    '',
    table(score.states, 'format', ['right', 'wrong', 'assumed right', 'assumed wrong', 'unknown', 'unnoted']),
    '',
    '### Changes on disk, by format',
    '',
    'One count per step and file that it changed; `invented` are changes that there were none of.',
    '',
    table(score.changes, 'format', CHANGES),
    '',
    '### Changes on disk, by family of commands and edits',
    '',
    table(score.families, 'family', CHANGES),
    '',
    '### Directory, environment and tests',
    '',
    table(score.rest, 'format', columnsOf(score.rest, /^(?:directory|environment|tests) /)),
    '',
    '### git',
    '',
    table(score.rest, 'format', columnsOf(score.rest, /^(?:branch|head|dirty|staged|untracked|stashes) /)),
    '',
    '### Tree',
    '',
    table(score.tree, 'format', columnsOf(score.tree, /./)),
  ].join('\n');
}

const CHANGES = ['right', 'wrong', 'assumed', 'unknown', 'doubted', 'unnoted', 'missed', 'invented'];

function columnsOf(tally: Tally, wanted: RegExp): string[] {
  return tally.columns.filter((column) => wanted.test(column));
}

function table(tally: Tally, name: string, columns: readonly string[]): string {
  const rows = tally.names.map((row) => [row, ...columns.map((column) => tally.get(row, column))]);
  const total = ['**all**', ...columns.map((column) => tally.sum(column))];
  return renderTable([[name, ...columns], ...rows, total]);
}
