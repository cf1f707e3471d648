import { asArray, asNumber, asObject, asString, type JsonObject } from '../../base/json.ts';
import type { ContentChange, Effect, LineRange } from '../../model/effect.ts';
import { flagArg, numberArg, pathArg, textArg } from './arguments.ts';
import { type ToolCall, type ToolReader, toolResult } from './tool-call.ts';

function write(path: string, change: ContentChange, creates = false): Effect {
  return { kind: 'write', path, change, ...(creates && { creates: true }), certainty: 'certain' };
}

/** `str_replace_editor`, `file_editor`, `str_replace_based_edit_tool`: one tool with a command argument. */
export function editorCommand(args: JsonObject | undefined): Effect[] {
  const path = pathArg(args);
  if (path === undefined) return [];
  switch (textArg(args, 'command')) {
    case 'view': {
      const range = viewRange(args);
      return [{ kind: 'read', path, ...(range && { range }), certainty: 'certain' }];
    }
    case 'create':
      return [write(path, { kind: 'set', content: textArg(args, 'file_text', 'content') ?? '' }, true)];
    case 'str_replace':
      return [
        write(path, {
          kind: 'replace',
          old: textArg(args, 'old_str') ?? '',
          new: textArg(args, 'new_str') ?? '',
          all: flagArg(args, 'replace_all'),
          plain: true,
        }),
      ];
    case 'insert': {
      const line = numberArg(args, 'insert_line');
      const text = textArg(args, 'new_str', 'insert_text') ?? '';
      if (line === undefined) return [write(path, { kind: 'unknown' })];
      // The text's lines are put between lines: one that ends in a newline leaves a blank line.
      return [write(path, { kind: 'splice', from: line + 1, to: line, content: `${text}\n`, plain: true })];
    }
    case 'undo_edit':
      return [write(path, { kind: 'undo' })];
    case 'delete':
      return [{ kind: 'delete', path, recursive: true, certainty: 'certain' }];
    case 'rename': {
      const to = textArg(args, 'new_path');
      return to === undefined ? [] : [{ kind: 'move', from: path, to, certainty: 'certain' }];
    }
    case undefined:
    default:
      return [];
  }
}

function viewRange(args: JsonObject | undefined): LineRange | undefined {
  const text = asString(args?.['view_range']);
  const pair = asArray(args?.['view_range']) ?? text?.match(/-?\d{1,9}/g)?.map(Number);
  const from = asNumber(pair?.[0]);
  const to = asNumber(pair?.[1]);
  if (from === undefined) return undefined;
  return to === undefined || to < 0 ? { from } : { from, to };
}

export const editorTool: ToolReader = (call) => {
  const effects = editorCommand(call.args);
  return toolResult(call, effects, effects.length > 0);
};

/** Claude Code's Read and its kin: `offset` and `limit` in lines, `start`/`end` in others. */
export const readTool: ToolReader = (call) => {
  const path = pathArg(call.args);
  if (path === undefined) {
    const paths = (asArray(call.args?.['paths']) ?? asArray(call.args?.['include']))?.flatMap(
      (one) => asString(one) ?? [],
    );
    return (
      paths &&
      toolResult(
        call,
        paths.map((path) => ({ kind: 'read', path, certainty: 'certain' })),
      )
    );
  }
  const range = readRange(call.args);
  return toolResult(call, [{ kind: 'read', path, ...(range && { range }), certainty: 'certain' }]);
};

function readRange(args: JsonObject | undefined): LineRange | undefined {
  const view = viewRange(args);
  if (view) return view;
  const from = numberArg(args, 'offset', 'line_offset', 'start_line', 'start_line_one_indexed', 'startLine');
  const count = numberArg(args, 'limit', 'n_lines', 'line_count');
  const end = numberArg(args, 'end_line', 'end_line_one_indexed_inclusive', 'endLine');
  if (from === undefined && count === undefined && end === undefined) return undefined;
  const first = Math.max(1, from ?? 1);
  const last = end ?? (count === undefined ? undefined : first + count - 1);
  return last === undefined || last < first ? { from: first } : { from: first, to: last };
}

/** A whole file's content. */
export const writeTool: ToolReader = (call) => {
  const path = pathArg(call.args);
  if (path === undefined) return undefined;
  const content = textArg(call.args, 'content', 'contents', 'file_text', 'text', 'fileText', 'data');
  const append = textArg(call.args, 'mode') === 'append';
  if (content === undefined) return toolResult(call, [write(path, { kind: 'unknown' })]);
  const effect = write(path, { kind: append ? 'append' : 'set', content }, !append);
  // Cline and its kin save through an editor that may format the text.
  return toolResult(call, [call.key === 'writetofile' ? { ...effect, certainty: 'likely' } : effect]);
};

