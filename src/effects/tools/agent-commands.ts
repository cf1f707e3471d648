import type { Effect, LineRange } from '../../model/effect.ts';
import { numberArg, pathArg, textArg } from './arguments.ts';
import { editorCommand } from './editor-tools.ts';
import { type ToolAnalysis, type ToolCall, type ToolReader, toolResult } from './tool-call.ts';

/** SWE-agent's own commands, as text or as calls: a viewer with a window on one open file. */
const NAMES = new Set(
  'open goto scroll_up scroll_down search_file search_dir find_file create edit insert str_replace_editor submit filemap view_file set_cursors undo_edit rethink skip forfeit'.split(
    ' ',
  ),
);

/** Reads a text that begins with one of SWE-agent's commands; undefined for anything else. */
export function readAgentCommand(text: string, call: ToolCall): ToolAnalysis | undefined {
  const match = /^\s*([a-z_]{4,20})(?=\s|$)/.exec(text);
  const name = match?.[1];
  if (name === undefined || !NAMES.has(name)) return undefined;
  const rest = text.slice(match?.[0].length ?? 0).replace(/^[ \t]+/, '');
  const [first = ''] = rest.split('\n', 1);
  // `open`, `create` and `edit` are also words of other shells; theirs come with an option or a pipe.
  if (/^-|[|;&]/.test(first) && name !== 'edit' && name !== 'insert' && name !== 'str_replace_editor')
    return undefined;
  return toolResult({ ...call, tool: name }, effectsOf(name, rest, call));
}

/** The same commands as calls with arguments. */
export const agentTool: ToolReader = (call) => {
  const name = call.tool;
  const { args } = call;
  if (args === undefined || Object.keys(args).length === 0) {
    return readAgentCommand(call.action, call) ?? toolResult(call, effectsOf(name, '', call));
  }
  switch (name) {
    case 'edit': {
      const search = textArg(args, 'search');
      const line = numberArg(args, 'start_line');
      if (search !== undefined)
        return toolResult(call, [
          writeOpen(call, {
            kind: 'replace',
            old: search,
            new: textArg(args, 'replace') ?? '',
            all: args['replace-all'] === true || args['replace_all'] === true,
          }),
        ]);
      if (line === undefined) return undefined;
      const to = numberArg(args, 'end_line') ?? line;
      const content = textArg(args, 'replacement_text', 'text') ?? '';
      return toolResult(call, [writeOpen(call, { kind: 'splice', from: line, to, content })]);
    }
    case 'insert': {
      const line = numberArg(args, 'line');
      const content = textArg(args, 'text') ?? '';
      return toolResult(call, [writeOpen(call, insertion(line, content))]);
    }
    case 'create':
      return toolResult(call, [createEmpty(textArg(args, 'filename', 'path') ?? '', call)]);
    case 'open':
      return toolResult(call, [readWindow(textArg(args, 'path') ?? '', call)]);
    case 'find_file':
      return toolResult(call, [search(textArg(args, 'file_name'), textArg(args, 'dir') ?? '.')]);
    case 'search_dir':
    case 'search_file':
      return toolResult(call, [search(textArg(args, 'search_term'), textArg(args, 'dir', 'file') ?? '.')]);
    default:
      return toolResult(call, effectsOf(name, '', call));
  }
};

function effectsOf(name: string, rest: string, call: ToolCall): Effect[] {
  const words = shellWords(rest);
  switch (name) {
    case 'open':
    case 'view_file':
    case 'filemap':
      return words[0] === undefined ? [] : [readWindow(words[0], call)];
    case 'goto':
    case 'scroll_up':
    case 'scroll_down': {
      const path = openFile(call.observation);
      return path === undefined ? [] : [readWindow(path, call)];
    }
    case 'create':
      return words[0] === undefined ? [] : [createEmpty(words[0], call)];
    case 'find_file':
    case 'search_dir':
      return [search(words[0], words[1] ?? '.')];
    case 'search_file':
      return [search(words[0], words[1] ?? openFile(call.observation) ?? '.')];
    case 'edit':
      return [editOpen(rest, call)];
    case 'insert': {
      const line = words.findIndex((word, i) => i > 0 && /^\d+$/.test(word));
      return [writeOpen(call, insertion(line > 0 ? Number(words[line]) : undefined, words[0] ?? ''))];
    }
    case 'str_replace_editor':
      return editorText(words);
    case 'submit':
      return [{ kind: 'submit', certainty: 'certain' }];
    case 'undo_edit': {
      const path = words[0] ?? openFile(call.observation);
      return path === undefined
        ? []
        : [{ kind: 'write', path, change: { kind: 'undo' }, certainty: 'certain' }];
    }
    default:
      return [];
  }
}

