import { asArray, asObject, asString, type JsonObject } from '../../base/json.ts';
import type { Effect, LineRange } from '../../model/effect.ts';
import { flagArg, numberArg, pathArg, textArg } from './arguments.ts';
import { readTool, replaceTool, searchReplaceBlocks } from './editor-tools.ts';
import { type ToolReader, toolResult } from './tool-call.ts';

/** Roo Code's `read_file`: several files, each with ranges of lines; others name one. */
export const readFilesTool: ToolReader = (call) => {
  const files = filesOf(call.args);
  if (files.length === 0) return readTool(call);
  return toolResult(
    call,
    files.flatMap((file) => {
      const path = pathArg(file) ?? '';
      const ranges = rangesOf(file);
      const whole: Effect = { kind: 'read', path, certainty: 'certain' };
      return ranges.length === 0 ? [whole] : ranges.map((range): Effect => ({ ...whole, range }));
    }),
  );
};

/** `apply_diff`: search and replace in one file, or in several at once. */
export const applyDiffTool: ToolReader = (call) => {
  const files = filesOf(call.args);
  if (files.length === 0) return replaceTool(call);
  return toolResult(
    call,
    files.map((file): Effect => {
      const diff = textArg(file, 'diff', 'content') ?? '';
      return {
        kind: 'write',
        path: pathArg(file) ?? '',
        change: searchReplaceBlocks(diff),
        certainty: 'likely',
      };
    }),
  );
};

/** Roo Code's `search_and_replace` replaces every match; between lines, or with a pattern, the result is not known. */
export const searchAndReplaceTool: ToolReader = (call) => {
  const { args } = call;
  const path = pathArg(args);
  const old = textArg(args, 'search');
  const text = textArg(args, 'replace');
  if (path === undefined || old === undefined || text === undefined) return replaceTool(call);
  const exact =
    !flagArg(args, 'use_regex', 'ignore_case') &&
    numberArg(args, 'start_line', 'end_line') === undefined &&
    // A `$` in the new text may stand for what was found.
    !/\$[$&`'\d]/.test(text);
  return toolResult(call, [
    {
      kind: 'write',
      path,
      change: exact ? { kind: 'replace', old, new: text, all: true } : { kind: 'unknown' },
      certainty: 'likely',
    },
  ]);
};

/** Something that a server holds. */
export const mcpResourceTool: ToolReader = (call) => {
  const target = textArg(call.args, 'uri', 'url');
  return toolResult(call, [
    { kind: 'network', direction: 'fetch', ...(target !== undefined && { target }), certainty: 'likely' },
  ]);
};

/** The call inside of `use_mcp_tool`: name and arguments of the server's own tool. */
export function unwrapMcpCall(
  args: JsonObject | undefined,
): { readonly tool: string; readonly args: JsonObject } | undefined {
  const tool = textArg(args, 'tool_name', 'toolName');
  if (tool === undefined) return undefined;
  const server = textArg(args, 'server_name', 'serverName') ?? 'mcp';
  return { tool: `${server}/${tool}`, args: parse(args?.arguments) };
}

function parse(value: unknown): JsonObject {
  const text = asString(value);
  if (text === undefined) return asObject(value) ?? {};
  try {
    return asObject(JSON.parse(text)) ?? {};
  } catch {
    return {};
  }
}

function filesOf(args: JsonObject | undefined): JsonObject[] {
  const listed = asArray(args?.files) ?? readTags(asString(args?.args) ?? '');
  return listed.flatMap((file) => {
    const object = asObject(file);
    return object && pathArg(object) !== undefined ? [object] : [];
  });
}

/** `line_range: "10-20"`, or `line_ranges: [[10, 20]]`. */
function rangesOf(file: JsonObject): LineRange[] {
  const listed = asArray(file.line_ranges) ?? (file.line_range === undefined ? [] : [file.line_range]);
  return listed.flatMap((range): LineRange[] => {
    const numbers = Array.isArray(range) ? range : (asString(range)?.match(/\d{1,9}/g) ?? []);
    const from = Number(numbers[0]);
    const to = Number(numbers[1]);
    if (!Number.isInteger(from)) return [];
    return [Number.isInteger(to) && to >= from ? { from, to } : { from }];
  });
}

/** Files in the tags in which Roo Code's models write them: a path, and diffs or ranges of lines. */
function readTags(text: string): JsonObject[] {
  return tagged(text, 'file').map((file) => {
    const [path] = tagged(file, 'path');
    const diffs = tagged(file, 'diff').map((diff) => tagged(diff, 'content')[0] ?? diff);
    const ranges = tagged(file, 'line_range').map((range) => range.match(/\d{1,9}/g)?.map(Number) ?? []);
    return {
      ...(path !== undefined && { path: path.trim() }),
      ...(diffs.length > 0 && { diff: diffs.join('\n') }),
      ...(ranges.length > 0 && { line_ranges: ranges }),
    };
  });
}

/** What stands between an opening tag and the closing tag behind it. */
function tagged(text: string, name: string): string[] {
  const [open, close] = [`<${name}>`, `</${name}>`];
  const found: string[] = [];
  for (let at = text.indexOf(open); at >= 0; at = text.indexOf(open, at)) {
    const end = text.indexOf(close, at);
    if (end < 0) break;
    found.push(text.slice(at + open.length, end));
    at = end + close.length;
  }
  return found;
}
