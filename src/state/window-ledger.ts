/** Lines of one file that windows showed while it stayed as it was. */
interface Windows {
  readonly version: number;
  /** Position of the first window. */
  readonly since: number;
  /** By line, from 0. */
  readonly lines: (string | undefined)[];
  known: number;
  total: number | undefined;
}

/** What one window shows of a file. */
export interface ShownWindow {
  readonly from: number;
  readonly lines: readonly string[];
  /** How many lines the file has, where the window says it or shows the end. */
  readonly total?: number | undefined;
}

/** Lines beyond which a file is not put together from windows. */
const MOST_LINES = 100_000;

/** Puts files together from windows that showed parts of them, between which nothing changed them. */
export class WindowLedger {
  private readonly byPath = new Map<string, Windows>();

  /**
   * One more window of the file's version; the whole text when every line has been seen. `isSame` tells whether the file
   * has been as it is since a position.
   */
  add(
    path: string,
    version: number,
    at: number,
    window: ShownWindow,
    isSame: (since: number) => boolean,
  ): string | undefined {
    if (window.from < 1 || window.from + window.lines.length > MOST_LINES) return undefined;
    let own = this.byPath.get(path);
    if (own?.version !== version || !isSame(own.since) || !agrees(own, window)) {
      own = { version, since: at, lines: [], known: 0, total: undefined };
      this.byPath.set(path, own);
    }
    own.total ??= window.total;
    while (own.lines.length < window.from - 1) own.lines.push(undefined);
    for (const [offset, line] of window.lines.entries()) {
      const index = window.from - 1 + offset;
      if (own.lines[index] === undefined) own.known++;
      own.lines[index] = line;
    }
    if (own.total === undefined || own.total === 0 || own.known !== own.total) return undefined;
    this.byPath.delete(path);
    return own.lines.join('\n');
  }
}

/** Whether a window shows the file that the windows before showed. */
function agrees(own: Windows, { from, lines, total }: ShownWindow): boolean {
  if (total !== undefined && own.total !== undefined && total !== own.total) return false;
  const length = total ?? own.total;
  if (length !== undefined && Math.max(own.lines.length, from - 1 + lines.length) > length) return false;
  return lines.every((line, offset) => {
    const known = own.lines[from - 1 + offset];
    return known === undefined || known === line;
  });
}
