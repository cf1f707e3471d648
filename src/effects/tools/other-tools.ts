import { asArray, asString } from '../../base/json.ts';
import type { Effect } from '../../model/effect.ts';
import { splitApplyPatch } from '../split-apply-patch.ts';
import { splitDiff } from '../split-diff.ts';
import { pathArg, textArg } from './arguments.ts';
import { readChanges } from './read-changes.ts';
import { type ToolReader, toolResult } from './tool-call.ts';

/** Glob, Grep, LS and their kin. */
export const searchTool: ToolReader = (call) => {
  const pattern = textArg(
    call.args,
    'pattern',
    'query',
    'regex',
    'search_term',
    'glob',
    'glob_pattern',
    'explanation',
  );
  const listed = asArray(call.args?.['paths'])?.map((path) => asString(path) ?? '');
  const path = pathArg(call.args) ?? textArg(call.args, 'dir_path', 'directory', 'dir', 'target_directory');
  return toolResult(call, [
    {
      kind: 'search',
      ...(pattern !== undefined && { pattern }),
      paths: listed ?? [path ?? '.'],
      certainty: 'certain',
    },
  ]);
};

export const fetchTool: ToolReader = (call) => {
  const target = textArg(call.args, 'url', 'query', 'search_term', 'q');
  return toolResult(call, [
    { kind: 'network', direction: 'fetch', ...(target !== undefined && { target }), certainty: 'certain' },
  ]);
};

/** A browser under the agent's hands: it looks, unless it types into or clicks on what is there. */
export const browserTool: ToolReader = (call) => {
  const code = textArg(call.args, 'code', 'browser_actions', 'action') ?? '';
  const acts = /\b(?:fill|click|press|select_option|upload_file|drag_and_drop|type)\b/.test(
    `${code} ${call.tool}`,
  );
  const target = textArg(call.args, 'url');
  const effect: Effect = {
    kind: 'network',
    direction: 'fetch',
    ...(target !== undefined && { target }),
    certainty: 'likely',
  };
  // A click may follow a link as well as send a form.
  return toolResult(call, acts ? [effect, { kind: 'keys', keys: code, certainty: 'possible' }] : [effect]);
};

/** Todo lists, plans, thoughts, memories. */
export const noteTool: ToolReader = (call) =>
  toolResult(call, [{ kind: 'note', what: call.tool, certainty: 'certain' }]);

export const delegateTool: ToolReader = (call) => {
  const prompt = textArg(call.args, 'prompt', 'task', 'message', 'description', 'query');
  return toolResult(call, [
    { kind: 'delegate', ...(prompt !== undefined && { prompt }), certainty: 'certain' },
  ]);
};

/** Reads what a background job has printed so far. */
export const waitTool: ToolReader = (call) => {
  const what = textArg(call.args, 'bash_id', 'task_id', 'shell_id', 'id', 'session_id') ?? call.tool;
  return toolResult(call, [
    { kind: 'process', action: 'wait', what, background: false, certainty: 'certain' },
  ]);
};

export const killTool: ToolReader = (call) => {
  const what = textArg(call.args, 'shell_id', 'bash_id', 'task_id', 'id', 'session_id') ?? call.tool;
  return toolResult(call, [
    { kind: 'process', action: 'kill', what, background: false, certainty: 'certain' },
  ]);
};

export const submitTool: ToolReader = (call) => toolResult(call, [{ kind: 'submit', certainty: 'certain' }]);

/** Codex's `apply_patch`, and tools that take a unified diff. */
export const patchTool: ToolReader = (call) => {
  const text = textArg(call.args, 'input', 'patch', 'diff', 'patchText', 'raw') ?? call.action;
  const reported = readChanges(call.args?.['changes']);
  if (reported.length > 0) return toolResult(call, reported);
  const named = splitApplyPatch(text);
  if (named.length > 0) return toolResult(call, named);
  const effects: Effect[] = splitDiff(text, /^--- a\//m.test(text) ? 1 : 0).map((file) =>
    file.kind === 'delete'
      ? { kind: 'delete', path: file.path, recursive: false, certainty: 'certain' }
      : { kind: 'write', path: file.path, change: { kind: 'patch', diff: file.diff }, certainty: 'certain' },
  );
  if (effects.length > 0) return toolResult(call, effects);
  return toolResult(call, [{ kind: 'build', tool: call.tool, targets: [], certainty: 'likely' }], false);
};

export const moveTool: ToolReader = (call) => {
  const from = textArg(call.args, 'source', 'source_path', 'from', 'old_path', 'src');
  const to = textArg(call.args, 'destination', 'destination_path', 'to', 'new_path', 'dst');
  if (from === undefined || to === undefined) return undefined;
  return toolResult(call, [{ kind: 'move', from, to, certainty: 'certain' }]);
};

export const deleteTool: ToolReader = (call) => {
  const path = pathArg(call.args);
  return path === undefined
    ? undefined
    : toolResult(call, [{ kind: 'delete', path, recursive: true, certainty: 'certain' }]);
};

export const mkdirTool: ToolReader = (call) => {
  const path = pathArg(call.args);
  return path === undefined ? undefined : toolResult(call, [{ kind: 'mkdir', path, certainty: 'certain' }]);
};

const LOOKS =
  /^(?:get|list|read|search|find|fetch|view|show|query|describe|look|lookup|check|inspect|count|analy[sz]e|ask|browse|resolve|explain|validate|diagnos|retrieve|load|open|web|calculate|compute|think|info|status)/;
const CHANGES =
  /^(?:write|create|update|delete|remove|set|add|edit|send|post|put|patch|insert|move|rename|book|cancel|modify|install|deploy|publish|merge|commit|push|upload|append|replace|apply|save|start|stop|kill|run|execute|exchange|return|transfer|close|assign|type|click|fill|press)/;

/** A tool that nobody listed: its name's verb and its arguments are all there is to go by. */
export const unknownTool: ToolReader = (call) => {
  const words = call.tool
    .replace(/^mcp__[^_]+(?:_[^_]+)*__/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const verb = words.find((word) => LOOKS.test(word) || CHANGES.test(word));
  const path = pathArg(call.args);
  if (verb !== undefined && CHANGES.test(verb)) {
    const effect: Effect =
      path === undefined
        ? { kind: 'network', direction: 'send', target: call.tool, certainty: 'likely' }
        : { kind: 'write', path, change: { kind: 'unknown' }, certainty: 'likely' };
    return toolResult(call, [effect], false);
  }
  if (path !== undefined) return toolResult(call, [{ kind: 'read', path, certainty: 'possible' }], false);
  return toolResult(call, [{ kind: 'run', program: call.tool, certainty: 'possible' }], false);
};
