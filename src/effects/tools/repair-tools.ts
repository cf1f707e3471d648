import { asArray, asObject, asString } from '../../base/json.ts';
import type { Effect } from '../../model/effect.ts';
import { numberArg, pathArg, textArg } from './arguments.ts';
import { searchReplaceBlocks } from './editor-tools.ts';
import { type ToolReader, toolResult } from './tool-call.ts';

/** RepairAgent's `read_range` and its readers of methods and tests. */
export const readSourceTool: ToolReader = (call) => {
  const path = pathArg(call.args) ?? textArg(call.args, 'test_file_path');
  if (path === undefined) return undefined;
  const from = numberArg(call.args, 'startline', 'start_line');
  const to = numberArg(call.args, 'endline', 'end_line');
  const range = from === undefined ? undefined : to === undefined || to < from ? { from } : { from, to };
  return toolResult(call, [{ kind: 'read', path, ...(range && { range }), certainty: 'certain' }]);
};

/** RepairAgent's searches through all sources of a project. */
export const searchSourcesTool: ToolReader = (call) => {
  const words = asArray(call.args?.key_words)
    ?.map((word) => asString(word) ?? '')
    .join('|');
  const pattern = words ?? textArg(call.args, 'code_snippet');
  const path = pathArg(call.args);
  return toolResult(call, [
    { kind: 'search', ...(pattern !== undefined && { pattern }), paths: [path ?? '.'], certainty: 'certain' },
  ]);
};

/** A fix of RepairAgent's: lines put in, taken out and changed in the files it names, and the tests run on it. */
export const writeFixTool: ToolReader = (call) => {
  const listed = asArray(call.args?.changes_dicts) ?? asArray(call.args?.fixes_list) ?? [];
  const paths = listed.flatMap((change) => {
    const path = pathArg(asObject(change));
    return path === undefined ? [] : [path];
  });
  return toolResult(call, [
    // Line numbers of one list shift each other in a way that only the tool knows.
    ...[...new Set(paths)].map(
      (path): Effect => ({ kind: 'write', path, change: { kind: 'unknown' }, certainty: 'certain' }),
    ),
    { kind: 'test', runner: 'defects4j', targets: [], certainty: 'certain' },
  ]);
};

/** RepairAgent's `run_tests` and `get_info`, which shows what the tests gave. */
export const runTestsTool: ToolReader = (call) =>
  toolResult(call, [{ kind: 'test', runner: 'defects4j', targets: [], certainty: 'certain' }]);

/** The edits of one sample of Agentless: blocks of search and replace below the path of each file. */
export const repairTool: ToolReader = (call) => {
  if (call.args !== undefined) return undefined;
  const blocks = new Map<string, string[]>();
  let path: string | undefined;
  let open = false;
  for (const line of call.action.split('\n')) {
    const named = open ? undefined : /^### (\S{1,500})\s*$/.exec(line)?.[1];
    if (named !== undefined) path = named;
    if (/^<{5,9} SEARCH/.test(line)) open = true;
    if (open && path !== undefined) {
      const known = blocks.get(path);
      if (known) known.push(line);
      else blocks.set(path, [line]);
    }
    if (/^>{5,9} REPLACE/.test(line)) open = false;
  }
  // Samples are tried in memory, side by side: what becomes of one is decided later.
  return toolResult(
    call,
    [...blocks].map(
      ([file, lines]): Effect => ({
        kind: 'write',
        path: file,
        change: searchReplaceBlocks(lines.join('\n'), false),
        certainty: 'likely',
      }),
    ),
  );
};
