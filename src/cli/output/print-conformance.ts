import pc from 'picocolors';
import type { ConformItem } from '../../app/conform.ts';
import type { Conformance, Drift, KindShare, Share } from '../../evolve/conformance/conformance.ts';
import type { ConformDocument } from '../../query/conformance-schemas.ts';
import { terminalText } from './terminal-text.ts';

type ArtifactItem = Extract<ConformItem, { kind: 'artifact' }>;

const SHOWN_KINDS = 30;
const SHOWN_FILES = 10;

/** What of an artifact is not as its format is known; empty when all is. */
export function printDrift({ path, format, conformance }: ArtifactItem): string {
  if (conformance.drift.length === 0) return '';
  const lines = [`${pc.red(pc.bold('DRIFT'))}  ${terminalText(path)}  ${pc.dim(format)}`];
  for (const drift of conformance.drift) {
    lines.push(`  ${pc.yellow(drift.what)}  ${terminalText(drift.message)}${pc.dim(describePlace(drift))}`);
  }
  return `${lines.join('\n')}\n`;
}

function describePlace({ place }: Drift): string {
  if (!place) return '';
  const line = place.line === undefined ? '' : `:${place.line}`;
  const events = place.castEvents ? ` events ${place.castEvents[0]}-${place.castEvents[1]}` : '';
  return `  ${terminalText(place.artifact)}${line}${events}${terminalText(place.pointer ?? '')}`;
}

/** One artifact in detail. */
export function printArtifact({ path, format, conformance }: ArtifactItem): string {
  const { runs, steps, records, text, facts, calls, thoughts, time, ids, usage } = conformance;
  const lines = [
    `${pc.bold(terminalText(path))}  ${pc.dim(`${format} · ${runs} ${runs === 1 ? 'run' : 'runs'} · ${steps} steps`)}`,
    '',
    `${pc.bold('records')}   ${records.explained} of ${records.seen} explained`,
    `${pc.bold('text')}      ${describeShare(text)}`,
    `${pc.bold('facts')}     ${describeShare(facts)}`,
    `${pc.bold('calls')}     ${calls.total}, ${calls.paired} with a result, ${calls.total - calls.observed} without an observation`,
    `${pc.bold('thoughts')}  ${thoughts.steps} steps have one; ${percent(thoughts.kept, thoughts.bytes)} of ${thoughts.bytes} bytes of recorded reasoning kept`,
    `${pc.bold('times')}     ${time.timedSteps} of ${calls.total} calls, ${time.outOfOrder} out of order`,
    `${pc.bold('ids')}       ${describeIds(ids)}`,
    `${pc.bold('usage')}     ${usage.steps} steps, ${usage.totals} totals`,
    ...printAnswers(conformance),
    '',
    ...printKinds(conformance.kinds),
  ];
  const { unread, sampled } = conformance;
  if (unread.length > 0) {
    const more = unread.length > SHOWN_FILES ? ` and ${unread.length - SHOWN_FILES} more` : '';
    const shown = unread.slice(0, SHOWN_FILES).map(terminalText).join(', ');
    lines.push('', `${pc.bold('unread')}    ${shown}${more}`);
  }
  if (sampled) {
    const why = sampled.partialRun
      ? 'the run is too large to be held whole, so shares are too low'
      : `past ${sampled.fullBytes} bytes one record of ${sampled.every} was judged`;
    lines.push('', pc.yellow(`sampled   ${why}`));
  }
  return `${lines.join('\n')}\n`;
}

/** Artifacts added up by format. */
export function printFormats(formats: ConformDocument['formats']): string {
  const rows = formats.map(({ format, artifacts, runs, records, text, facts, calls, drifting }) => [
    format,
    String(artifacts),
    String(runs),
    percent(records.explained, records.seen),
    percent(text.bytes - text.unexplained, text.bytes),
    percent(facts.bytes - facts.unexplained, facts.bytes),
    percent(calls.paired, calls.total),
    drifting === 0 ? '0' : pc.red(String(drifting)),
  ]);
  const head = ['format', 'artifacts', 'runs', 'records', 'text', 'facts', 'paired', 'drift'];
  return table([head, ...rows]);
}

function printAnswers({ answers, runs }: Conformance): string[] {
  const answered = answers.filter(({ runs }) => runs > 0).map(({ question }) => question);
  const missing = answers.filter(({ format, runs: count }) => format === 'always' && count < runs);
  const lines = [`${pc.bold('answers')}   ${answered.join(', ') || 'nothing'}`];
  if (missing.length > 0) {
    lines.push(
      pc.yellow(
        `          the format always answers ${missing.map(({ question }) => question).join(', ')}, this artifact does not`,
      ),
    );
  }
  return lines;
}

function printKinds(kinds: readonly KindShare[]): string[] {
  const rows = kinds
    .slice(0, SHOWN_KINDS)
    .map(({ kind, records, text, facts, lost }) => [
      terminalText(kind),
      String(records),
      String(text.bytes),
      percent(text.kept, text.bytes),
      percent(text.known, text.bytes),
      percent(text.unexplained, text.bytes),
      String(facts.bytes),
      percent(facts.unexplained, facts.bytes),
      terminalText(lost[0]?.field ?? ''),
    ]);
  const head = [
    'kind of record',
    'records',
    'text bytes',
    'kept',
    'left out',
    'lost',
    'fact bytes',
    'lost',
    'most lost in',
  ];
  const more = kinds.length > SHOWN_KINDS ? [`and ${kinds.length - SHOWN_KINDS} more kinds`] : [];
  return [table([head, ...rows]).trimEnd(), ...more];
}

function describeShare({ bytes, kept, known, unexplained }: Share): string {
  return `${bytes} bytes: ${percent(kept, bytes)} kept, ${percent(known, bytes)} left out knowingly, ${percent(unexplained, bytes)} unexplained`;
}

function describeIds(ids: Conformance['ids']): string {
  const found = [
    ids.reused > 0 && `${ids.reused} used again`,
    ids.unpairedResults > 0 && `${ids.unpairedResults} results without a call`,
    ids.abandoned > 0 && `${ids.abandoned} abandoned calls`,
    ids.duplicates > 0 && `${ids.duplicates} records twice`,
    ids.orphans > 0 && `${ids.orphans} sub-agents without a call`,
  ].filter((text) => text !== false);
  return found.length === 0 ? 'no problems' : found.join(', ');
}

/** A share in percent; 100.0% and 0.0% only where it is exactly so. */
function percent(part: number, whole: number): string {
  if (whole === 0) return '-';
  if (part === whole) return '100%';
  if (part === 0) return '0%';
  return `${Math.min(99.9, Math.max(0.1, (part / whole) * 100)).toFixed(1)}%`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row, index) => {
    const line = row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
    return index === 0 ? pc.bold(line) : line;
  });
  return `${lines.join('\n')}\n`;
}
