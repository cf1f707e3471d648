import type { JsonObject } from '../../base/json.ts';
import { parseTerminusResponse } from '../terminus-2/parse-response.ts';
import { renderTool, type ToolAction } from './action.ts';

/** Actions that a message carries as text, for exports that keep the model's raw answer instead of tool calls. */
export interface TextActions {
  /** What the agent said beside them. */
  readonly thoughts: readonly string[];
  readonly actions: readonly ToolAction[];
}

/** Reads Terminus 2's JSON or XML answer, or OpenHands' `<function=name>` form; undefined for plain text. */
export function readTextActions(message: string): TextActions | undefined {
  if (message.includes('<function=')) return readFunctionTags(message);
  if (!message.includes('commands')) return undefined;
  const response = parseTerminusResponse(message);
  if (response.commands.length === 0) return undefined;
  return {
    thoughts: response.thoughts,
    actions: response.commands.map(({ keystrokes, args }) => ({
      tool: 'bash_command',
      action: keystrokes,
      args,
    })),
  };
}

const FUNCTION = '<function=';
const PARAMETER = '<parameter=';

function readFunctionTags(message: string): TextActions | undefined {
  const thoughts: string[] = [];
  const actions: ToolAction[] = [];
  let from = 0;
  for (let start = message.indexOf(FUNCTION); start >= 0; start = message.indexOf(FUNCTION, from)) {
    const nameEnd = message.indexOf('>', start);
    if (nameEnd < 0) break;
    const close = message.indexOf('</function>', nameEnd);
    const end = close < 0 ? message.length : close;
    thoughts.push(message.slice(from, start));
    const name = message.slice(start + FUNCTION.length, nameEnd).trim();
    actions.push(renderTool(name, readParameters(message.slice(nameEnd + 1, end))));
    from = close < 0 ? message.length : close + '</function>'.length;
  }
  thoughts.push(message.slice(from));
  if (actions.length === 0) return undefined;
  return { thoughts: thoughts.map((text) => text.trim()).filter((text) => text !== ''), actions };
}

function readParameters(body: string): JsonObject {
  const found: [string, string][] = [];
  for (let at = body.indexOf(PARAMETER); at >= 0; ) {
    const nameEnd = body.indexOf('>', at);
    if (nameEnd < 0) break;
    const close = body.indexOf('</parameter>', nameEnd);
    const value = body.slice(nameEnd + 1, close < 0 ? body.length : close);
    // A line break directly inside the tags is layout, not content.
    found.push([
      body.slice(at + PARAMETER.length, nameEnd).trim(),
      value.replace(/^\n/, '').replace(/\n$/, ''),
    ]);
    at = close < 0 ? -1 : body.indexOf(PARAMETER, close);
  }
  return Object.fromEntries(found);
}
