import type { Detection, Format, Probe } from './format.ts';
import type { ArtifactReader, Entry } from './port.ts';

/** From this score on a format claims an artifact. */
export const CLAIM = 0.5;

/** Two claims closer than this are a tie: nobody is chosen for the user. */
const TIE = 0.05;

export interface Tried extends Detection {
  readonly format: string;
  readonly title: string;
}

export type Choice =
  | {
      readonly kind: 'chosen';
      readonly format: Format;
      readonly detection: Detection;
      readonly tried: readonly Tried[];
    }
  | { readonly kind: 'ambiguous' | 'unknown'; readonly tried: readonly Tried[] };

/** Scores every format of the artifact's unit on its content; a tie or nothing leaves the choice to the user. */
export async function detectFormat(
  entry: Entry,
  reader: ArtifactReader,
  formats: readonly Format[],
): Promise<Choice> {
  const probe = await openProbe(entry, reader);
  const scored: { format: Format; detection: Detection }[] = [];
  for (const format of formats) {
    if (!format.units.includes(entry.kind)) continue;
    scored.push({ format, detection: await format.detect(probe) });
  }
  scored.sort((a, b) => b.detection.score - a.detection.score);
  const tried = scored.map(({ format, detection }) => ({
    format: format.id,
    title: format.title,
    ...detection,
  }));
  const [first, second] = scored;
  if (!first || first.detection.score < CLAIM) return { kind: 'unknown', tried };
  if (second && second.detection.score > first.detection.score - TIE) return { kind: 'ambiguous', tried };
  return { kind: 'chosen', format: first.format, detection: first.detection, tried };
}

async function openProbe(entry: Entry, reader: ArtifactReader): Promise<Probe> {
  if (entry.kind === 'directory') return { entry, reader, head: '', entries: await reader.list(entry.path) };
  const head = (await reader.head(entry.path)) ?? '';
  return { entry, reader, head: isPacked(head) ? '' : head, entries: [] };
}

/** The beginning of a zstd frame, decoded as text. */
const ZSTD = '(\ufffd/\ufffd';

/** A tar or zstd archive: what it holds may stand there as plain text, and is for discovery to open. */
function isPacked(head: string): boolean {
  return head.startsWith(ZSTD) || (head.startsWith('ustar', 257) && head.charAt(0) !== '{');
}
