import { structuredPatch } from 'diff';
import { type Island, type Line, type Sketch, sameLines } from './sketch.ts';

/** Lines of context around a change. */
const CONTEXT = 3;
/** Changes beyond which a file is shown as replaced as a whole: the time to compare grows with their number squared. */
const MOST_CHANGES = 5000;
const MARK = '\ue000';

/** The change between two states of a file as the text of hunks. */
export interface SketchDiff {
  readonly text: string;
  /** Every removed line and every place is known: a patch program can take it. */
  readonly whole: boolean;
}

/** The hunks between a file before and after. Lines that nobody knows are counted, not invented. */
export function diffSketches(before: Sketch, now: Sketch): SketchDiff {
  const names = new Map<Line, string>();
  const token = (line: Line): string => {
    if (line.text !== undefined) return line.text;
    const known = names.get(line) ?? `${MARK}${names.size}${MARK}`;
    names.set(line, known);
    return known;
  };
  const old = [...before.lines, ...now.laid];
  const hunks = hunksBetween(old.map(token), now.lines.map(token));
  let whole = before.open === now.open;
  const parts: string[] = [];
  for (const hunk of hunks) {
    const shown = trimUnknown(hunk);
    const lines = shown.lines.map((line) => {
      if (!line.includes(MARK)) return line;
      whole = false;
      return line.startsWith('-') ? '\\ a removed line that is not known' : '\\ a line that is not known';
    });
    parts.push(
      `@@ -${range(shown.oldStart, shown.oldLines)} +${range(shown.newStart, shown.newLines)} @@`,
      ...lines,
    );
  }
  for (const island of now.islands) {
    if (sameLines(island.before, island.now)) continue;
    whole = false;
    parts.push(...showIsland(island));
  }
  if (now.end.length > before.end.length) {
    whole = false;
    parts.push('@@ at the end of the file @@', ...now.end.map(({ text }) => `+${text ?? ''}`));
  }
  return { text: parts.length === 0 ? '' : `${parts.join('\n')}\n`, whole };
}

interface Hunk {
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  lines: string[];
}

function hunksBetween(before: readonly string[], now: readonly string[]): Hunk[] {
  const [a, b] = [before, now].map((lines) => lines.map((line) => `${line}\n`).join(''));
  const patch = structuredPatch('a', 'b', a ?? '', b ?? '', '', '', {
    context: CONTEXT,
    maxEditLength: MOST_CHANGES,
  });
  if (patch)
    return patch.hunks.map((hunk) => ({
      ...hunk,
      lines: hunk.lines.filter((line) => !line.startsWith('\\')),
    }));
  return [
    {
      oldStart: 1,
      oldLines: before.length,
      newStart: 1,
      newLines: now.length,
      lines: [...before.map((line) => `-${line}`), ...now.map((line) => `+${line}`)],
    },
  ];
}

/** Context that nobody knows is left out at both ends. */
function trimUnknown(hunk: Hunk): Hunk {
  const lines = [...hunk.lines];
  let { oldStart, oldLines, newStart, newLines } = hunk;
  while (isUnknownContext(lines[0])) {
    lines.shift();
    oldStart++;
    newStart++;
    oldLines--;
    newLines--;
  }
  while (isUnknownContext(lines.at(-1))) {
    lines.pop();
    oldLines--;
    newLines--;
  }
  return { oldStart, oldLines, newStart, newLines, lines };
}

function isUnknownContext(line: string | undefined): boolean {
  return line?.startsWith(` ${MARK}`) === true;
}

function range(start: number, count: number): string {
  if (count === 1) return String(start);
  // Of no lines, the number is that of the line before.
  return `${count === 0 ? Math.max(0, start - 1) : start},${count}`;
}

function showIsland({ before, now, partial }: Island): string[] {
  const head = partial ? '@@ within lines, the place is not known @@' : '@@ the place is not known @@';
  return [head, ...before.map(({ text }) => `-${text ?? ''}`), ...now.map(({ text }) => `+${text ?? ''}`)];
}
