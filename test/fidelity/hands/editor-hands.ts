import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { exhaustive } from '../../../src/base/assert.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import type { Done } from '../recorder/recording.ts';
import { KeptShell } from '../recorder/shell.ts';
import type { World } from '../recorder/world.ts';
import { commandOf } from './bare-hands.ts';
import { type Hands, refuse, runCommand } from './hands.ts';
import { countOf, expandTabs, lineOf, numberLines, replaceFirst } from './text-tools.ts';

/**
 * The two editors of this family differ in what they do to a file beside the edit: SWE-agent's reads with Python's
 * universal newlines and turns every tab into blanks; OpenHands' keeps tabs, reads newlines alike, and reports errors
 * behind `ERROR:`.
 */
export type EditorKind = 'swe-agent' | 'openhands';

/** `str_replace_editor` beside a shell that stays. */
export function editorHands(kind: EditorKind): (world: World) => Hands {
  return (world) => {
    const shell = new KeptShell(world);
    const editor = new Editor(world, kind);
    const tool = kind === 'openhands' ? 'execute_bash' : 'bash';
    return {
      shell,
      async perform(deed) {
        switch (deed.kind) {
          case 'read':
            return editor.view(deed.path, deed.from, deed.to);
          case 'write':
            // The editor only makes files that are not there yet.
            return editor.has(deed.path)
              ? runCommand(shell, tool, commandOf(deed))
              : editor.create(deed.path, deed.text);
          case 'replace':
            return deed.all
              ? runCommand(shell, tool, commandOf(deed))
              : editor.replace(deed.path, deed.old, deed.new);
          case 'insert':
            return editor.insert(deed.path, deed.line, deed.text);
          case 'undo':
            return editor.undo(deed.path);
          case 'run':
          case 'edits':
          case 'delegate':
            return runCommand(shell, tool, commandOf(deed), deed.kind === 'run' ? deed.timeoutMs : undefined);
          default:
            return exhaustive(deed);
        }
      },
    };
  };
}

const SNIPPET = 4;
const TOOL = 'str_replace_editor';

class Editor {
  private readonly world: World;
  private readonly kind: EditorKind;
  private readonly history = new Map<string, string[]>();

  constructor(world: World, kind: EditorKind) {
    this.world = world;
    this.kind = kind;
  }

  has(path: string): boolean {
    return existsSync(this.world.place(path));
  }

  view(path: string, from: number | undefined, to: number | undefined): Done {
    const args: JsonObject = {
      command: 'view',
      path,
      ...(from !== undefined && { view_range: [from, to ?? -1] }),
    };
    if (!this.has(path)) return this.missing(args, path);
    const text = this.load(path);
    const lines = text.split('\n');
    const total = this.kind === 'openhands' && text.endsWith('\n') ? lines.length - 1 : lines.length;
    const last = to === undefined || to === -1 ? total : to;
    if (from !== undefined && (from < 1 || from > total || last > total || last < from))
      return this.fail(
        args,
        `Invalid \`view_range\`: [${from}, ${last}]. It should be within the range of lines of the file: [1, ${total}]`,
      );
    const shown = from === undefined ? text : lines.slice(from - 1, last).join('\n');
    return { tool: TOOL, args, output: this.listing(shown, path, from ?? 1), failed: false };
  }

  create(path: string, text: string): Done {
    const args: JsonObject = { command: 'create', path, file_text: text };
    if (this.has(path))
      return this.fail(
        args,
        `File already exists at: ${path}. Cannot overwrite files using command \`create\`.`,
      );
    mkdirSync(dirname(this.world.place(path)), { recursive: true });
    this.save(path, text);
    return {
      tool: TOOL,
      args,
      output: `File created successfully at: ${path}`,
      failed: false,
      before: undefined,
      after: text,
    };
  }

