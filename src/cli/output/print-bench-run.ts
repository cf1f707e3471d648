import pc from 'picocolors';
import type { BenchManifest } from '../../app/bench/bench-manifest.ts';
import { count } from '../../base/count.ts';
import { terminalText } from './terminal-text.ts';
import { textTable } from './text-table.ts';

const SHOWN = 5;

/** What was answered, what was not and why; figures come from `bench score`. */
export function printBenchRun(manifest: BenchManifest, folder: string): string {
  const { counts, systems, state, cases, refusals, cost } = manifest;
  const ended = state === 'complete' ? 'done' : pc.yellow(state);
  const lines = [`${counts.done} of ${count(counts.cases, 'case')} ${ended}`];
  lines.push(...list('failed', cases.filter((row) => row.state === 'failed').map(nameCase)));
  lines.push(...list('refused', cases.filter((row) => row.state === 'refused').map(nameCase)));
  lines.push(
    ...list(
      'rows left out',
      refusals.map(({ place, reason }) => `${place}: ${reason}`),
    ),
  );
  const table = textTable([
    ['system', 'answered', 'tokens', 'dollars'],
    ...systems.map(({ name, answered, tokens, dollars }) => [
      name,
      String(answered),
      String(tokens),
      dollars.toFixed(2),
    ]),
  ]);
  if (cost.tokens > 0) lines.push(`${cost.tokens} tokens, ${cost.dollars.toFixed(2)} dollars`);
  const place = terminalText(folder);
  const next =
    state !== 'complete'
      ? 'the same command goes on where it ended'
      : counts.done + counts.failed > 0
        ? `next: codetracer bench score ${place}`
        : 'nothing was measured';
  return `${lines.join('\n')}\n\n${table}\n${pc.dim(next)}\n`;
}

function nameCase({ name, reason }: BenchManifest['cases'][number]): string {
  return `${name}: ${reason ?? ''}`;
}

function list(what: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, SHOWN).map((item) => `  ${terminalText(item)}`);
  const more = items.length > SHOWN ? [`  and ${items.length - SHOWN} more, in manifest.json`] : [];
  return [pc.yellow(`${what}: ${items.length}`), ...shown, ...more];
}
