import { type Line, type Sketch, sameLine, sameLines } from './sketch.ts';

export type Comparison = 'equal' | 'white-space' | 'different';

/**
 * Whether a file as the record leaves it is the one that a patch shows. Lines that the patch does not show fit
 * everything, since it says that they stayed; pieces without a place must have come back to what they were.
 */
export function compareSketches(shown: Sketch, made: Sketch): Comparison {
  const pieces = made.islands.filter(({ before, now }) => !sameLines(before, now));
  if (pieces.length > 0) return 'different';
  const exact = compareLines(shown, made, (a, b) => sameLine(a, b));
  if (exact) return 'equal';
  return compareLines(shown, made, (a, b) => trimEnd(a) === trimEnd(b)) ? 'white-space' : 'different';
}

function compareLines(shown: Sketch, made: Sketch, same: (a: Line, b: Line) => boolean): boolean {
  const lines = withoutBlankEnd(shown, made);
  const count = Math.max(shown.lines.length, lines.length);
  for (let index = 0; index < count; index++) {
    const [a, b] = [shown.lines[index], lines[index]];
    if (a && b) {
      if (a !== b && a.text !== undefined && b.text !== undefined && !same(a, b)) return false;
      // A line that only one of them knows was not changed by the other.
      if (a !== b && (a.text === undefined) !== (b.text === undefined) && b.text === undefined) return false;
    } else if (!a && !shown.open) return false;
    else if (!b && !made.open) return false;
  }
  return made.end.length === 0 || (shown.open && endsWith(shown, made, same));
}

/** Lines put at the end: they are the last ones that the patch shows. */
function endsWith(shown: Sketch, made: Sketch, same: (a: Line, b: Line) => boolean): boolean {
  const start = shown.lines.length - made.end.length;
  return start >= 0 && made.end.every((line, index) => same(line, shown.lines[start + index] ?? line));
}

function withoutBlankEnd(_shown: Sketch, made: Sketch): readonly Line[] {
  return made.lines;
}

function trimEnd(line: Line): string {
  return (line.text ?? '').trimEnd();
}
