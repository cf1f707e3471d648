import pc from 'picocolors';
import { firstLine } from '../../base/text.ts';
import type { RunReport } from '../../query/schemas.ts';
import { terminalText } from './terminal-text.ts';

const SHOWN_EVIDENCE = 4;

/** What a person wants first: verdict, onset, chain, evidence, what to do instead; then where the files are. */
export function printAnalysis(report: RunReport): string {
  const lines = [head(report), ''];
  const { verdict } = report;
  lines.push(
    `${pc.bold('verdict')}  ${colorVerdict(verdict.kind)} (${verdict.band} confidence) ${terminalText(verdict.why)}`,
  );
  if (report.onset !== null) {
    const stage = report.onsetStage === null ? '' : `, stage ${report.onsetStage}`;
    lines.push(
      `${pc.bold('onset')}    ${pc.red(`step ${report.onset}`)} of ${report.steps}${stage}, ${report.cause}`,
    );
    lines.push(`         ${terminalText(report.why)}`);
  }
  if (report.chainDetail.length > 0) {
    lines.push('', pc.bold('error chain'));
    for (const { step, how } of report.chainDetail)
      lines.push(`  ${pc.yellow(`step ${step}`)}  ${terminalText(firstLine(how, 150))}`);
  }
  if (report.evidence.length > 0) {
    lines.push('', pc.bold('evidence'));
    for (const { step, quote, artifact, place } of report.evidence.slice(0, SHOWN_EVIDENCE)) {
      const where = [
        place.line === undefined ? '' : `:${place.line}`,
        place.pointer ?? '',
        events(place.castEvents),
      ].join('');
      lines.push(`  ${step === null ? 'run' : `step ${step}`}  ${pc.dim(`${artifact}${where}`)}`);
      lines.push(`    ${pc.cyan('“')}${terminalText(quote).replaceAll('\n', '\n     ')}${pc.cyan('”')}`);
    }
  }
  const failing = report.failingChecks.slice(0, 3);
  if (failing.length > 0) {
    lines.push('', pc.bold(`failing checks (${report.failingChecks.length})`));
    for (const { test, message } of failing)
      lines.push(
        `  ${terminalText(test)}${message === undefined ? '' : pc.dim(` ${terminalText(firstLine(message, 100))}`)}`,
      );
  }
  if (report.onset !== null) lines.push('', `${pc.bold('better')}   ${report.better}`);
  const labels = [
    describeIds('incorrect', report.incorrect),
    describeIds('unuseful', report.unuseful),
  ].filter(Boolean);
  if (labels.length > 0) lines.push(`${pc.bold('labels')}   ${labels.join('; ')}`);
  const losses = report.diagnostics.filter((diagnostic) => diagnostic.severity !== 'info');
  for (const { code, message, count } of losses.slice(0, 5)) {
    lines.push(
      pc.yellow(
        `note     ${code}: ${terminalText(message)}${count === undefined ? '' : ` (${count} times)`}`,
      ),
    );
  }
  const [first] = Object.values(report.files);
  if (first !== undefined) lines.push('', `${pc.bold('files')}    ${first.replace(/[^/\\]+$/, '')}`);
  return `${lines.join('\n')}\n`;
}

function head(report: RunReport): string {
  const facts = [report.agent, report.model, `${report.steps} steps`, `outcome ${report.outcome}`].filter(
    (fact) => fact !== null,
  );
  return `${pc.bold(terminalText(report.task ?? report.id))}  ${pc.dim(`${report.id} · ${facts.join(' · ')}`)}`;
}

function colorVerdict(kind: RunReport['verdict']['kind']): string {
  switch (kind) {
    case 'decisive-failure':
      return pc.red(kind);
    case 'no-decisive-failure':
      return pc.green(kind);
    case 'infrastructure-failure':
    case 'undecided':
      return pc.yellow(kind);
    default: {
      const never: never = kind;
      return never;
    }
  }
}

function events(range: [number, number] | undefined): string {
  return range === undefined ? '' : ` events ${range[0]}-${range[1]} `;
}

function describeIds(name: string, ids: readonly (number | string)[]): string {
  if (ids.length === 0) return '';
  return `${name} ${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ` and ${ids.length - 20} more` : ''}`;
}
