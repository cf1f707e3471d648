import pc from 'picocolors';
import { listEntries } from '../../query/state-entries.ts';
import type { StateChange, StateReport } from '../../query/state-schemas.ts';
import { terminalText } from './terminal-text.ts';

/** A state as lines for people, part by part. */
export function describeState(state: StateReport): string {
  const lines = [pc.bold(`state after step ${state.step}`)];
  if (!state.cwd) lines.push('directory not known');
  let part = '';
  const counts = new Map<string, number>();
  const entries = listEntries(state);
  for (const entry of entries) counts.set(entry.part, (counts.get(entry.part) ?? 0) + 1);
  for (const entry of entries) {
    const known = [entry.by === null ? '' : `step ${entry.by}`, entry.provenance ?? '']
      .filter(Boolean)
      .join(', ');
    const text = `${terminalText(entry.text)}${known === '' ? '' : ` ${pc.dim(`(${known})`)}`}`;
    if (entry.part === 'directory') {
      lines.push(`directory ${text}`);
      continue;
    }
    if (entry.part !== part) lines.push('', `${pc.bold(entry.part)} (${counts.get(entry.part)})`);
    part = entry.part;
    lines.push(`  ${text}`);
  }
  const used = describeBudget(state.budget);
  if (used !== '') lines.push('', `used so far: ${used}`);
  return `${lines.join('\n')}\n`;
}

/** What changed between two steps: `+` is new, `-` gone, `~` other than before. */
export function describeChanges(
  since: { readonly step: number | string; readonly changes: readonly StateChange[] },
  step: number | string,
): string {
  const lines = [pc.bold(`changes from the state after step ${since.step} to that after step ${step}`)];
  if (since.changes.length === 0) lines.push('none');
  let part = '';
  for (const change of since.changes) {
    if (change.part !== part) lines.push('', pc.bold(change.part));
    part = change.part;
    const made = change.by === null ? '' : ` ${pc.dim(`(step ${change.by})`)}`;
    if (change.after === null) lines.push(`  - ${terminalText(change.before ?? '')}`);
    else if (change.before === null) lines.push(`  + ${terminalText(change.after)}${made}`);
    else {
      lines.push(`  ~ ${terminalText(change.after)}${made}`);
      if (change.before !== change.after) lines.push(`    before: ${terminalText(change.before)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function describeBudget({ steps, seconds, tokens, costUsd }: StateReport['budget']): string {
  return [
    `${steps} ${steps === 1 ? 'step' : 'steps'}`,
    seconds === null ? '' : `${Math.round(seconds)} s`,
    tokens === null ? '' : `${tokens} tokens`,
    costUsd === null ? '' : `$${costUsd.toFixed(2)}`,
  ]
    .filter(Boolean)
    .join(', ');
}
