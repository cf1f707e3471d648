import { asBoolean, asNumber, asObject, asString, type JsonObject } from '../../base/json.ts';
import { renderAction } from '../../formats/shared/render-action.ts';
import { toolOfAction } from '../../formats/swe-agent/tools.ts';
import { readShortenedArgs } from './shortened-args.ts';

/** A step of a shortened record: what was called, why, and, in some sets, what it showed. */
export interface ShortenedStep {
  readonly step: number;
  readonly tool: string;
  /** The file that the call is for, as whoever shortened the record followed it. */
  readonly path?: string;
  readonly args?: string;
  readonly reason?: string;
  readonly saw?: string;
  readonly failed?: boolean;
}

/** Undefined when it is no such record. */
export function readShortenedStep(value: unknown): ShortenedStep | undefined {
  const row = asObject(value);
  const step = asNumber(row?.['step']);
  const tool = asString(row?.['tool']);
  if (!row || step === undefined || tool === undefined) return undefined;
  const path = asString(row['path']);
  const args = asString(row['args']);
  const reason = asString(row['reason']);
  const saw = asString(row['saw']);
  const failed = asBoolean(row['error_flag']);
  return {
    step,
    tool,
    ...(path !== undefined && { path }),
    ...(args !== undefined && { args }),
    ...(reason !== undefined && { reason }),
    ...(saw !== undefined && { saw }),
    ...(failed !== undefined && { failed }),
  };
}

export interface ShortenedCall {
  readonly tool: string;
  readonly action: string;
  readonly args?: JsonObject;
}

/** An editor with its command: `str_replace_editor.view`. */
const EDITOR = /^(str_replace_editor|str_replace_based_edit_tool|file_editor)\.(\w{1,40})$/;

/** The call that a step made, under the names that the frameworks' own artifacts have for it. */
export function readShortenedCall(step: ShortenedStep): ShortenedCall {
  const { values, cut, rest } = readShortenedArgs(step.args ?? '');
  const given = asString(values['command']);
  const path = cut === 'path' || asString(values['path']) === undefined ? step.path : undefined;
  const known: JsonObject = {
    ...values,
    ...(path !== undefined && { path }),
    ...(rest !== undefined && { rest }),
  };
  const [, editor, command] = EDITOR.exec(step.tool) ?? [];
  if (editor !== undefined) {
    if (given === undefined || given === command) return named(editor, { command, ...known });
    // Arguments of several calls of one turn were put together; tool and path of the record are those of the first.
    const own = { ...known, command, ...(step.path !== undefined && { path: step.path }) };
    return named(editor, {
      ...own,
      rest: [`command: ${given}`, ...(rest === undefined ? [] : [rest])].join('\n'),
    });
  }
  if (given !== undefined) return readCommand(given, step.path);
  // These records come from tools on a project's files: their plain `search` is no search of the web.
  if (step.tool === 'search') return named('codebase_search', dropPath(known));
  return toolOfAction(step.tool) === 'bash' ? named(step.tool, known) : readCommand(step.tool, step.path);
}

function named(tool: string, args: JsonObject): ShortenedCall {
  return { tool, action: renderAction(tool, args), args };
}

/** What stands as the path of a search is the text that was looked for. */
function dropPath(args: JsonObject): JsonObject {
  return args['path'] === args['query']
    ? Object.fromEntries(Object.entries(args).filter(([key]) => key !== 'path'))
    : args;
}

/** A line for SWE-agent's interface or for the shell below it. */
function readCommand(command: string, path: string | undefined): ShortenedCall {
  const tool = toolOfAction(command);
  if (tool === 'bash') return { tool, action: command, args: { command } };
  if (tool !== 'edit' || path === undefined) return { tool, action: command };
  // The file in the window was followed by whoever shortened the record; the command itself does not name it.
  const range = /^\s*edit[ \t]+(\d{1,9}):(\d{1,9})[ \t]*\r?\n/.exec(command);
  if (!range) return { tool, action: command, args: { path } };
  const body = command.slice(range[0].length);
  const end = body.lastIndexOf('end_of_edit');
  const text = (end < 0 ? body : body.slice(0, end)).replace(/\n$/, '');
  const args = {
    path,
    start_line: Number(range[1]),
    end_line: Number(range[2]),
    replacement_text: text === '' ? '' : `${text}\n`,
  };
  return { tool, action: command, args };
}