/** `edit 5:7` with the new lines up to `end_of_edit`, or `edit 'old' 'new' [all]`. */
function editOpen(rest: string, call: ToolCall): Effect {
  const lines = /^(\d{1,9}):(\d{1,9})[ \t]*\r?\n/.exec(rest);
  if (lines) {
    const body = rest.slice(lines[0].length);
    const end = body.lastIndexOf('end_of_edit');
    const content = (end >= 0 ? body.slice(0, end) : body).replace(/\n$/, '');
    return writeOpen(call, {
      kind: 'splice',
      from: Number(lines[1]),
      to: Number(lines[2]),
      content: content === '' ? '' : `${content}\n`,
    });
  }
  // Without a range and without quotes nobody can say which lines were meant.
  if (!/^['"]/.test(rest)) return writeOpen(call, { kind: 'unknown' });
  const [old, text, all] = shellWords(rest);
  if (old === undefined || text === undefined) return writeOpen(call, { kind: 'unknown' });
  return writeOpen(call, { kind: 'replace', old, new: text, all: /^true$/i.test(all ?? '') });
}

function insertion(line: number | undefined, content: string): Extract<Effect, { kind: 'write' }>['change'] {
  const text = content.endsWith('\n') ? content : `${content}\n`;
  // The tool inserts after the line; without one, at the end.
  return line === undefined
    ? { kind: 'append', content: text }
    : { kind: 'splice', from: line + 1, to: line, content: text };
}

function writeOpen(call: ToolCall, change: Extract<Effect, { kind: 'write' }>['change']): Effect {
  const given = pathArg(call.args);
  const path = given === undefined ? openFile(call.observation) : shownPath(given, call.observation);
  // The command is for the file in the window; where the answer does not name it, no path is invented.
  if (path === undefined) return { kind: 'build', tool: call.tool, targets: [], certainty: 'certain' };
  return { kind: 'write', path, change, certainty: 'certain' };
}

function createEmpty(name: string, call: ToolCall): Effect {
  const path = shownPath(name, call.observation);
  return { kind: 'write', path, change: { kind: 'set', content: '\n' }, creates: true, certainty: 'certain' };
}

function search(pattern: string | undefined, path: string): Effect {
  return { kind: 'search', ...(pattern !== undefined && { pattern }), paths: [path], certainty: 'certain' };
}

/** The window that a file was opened at: `(12 more lines above)` and `(30 more lines below)` frame it. */
function readWindow(name: string, call: ToolCall): Effect {
  const path = shownPath(name, call.observation);
  const range = shownRange(call.observation);
  return { kind: 'read', path, ...(range && { range }), certainty: 'certain' };
}

/** The answer names the file with its folder, which the shell's directory, where it is lost, does not give. */
function shownPath(name: string, observation: string | undefined): string {
  const shown = openFile(observation);
  const plain = name.replace(/^\.\//, '');
  return shown?.startsWith('/') && (shown === plain || shown.endsWith(`/${plain}`)) ? shown : name;
}

/** The file that the answer's header names: `[File: /repo/a.py (120 lines total)]`. */
function openFile(observation: string | undefined): string | undefined {
  const text = observation ?? '';
  const file = /\[File: ([^\n]{1,500}?) \(\d+ lines total\)/.exec(text.slice(0, 200_000))?.[1];
  if (file !== undefined) return file;
  const state = /\(Open file: ([^\n)]{1,500})\)/.exec(text.slice(-2_000))?.[1];
  return state === undefined || state === 'n/a' ? undefined : state;
}

function shownRange(observation: string | undefined): LineRange | undefined {
  const text = observation ?? '';
  if (!text.includes('[File: ')) return undefined;
  const total = /\((\d{1,9}) lines total\)/.exec(text)?.[1];
  const above = /\((\d{1,9}) more lines above\)/.exec(text)?.[1];
  const below = /\((\d{1,9}) more lines below\)/.exec(text)?.[1];
  const from = Number(above ?? '0') + 1;
  const to = total === undefined ? undefined : Number(total) - Number(below ?? '0');
  return to === undefined || to < from ? { from } : { from, to };
}

function editorText(words: readonly string[]): Effect[] {
  const args: Record<string, unknown> = {};
  const [command, path] = words;
  for (let i = 2; i < words.length; i++) {
    const name = /^--(\w+)$/.exec(words[i] ?? '')?.[1];
    if (name === undefined) continue;
    if (name === 'view_range') {
      args[name] = [Number(words[i + 1]), Number(words[i + 2])];
      i += 2;
    } else {
      args[name] = words[++i];
    }
  }
  return editorCommand({ ...args, command, path });
}

/** Words with quotes removed; text after the last quote is kept as it stands. */
function shellWords(text: string): string[] {
  const words: string[] = [];
  const pattern = /\s*(?:'((?:[^'\\]|\\[^']|'"'"'|'\\'')*)'|"((?:[^"\\]|\\.)*)"|([^\s'"]+))/gsy;
  const source = text.slice(0, 1_000_000);
  for (let match = pattern.exec(source); match; match = pattern.exec(source)) {
    const [, single, double, plain] = match;
    if (single !== undefined) words.push(single.replaceAll(`'"'"'`, "'").replaceAll(`'\\''`, "'"));
    else if (double !== undefined) words.push(double.replace(/\\(["\\$`])/g, '$1'));
    else words.push(plain ?? '');
    if (match[0] === '') break;
  }
  return words;
}