/** Exact replacements: one, several in `edits`, or Kimi's `edit`. */
export const replaceTool: ToolReader = (call) => {
  const path = pathArg(call.args);
  const { args } = call;
  if (path === undefined) return undefined;
  const diff = textArg(args, 'diff');
  const listed =
    asArray(args?.['edits']) ??
    asArray(args?.['edit']) ??
    (asObject(args?.['edit']) ? [args?.['edit']] : diff === undefined ? [args] : undefined);
  if (!listed) {
    const change = searchReplaceBlocks(diff ?? '');
    // The editor behind the agent may format what it saves.
    return toolResult(call, [{ ...write(path, change), certainty: 'likely' }]);
  }
  const changes = listed.map(
    (entry): ContentChange => replacement(call, asObject(entry)) ?? { kind: 'unknown' },
  );
  const [first] = changes;
  const creates = first?.kind === 'set';
  const change: ContentChange = changes.length === 1 && first ? first : { kind: 'sequence', changes };
  const effect = write(path, change, creates);
  const sure = listed.every((entry) => isTakenAsIs(call, path, asObject(entry)));
  return toolResult(call, [sure ? effect : { ...effect, certainty: 'likely' }]);
};

/** Tools to which no old text means a new file; to others it is a text that stands everywhere. */
const MAKES_FILES = new Set(['edit', 'multiedit', 'replace', 'searchreplace', 'editfile']);

function replacement({ tool, key }: ToolCall, args: JsonObject | undefined): ContentChange | undefined {
  const old = oldText(args);
  const text = newText(args);
  if (old === undefined || text === undefined) return undefined;
  if (old === '' && MAKES_FILES.has(key)) return { kind: 'set', content: text };
  const expected = numberArg(args, 'expected_replacements');
  const all =
    flagArg(args, 'replace_all', 'replaceAll', 'allow_multiple') || (expected !== undefined && expected > 1);
  // Claude Code's rule, of which other tools that share the names know nothing.
  const dropsLineEnd = text === '' && (tool === 'Edit' || tool === 'MultiEdit');
  return { kind: 'replace', old, new: text, all, ...(dropsLineEnd && { dropsLineEnd }) };
}

const oldText = (args: JsonObject | undefined): string | undefined =>
  textArg(args, 'old_string', 'old_str', 'oldString', 'old_text', 'oldText', 'old', 'search');
const newText = (args: JsonObject | undefined): string | undefined =>
  textArg(args, 'new_string', 'new_str', 'newString', 'new_text', 'newText', 'new', 'replace');

/** Whether a tool puts the new text into the file as the call has it. */
function isTakenAsIs(call: ToolCall, path: string, args: JsonObject | undefined): boolean {
  const text = newText(args) ?? '';
  // Claude Code may cut blanks off at the ends of lines, but not in Markdown.
  if (call.tool === 'Edit' || call.tool === 'MultiEdit')
    return /\.mdx?$/i.test(path) || !/[ \t](?:\r?\n|$)/.test(text);
  // Gemini may take escapes for a mistake of the model, and older ones read `$` as a pattern.
  if (call.key === 'replace') return !/\\[ntr'"`\\\n]|\$[$&`'\d]/.test(text);
  return true;
}

/**
 * Cline's `<<<<<<< SEARCH … ======= … >>>>>>> REPLACE` blocks, with seven characters or Roo's dashes. `wholeLines`: their
 * lines are looked for with the line ends.
 */
export function searchReplaceBlocks(diff: string, wholeLines = true): ContentChange {
  const join = (lines: readonly string[]): string =>
    wholeLines ? lines.map((line) => `${line}\n`).join('') : lines.join('\n');
  const changes: ContentChange[] = [];
  let old: string[] | undefined;
  let text: string[] | undefined;
  for (const line of diff.split('\n')) {
    if (/^(?:<{5,9}|-{5,9}) ?SEARCH>?/.test(line)) {
      old = [];
      text = undefined;
    } else if (/^={5,9}\s*$/.test(line) && old && !text) text = [];
    else if (/^(?:>{5,9}|\+{5,9}) ?REPLACE>?/.test(line) && old && text) {
      changes.push({ kind: 'replace', old: join(old), new: join(text), all: false });
      old = undefined;
      text = undefined;
    } else if (text) text.push(line);
    else if (old && !/^(?::start_line:|:end_line:|-{5,9}\s*$)/.test(line)) old.push(line);
  }
  const [only] = changes;
  if (changes.length === 0) return { kind: 'unknown' };
  return changes.length === 1 && only ? only : { kind: 'sequence', changes };
}

/** A cell of a notebook: the file changes in a way that its JSON decides. */
export const notebookTool: ToolReader = (call) => {
  const path = pathArg(call.args);
  return path === undefined ? undefined : toolResult(call, [write(path, { kind: 'unknown' })]);
};

/** Text put before a line, at its end when the line is 0 (Roo's `insert_content`). */
export const insertTool: ToolReader = (call) => {
  const path = pathArg(call.args);
  if (path === undefined) return undefined;
  const line = numberArg(call.args, 'line', 'insert_line', 'line_number');
  const text = textArg(call.args, 'content', 'text', 'new_str', 'insert_text');
  if (line === undefined || text === undefined) return toolResult(call, [write(path, { kind: 'unknown' })]);
  // The text's lines are put between lines: one that ends in a newline leaves a blank line.
  const content = `${text}\n`;
  const change: ContentChange =
    line <= 0 ? { kind: 'append', content } : { kind: 'splice', from: line, to: line - 1, content };
  // The editor behind the agent may format what it saves, and the text's last newline may be cut off on the way.
  return toolResult(call, [{ ...write(path, change), certainty: 'likely' }]);
};