  replace(path: string, old: string, by: string): Done {
    const args: JsonObject = { command: 'str_replace', path, old_str: old, new_str: by };
    if (!this.has(path)) return this.missing(args, path);
    const [text, from, to] = [this.load(path), old, by].map((part) => this.expand(part));
    if (text === undefined || from === undefined || to === undefined) return this.missing(args, path);
    const found = countOf(text, from);
    if (found === 0)
      return this.fail(
        args,
        `No replacement was performed, old_str \`${from}\` did not appear verbatim in ${path}.`,
      );
    if (found > 1)
      return this.fail(
        args,
        `No replacement was performed. Multiple occurrences of old_str \`${from}\` in lines [${lineOf(text, from)}, ${text.slice(0, text.lastIndexOf(from)).split('\n').length}]. Please ensure it is unique.`,
      );
    return this.settle(
      args,
      path,
      text,
      replaceFirst(text, from, to),
      lineOf(text, from),
      to,
      `a snippet of ${path}`,
    );
  }

  insert(path: string, line: number, addition: string): Done {
    const args: JsonObject = { command: 'insert', path, insert_line: line, new_str: addition };
    if (!this.has(path)) return this.missing(args, path);
    const text = this.expand(this.load(path));
    const more = this.expand(addition);
    const lines = text.split('\n');
    const count = this.kind === 'openhands' && text.endsWith('\n') ? lines.length - 1 : lines.length;
    if (line > count)
      return this.fail(
        args,
        `Invalid \`insert_line\` parameter: ${line}. It should be within the range of lines of the file: [0, ${count}]`,
      );
    const after =
      this.kind === 'swe-agent'
        ? [...lines.slice(0, line), ...more.split('\n'), ...lines.slice(line)].join('\n')
        : insertBetween(text, line, more);
    return this.settle(args, path, text, after, line + 1, more, 'a snippet of the edited file');
  }

  undo(path: string): Done {
    const args: JsonObject = { command: 'undo_edit', path };
    if (!this.has(path)) return this.missing(args, path);
    const before = this.load(path);
    const old = this.history.get(path)?.pop();
    if (old === undefined) return this.fail(args, `No edit history found for ${path}.`);
    this.save(path, old);
    return {
      tool: TOOL,
      args,
      output: `Last edit to ${path} undone successfully. ${this.listing(old, path, 1)}`,
      failed: false,
      before,
      after: old,
    };
  }

  private settle(
    args: JsonObject,
    path: string,
    before: string,
    after: string,
    line: number,
    by: string,
    what: string,
  ): Done {
    this.save(path, after);
    this.history.set(path, [...(this.history.get(path) ?? []), before]);
    const from = Math.max(1, line - SNIPPET);
    const snippet = after.split('\n').slice(from - 1, line + SNIPPET + by.split('\n').length - 1);
    const output =
      `The file ${path} has been edited. ${this.listing(snippet.join('\n'), what, from)}` +
      'Review the changes and make sure they are as expected. Edit the file again if necessary.';
    return { tool: TOOL, args, output, failed: false, before, after };
  }

  private listing(text: string, what: string, from: number): string {
    return `Here's the result of running \`cat -n\` on ${what}:\n${numberLines(this.expand(text), from)}\n`;
  }

  private expand(text: string): string {
    return this.kind === 'swe-agent' ? expandTabs(text) : text;
  }

  private missing(args: JsonObject, path: string): Done {
    return this.fail(args, `The path ${path} does not exist. Please provide a valid path.`);
  }

  private fail(args: JsonObject, message: string): Done {
    return refuse(TOOL, args, this.kind === 'openhands' ? `ERROR:\n${message}` : message);
  }

  /** Python reads every sort of line end as a newline. */
  private load(path: string): string {
    const place = this.world.place(path);
    if (!statSync(place).isFile()) return '';
    return this.world.outward(readFileSync(place, 'utf8')).replaceAll('\r\n', '\n');
  }

  private save(path: string, text: string): void {
    writeFileSync(this.world.place(path), this.world.inward(text));
  }
}

/** Line by line into a new file: an unfinished last line runs into what is put behind it. */
function insertBetween(text: string, line: number, more: string): string {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const cut = starts[line] ?? text.length;
  return `${text.slice(0, cut)}${more}\n${text.slice(cut)}`;
}
