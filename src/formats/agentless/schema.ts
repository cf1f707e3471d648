import { asArray, asString, type JsonObject } from '../../base/json.ts';
import { baseName } from '../../base/path.ts';
import { type Millis, toMillis } from '../../model/ids.ts';

/** A record of a stage's log: Python's `logging` with time and level; further lines of its text follow. */
export interface LogRecord {
  readonly at: Millis | undefined;
  readonly line: number;
  readonly text: string;
}

const PREFIX = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),(\d{3}) - [A-Z]{4,8} - /;

/** The start of a record; undefined for a further line of the one before. */
export function readLogStart(text: string): { at: Millis | undefined; rest: string } | undefined {
  const match = PREFIX.exec(text);
  return match ? { at: toMillis(`${match[1]}.${match[2]}`), rest: text.slice(match[0].length) } : undefined;
}

/** `================ localize <id> ================`, the start of a stage on a task. */
export function readStageHeader(text: string): { stage: 'localize' | 'repair'; id: string } | undefined {
  const match = /^={10,20} (localize|repairing) (\S{1,200}) ={10,20}$/.exec(text);
  if (!match) return undefined;
  return { stage: match[1] === 'localize' ? 'localize' : 'repair', id: match[2] ?? '' };
}

/** What the rows of an output file are; by the keys, so that a renamed file is known too. */
export type RowKind = 'locations' | 'samples' | 'patch';

export function rowKind(row: JsonObject): RowKind | undefined {
  if (asString(row.instance_id) === undefined) return undefined;
  if ('found_files' in row) return 'locations';
  if ('all_generations' in row || (asArray(row.raw_output) && 'try_count' in row)) return 'samples';
  if ('model_patch' in row && 'raw_model_patch' in row) return 'patch';
  return undefined;
}

/** The same from the head of a file whose first row may be cut. */
export function rowKindOfHead(head: string, name: string): RowKind | undefined {
  const text = head.trimStart();
  if (!/^\{\s*"(?:instance_id|model_name_or_path)"/.test(text)) return undefined;
  const row = text.slice(0, text.includes('\n') ? text.indexOf('\n') : text.length);
  if (!/"instance_id"\s*:\s*"/.test(row)) return undefined;
  if (/"found_files"\s*:/.test(row)) return 'locations';
  if (/^\{\s*"instance_id"\s*:\s*"[^"]{1,200}",\s*"raw_output"\s*:\s*\[/.test(row)) return 'samples';
  if (
    /"model_patch"\s*:/.test(row) &&
    (/"raw_model_patch"\s*:/.test(row) || /^output_\d+_processed/.test(baseName(name)))
  ) {
    return 'patch';
  }
  return undefined;
}

/** The tool's name for a prompt: the stage, and what it asks for. */
export function nameCall(stage: 'localize' | 'repair' | undefined, prompt: string): string {
  if (stage === 'repair') return 'repair';
  const head = prompt.slice(0, 1500);
  if (/list of[^.]{0,40}\bfiles\b/i.test(head)) return 'localize_files';
  if (/set of locations that need to be edited|exact line numbers/i.test(head)) return 'localize_edits';
  if (/locations that need inspection or editing|Skeleton of Relevant Files/i.test(head))
    return 'localize_related';
  return 'ask_model';
}

/** The text of the issue that a prompt holds. */
export function readIssue(prompt: string): string | undefined {
  const match =
    /### GitHub Problem Description ###\n([\s\S]*?)\n\s*\n###\n/.exec(prompt) ??
    /--- BEGIN ISSUE ---\n([\s\S]*?)\n--- END ISSUE ---/.exec(prompt);
  const text = match?.[1]?.trim();
  return text === '' ? undefined : text;
}
