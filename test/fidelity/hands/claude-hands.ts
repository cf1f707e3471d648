import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { exhaustive } from '../../../src/base/assert.ts';
import type { JsonObject } from '../../../src/base/json.ts';
import type { Done } from '../recorder/recording.ts';
import { KeptShell } from '../recorder/shell.ts';
import type { World } from '../recorder/world.ts';
import { commandOf } from './bare-hands.ts';
import { type Hands, refuse, runCommand } from './hands.ts';
import { countOf, numberLines, replaceFirst } from './text-tools.ts';

/** Claude Code: a shell that stays, and Read, Write, Edit and MultiEdit with their rules. */
export function claudeHands(world: World): Hands {
  const shell = new KeptShell(world);
  const files = new ClaudeFiles(world);
  return {
    shell,
    async perform(deed) {
      switch (deed.kind) {
        case 'read':
          return files.read(deed.path, deed.from, deed.to);
        case 'write':
          return files.write(deed.path, deed.text);
        case 'replace':
          return files.edit('Edit', deed.path, [deed], deed.all ?? false);
        case 'edits':
          return files.edit('MultiEdit', deed.path, deed.edits, false);
        case 'delegate':
          return {
            tool: 'Task',
            args: { description: 'help', prompt: deed.prompt },
            output: '',
            failed: false,
          };
        case 'run':
        case 'insert':
        case 'undo': {
          const done = await runCommand(
            shell,
            'Bash',
            commandOf(deed),
            deed.kind === 'run' ? deed.timeoutMs : undefined,
          );
          return { ...done, args: { ...done.args, description: 'Run it' } };
        }
        default:
          return exhaustive(deed);
      }
    },
  };
}

class ClaudeFiles {
  private readonly world: World;
  /** Content as it was read or written last: other files may not be edited. */
  private readonly known = new Map<string, string>();

  constructor(world: World) {
    this.world = world;
  }

  read(path: string, from: number | undefined, to: number | undefined): Done {
    const args: JsonObject = {
      file_path: path,
      ...(from !== undefined && { offset: from }),
      ...(from !== undefined && to !== undefined && { limit: to - from + 1 }),
    };
    const text = this.load(path);
    if (text === undefined)
      return refuse('Read', args, '<tool_use_error>File does not exist.</tool_use_error>');
    this.known.set(path, text);
    if (text === '') {
      const output =
        '<system-reminder>Warning: the file exists but the contents are empty.</system-reminder>';
      return { tool: 'Read', args, output, failed: false };
    }
    const lines = text.replaceAll('\r\n', '\n').split('\n');
    const first = from ?? 1;
    const shown = lines.slice(first - 1, to ?? first + 1999);
    const cut = shown.map((line) => (line.length > 2000 ? line.slice(0, 2000) : line));
    return {
      tool: 'Read',
      args,
      output: numberLines(cut.join('\n'), first, '→'),
      failed: false,
      result: {
        type: 'text',
        file: {
          filePath: path,
          content: shown.join('\n'),
          numLines: shown.length,
          startLine: first,
          totalLines: lines.length,
        },
      },
    };
  }

  write(path: string, text: string): Done {
    const args: JsonObject = { file_path: path, content: text };
    const before = this.load(path);
    if (before !== undefined && this.known.get(path) === undefined) {
      return refuse(
        'Write',
        args,
        '<tool_use_error>File has not been read yet. Read it first before writing to it.</tool_use_error>',
      );
    }
    mkdirSync(dirname(this.world.place(path)), { recursive: true });
    this.save(path, text);
    const created = before === undefined;
    return {
      tool: 'Write',
      args,
      output: created
        ? `File created successfully at: ${path}`
        : `The file ${path} has been updated successfully.`,
      failed: false,
      before,
      after: text,
      result: {
        type: created ? 'create' : 'update',
        filePath: path,
        content: text,
        structuredPatch: [],
        originalFile: before ?? null,
      },
    };
  }

  edit(
    tool: 'Edit' | 'MultiEdit',
    path: string,
    edits: readonly { old: string; new: string }[],
    all: boolean,
  ): Done {
    const listed = edits.map(({ old, new: text }) => ({ old_string: old, new_string: text }));
    const args: JsonObject =
      tool === 'Edit'
        ? { file_path: path, ...listed[0], ...(all && { replace_all: true }) }
        : { file_path: path, edits: listed };
    const fail = (message: string): Done => refuse(tool, args, `<tool_use_error>${message}</tool_use_error>`);
    const raw = this.load(path);
    if (raw === undefined) return fail('File does not exist.');
    if (this.known.get(path) === undefined)
      return fail('File has not been read yet. Read it first before writing to it.');
    if (this.known.get(path) !== raw)
      return fail(
        'File has been modified since read, either by the user or by a linter. Read it again before attempting to write it.',
      );
    // Line ends are put aside for the edit and come back with the write.
    const carriage = raw.includes('\r\n');
    const before = raw.replaceAll('\r\n', '\n');
    let text = before;
    for (const { old, new: by } of edits) {
      if (old === by) return fail('No changes to make: old_string and new_string are exactly the same.');
      const found = countOf(text, old);
      if (found === 0) return fail(`String to replace not found in file.\nString: ${old}`);
      if (found > 1 && !all)
        return fail(
          `Found ${found} matches of the string to replace, but replace_all is false. To replace all occurrences, set replace_all to true. To replace only one occurrence, please provide more context to uniquely identify the instance.\nString: ${old}`,
        );
      // What is deleted up to the end of a line takes the line's end along.
      const target = by === '' && !old.endsWith('\n') && text.includes(`${old}\n`) ? `${old}\n` : old;
      text = all ? text.split(target).join(by) : replaceFirst(text, target, by);
    }
    this.save(path, carriage ? text.replaceAll('\n', '\r\n') : text);
    const [first] = edits;
    return {
      tool,
      args,
      output: `The file ${path} has been updated successfully.`,
      failed: false,
      before,
      after: text,
      result: {
        filePath: path,
        ...(tool === 'Edit'
          ? { oldString: first?.old ?? '', newString: first?.new ?? '', replaceAll: all }
          : { edits: listed.map((edit) => ({ ...edit, replace_all: false })) }),
        originalFile: before,
        structuredPatch: [],
        userModified: false,
      },
    };
  }

  private load(path: string): string | undefined {
    const place = this.world.place(path);
    if (!existsSync(place) || !statSync(place).isFile()) return undefined;
    return this.world.outward(readFileSync(place, 'utf8'));
  }

  private save(path: string, text: string): void {
    writeFileSync(this.world.place(path), this.world.inward(text));
    this.known.set(path, text);
  }
}
