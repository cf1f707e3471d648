import pc from 'picocolors';
import { count } from '../../base/count.ts';
import type { DiscoverDocument } from '../../query/discovery-schemas.ts';
import { terminalText } from './terminal-text.ts';

const SHOWN_GROUPS = 12;
const SHOWN_REASONS = 4;

/** What was recognised, by format and by what it was known; then what was left, and what could not be looked into. */
export function printDiscovery({
  formats,
  left,
  failed,
}: Pick<DiscoverDocument, 'formats' | 'left' | 'failed'>): string {
  const artifacts = formats.reduce((sum, group) => sum + group.artifacts, 0);
  const names = new Set(formats.map(({ format }) => format)).size;
  const lines = [pc.bold(`${count(artifacts, 'artifact')} in ${count(names, 'format')}`)];
  for (const group of formats) {
    const { format, layout, bytes, lowestScore, highestScore } = group;
    const where = layout === undefined ? '' : ` in ${layout}`;
    const score =
      lowestScore === highestScore ? show(lowestScore) : `${show(lowestScore)} to ${show(highestScore)}`;
    const size = bytes === 0 ? '' : `, ${describeBytes(bytes)}`;
    lines.push('', `${pc.green(format)}${where}  ${group.artifacts}${pc.dim(`  score ${score}${size}`)}`);
    const reasons = group.reasons.toSorted((a, b) => b.artifacts - a.artifacts);
    for (const { reason, artifacts: times, example } of reasons.slice(0, SHOWN_REASONS)) {
      lines.push(`  ${times}  ${terminalText(reason)}  ${pc.dim(terminalText(example))}`);
    }
    if (reasons.length > SHOWN_REASONS) lines.push(`  and ${reasons.length - SHOWN_REASONS} other reasons`);
  }
  const files = left.reduce((sum, group) => sum + group.files, 0);
  if (files > 0) lines.push('', pc.bold(`${count(files, 'file')} left: no run`));
  for (const { kind, reason, files: times, examples } of left.slice(0, SHOWN_GROUPS)) {
    const name = kind === '' ? 'no extension' : kind;
    lines.push(`  ${times}  ${name}, ${terminalText(reason)}  ${pc.dim(terminalText(examples[0] ?? ''))}`);
  }
  if (left.length > SHOWN_GROUPS) lines.push(`  and ${left.length - SHOWN_GROUPS} other groups`);
  if (failed.length > 0) lines.push('', pc.bold('not looked into, or not to be decided'));
  for (const { code, reason, entries, examples } of failed.slice(0, SHOWN_GROUPS)) {
    const where = pc.dim(terminalText(examples[0] ?? ''));
    lines.push(pc.yellow(`  ${entries}  ${code}: ${terminalText(reason)}  `) + where);
  }
  return `${lines.join('\n')}\n`;
}

function show(score: number): string {
  return score.toFixed(2);
}

function describeBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
