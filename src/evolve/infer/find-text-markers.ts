import type { ArtifactReader, Entry } from '../../formats/port.ts';
import type { SpecSource } from '../spec/spec.ts';

interface Weighed {
  readonly source: SpecSource;
  readonly weight: number;
  readonly reason: string;
}

const LOOK_AT = 20_000;
const MAX_MARKERS = 12;

/**
 * Lines of a text log that cut it into records: the same words at the beginning of a line, again and again, with other
 * text between. A line like `ACTION: ls` gives `ACTION:`, a line like `=== observation ===` itself.
 */
export async function findTextMarkers(reader: ArtifactReader, entry: Entry): Promise<Weighed[]> {
  const counts = new Map<string, { count: number; whole: number }>();
  let lines = 0;
  for await (const batch of reader.lines(entry.path)) {
    for (const { text } of batch) {
      lines++;
      const marker = markerOf(text);
      if (marker === undefined) continue;
      const known = counts.get(marker) ?? { count: 0, whole: 0 };
      known.count++;
      if (text.trim() === marker) known.whole++;
      counts.set(marker, known);
    }
    if (lines >= LOOK_AT) break;
  }
  const repeated = [...counts]
    .filter(([, { count }]) => count >= 2 && count * 2 < lines)
    .toSorted(([, a], [, b]) => b.count - a.count)
    .slice(0, MAX_MARKERS);
  if (repeated.length < 2) return [];
  const markers = repeated.map(([prefix, { count, whole }]) => ({
    kind:
      prefix
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()
        .toLowerCase()
        .slice(0, 60) || 'part',
    prefix,
    keep: whole < count,
  }));
  const reason = `${repeated.length} lines come again and again: ${markers
    .map(({ prefix }) => prefix)
    .join(', ')
    .slice(0, 200)}`;
  return [{ source: { unit: 'text', markers }, weight: 1, reason }];
}

/** What a line that may be a marker begins with: a heading between rules, or words before a colon. */
function markerOf(text: string): string | undefined {
  const line = text.trim();
  if (line.length < 3 || line.length > 200) return undefined;
  if (/^[=#*<[-]{2,10} ?[\p{L}][\p{L} _-]{1,40} ?[=#*>\]-]{0,10}:?$/u.test(line)) return line;
  const colon = /^\p{Lu}[\p{L}_ -]{2,30}:/u.exec(line);
  return colon?.[0];
}
