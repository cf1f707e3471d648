import { stripAnsi } from '../../base/text.ts';
import type { Detection, Probe } from '../format.ts';
import { isCastHead } from '../shared/cast.ts';

/** An installation may print this much before the agent starts. */
const DEEP_HEAD = 4 * 1024 * 1024;
const MARKER = /(?:^|\n)\r?mini-swe-agent \(step \d+, \$[\d.]+\):/;
const MENTION = /mini-?swe-?agent/i;

/** By the line that the agent prints before each of its messages. */
export async function detectMiniLog({ entry, head, reader }: Probe): Promise<Detection> {
  const cast = isCastHead(head);
  if (!cast && /^\s*(?:\{|\[\s*[[{"])/.test(head)) return { score: 0, reason: 'no terminal log' };
  const shown = (text: string): string => stripAnsi(cast ? unescape(text) : text);
  if (MARKER.test(shown(head))) return { score: 0.92, reason: 'step markers of mini-SWE-agent' };
  // The recording of another program may quote the marker; only a recording of this one mentions it early.
  if (!MENTION.test(head)) return { score: 0, reason: 'no step marker of mini-SWE-agent' };
  const deep = shown((await reader.head(entry.path, DEEP_HEAD)) ?? '');
  return MARKER.test(deep)
    ? { score: 0.9, reason: 'step markers of mini-SWE-agent, after other output' }
    : { score: 0, reason: 'no step marker of mini-SWE-agent' };
}

/** The text of a recording as far as markers need it: line feeds and escapes inside its JSON strings. */
function unescape(text: string): string {
  return text
    .replace(/"\]\n\[[^"\n]*"o", "/g, '')
    .replaceAll('\\u001b', '\u001b')
    .replaceAll('\\r', '')
    .replaceAll('\\n', '\n');
}
