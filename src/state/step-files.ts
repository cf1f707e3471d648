import type { LineRange } from '../model/effect.ts';
import type { Position, StepId } from '../model/ids.ts';
import type { SeenPart } from '../model/state.ts';
import type { FileStore } from './file-store.ts';
import { readNumbered, readPlain, readPlainWindow, type ShownFile } from './shown-file.ts';
import type { ShownOutput } from './shown-output.ts';
import { SILENT_PROGRAMS } from './silent-programs.ts';
import { type ShownWindow, WindowLedger } from './window-ledger.ts';

/** What the agent was shown of each file, in order of time. */
export class SeenLedger {
  readonly windows = new WindowLedger();
  private readonly byPath = new Map<string, SeenPart[]>();

  add(path: string, part: SeenPart): void {
    const parts = this.byPath.get(path);
    if (parts) parts.push(part);
    else this.byPath.set(path, [part]);
  }

  of(path: string): readonly SeenPart[] {
    return this.byPath.get(path) ?? [];
  }
}

/** A file that a step read with success. */
export interface FileRead {
  readonly path: string;
  readonly range: LineRange | undefined;
}

const PRINTS_NUMBERS = /\bcat\s+(?:-n|--number)\b/;
const PRINTS_WHOLE = new Set(['cat']);
/** `cat -A` and its like print marks that are not in the file. */
const SHOWS_MARKS = /\bcat\s+(?:-\w*[AeEtTvbs]|--(?:show|squeeze|number-nonblank))/;

export interface ReadContext {
  readonly step: StepId;
  readonly at: Position;
  readonly action: string;
  readonly programs: readonly string[];
  readonly output: ShownOutput | undefined;
  /** Paths that the same step changed: a read may stand before or after the change. */
  readonly changed: readonly string[];
}

/** Records what a step's reads say of the files: that they exist, which lines were seen, and the content where all was. */
export function recordReads(
  reads: readonly FileRead[],
  files: FileStore,
  seen: SeenLedger,
  context: ReadContext,
): void {
  const { step, at, output } = context;
  const [only] = reads;
  const single = reads.length === 1 && only ? only : undefined;
  const shown = single && output && readShown(single, context, output);
  for (const read of reads) {
    const content = read === single && !context.changed.includes(read.path) ? shown?.content : undefined;
    files.observe(read.path, at, content, shown?.endKnown ? 'text' : 'lines');
    if (read === single && shown?.window && !context.changed.includes(read.path))
      joinWindow(read.path, files, seen, at, shown.window);
    const range = shown?.content !== undefined ? undefined : (shown?.range ?? read.range);
    seen.add(read.path, {
      step,
      at,
      version: files.versions(read.path).length,
      ...(range && { range }),
      cut: shown?.cut ?? !(output?.whole ?? false),
    });
  }
}

/** Windows that show all of a file together tell its content, up to the newline at its end. */
function joinWindow(path: string, files: FileStore, seen: SeenLedger, at: number, window: ShownWindow): void {
  const version = files.versions(path).length;
  const isSame = (since: number): boolean => !files.wasDoubted(path, since, at);
  const text = seen.windows.add(path, version, at, window, isSame);
  if (text !== undefined) files.observe(path, at, `${text}\n`, 'lines');
}

/** A command that prints lines of one file as they are, and nothing else. */
const PRINTS_LINES =
  /^(?:cd \S+ && )?(?:sed -n ['"]?\d{1,9},\d{1,9}p['"]? |head (?:-n ?|-)\d{1,9} |tail -n \+\d{1,9} )[^\s|;&<>]+\s*$/;

function readShown(read: FileRead, context: ReadContext, output: ShownOutput): ShownFile | undefined {
  const { programs, action } = context;
  if (SHOWS_MARKS.test(action)) return undefined;
  const last = programs.at(-1);
  if (last === undefined || !PRINTS_WHOLE.has(last)) {
    const numbered = readNumbered(output, read.range);
    return (
      numbered ?? (read.range && PRINTS_LINES.test(action) ? readPlainWindow(output, read.range) : undefined)
    );
  }
  if (
    !programs.slice(0, -1).every((program) => program === 'sed' || SILENT_PROGRAMS.has(program)) ||
    read.range !== undefined
  )
    return undefined;
  return PRINTS_NUMBERS.test(action) ? readNumbered(output, undefined) : readPlain(output);
}

/** Editor tools answer with a listing of the file as it is after the edit. */
const LISTING = /^(?:\[File: .{1,400} lines total\)\]|.{0,400}result of running `cat -n` on)/m;

/** What the answer of an edit shows of the file. */
export function recordListing(path: string, files: FileStore, seen: SeenLedger, context: ReadContext): void {
  const { step, at, output } = context;
  if (!output || !LISTING.test(output.text.slice(0, 1000))) return;
  const shown = readNumbered(output, { from: 1 });
  if (!shown) return;
  if (shown.content !== undefined) files.observe(path, at, shown.content, 'lines');
  const version = files.versions(path).length;
  seen.add(path, { step, at, version, ...(shown.range && { range: shown.range }), cut: shown.cut });
}
