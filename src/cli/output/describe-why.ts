import pc from 'picocolors';
import { firstLine } from '../../base/text.ts';
import type { WhyAnswer, WhyLink } from '../../query/why/why-answer.ts';
import { describePlace } from './describe-place.ts';
import { terminalText } from './terminal-text.ts';

/** An answer as a story that is read backwards: the newest cause first, each with what it rests on. */
export function describeWhy({ answer, links, later, more }: WhyAnswer): string {
  const lines = [pc.bold(terminalText(answer))];
  for (const link of links) lines.push('', ...describeLink(link, links));
  if (later.length > 0) lines.push('', pc.bold('what came of it'));
  for (const link of later) lines.push('', ...describeLink(link, later));
  if (more > 0)
    lines.push(
      '',
      `${more} more ${more === 1 ? 'cause is' : 'causes are'} known: --max ${links.length + more} follows further`,
    );
  return `${lines.join('\n')}\n`;
}

function describeLink(link: WhyLink, all: readonly WhyLink[]): string[] {
  const lines = [
    `${pc.bold(nameOf(link))}  ${terminalText(firstLine(link.what, 200))} ${pc.dim(`(${link.provenance})`)}`,
  ];
  for (const { quote, field, place } of link.evidence) {
    lines.push(
      `    ${pc.cyan('“')}${terminalText(firstLine(quote, 160))}${pc.cyan('”')} ${pc.dim(`${field}, ${terminalText(describePlace(place))}`)}`,
    );
  }
  const names = link.because.flatMap((index) => {
    const cause = all[index];
    return cause && nameOf(cause) !== nameOf(link) ? [nameOf(cause)] : [];
  });
  if (names.length > 0) lines.push(pc.dim(`    because of ${[...new Set(names)].join(', ')}`));
  return lines;
}

function nameOf({ step, kind }: WhyLink): string {
  if (step !== null) return `step ${step}`;
  if (kind === 'origin') return 'before the run';
  return kind === 'anchor' ? 'after the run' : 'unseen';
}
