import { asString, at, type JsonObject } from '../../base/json.ts';
import { splitLines } from '../../base/text.ts';
import type { Detection, Probe } from '../format.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { isEarlyEvent, isEarlySettings } from './early-stream.ts';
import { kindOfItem } from './item-kind.ts';
import { isHeader, rolloutLine, streamEvent } from './schema.ts';

/** By the types of its lines: those of a rollout, of `codex exec --json`, or the bare items of early files. */
export function detectRollout(probe: Probe): Detection {
  const { head, entry } = probe;
  if (isDocument(head)) return { score: 0.9, reason: 'a document of a session and its items' };
  const seen = countLines(head);
  const known = seen.rollout + seen.stream + seen.bare;
  const total = known + seen.others;
  if (known === 0) return detectCut(head, seen);
  const share = known / total;
  const named = entry.name.startsWith('rollout-');
  const weak = { score: 0.4, reason: `${known} records of Codex among ${seen.others} others` };
  if (seen.rollout > 0) {
    const what = `${seen.rollout} lines of a rollout (session_meta, response_item, event_msg …)`;
    return share < 0.5 ? weak : { score: named ? 0.98 : 0.95, reason: what };
  }
  if (seen.stream > 0) {
    return share < 0.5 ? weak : { score: 0.95, reason: `${seen.stream} events of codex exec --json` };
  }
  if (share < 0.5) return weak;
  const what = `${seen.bare} bare items of a conversation`;
  return { score: seen.header || named ? 0.9 : seen.calls > 0 ? 0.6 : 0.3, reason: what };
}

interface Seen {
  rollout: number;
  stream: number;
  bare: number;
  calls: number;
  others: number;
  header: boolean;
  prompts: number;
}

function countLines(head: string): Seen {
  const seen: Seen = { rollout: 0, stream: 0, bare: 0, calls: 0, others: 0, header: false, prompts: 0 };
  const lines = splitLines(head).slice(0, 200);
  for (const [index, line] of lines.entries()) {
    for (const { value } of splitJsonLine(line).objects) countRecord(seen, value, index);
  }
  return seen;
}

function countRecord(seen: Seen, value: JsonObject, index: number): void {
  if (rolloutLine.safeParse(value).success) seen.rollout++;
  else if (isStreamEvent(value) || isEarly(value)) seen.stream++;
  else if (isEarlySettings(value)) seen.header = true;
  else if (index === 0 && isHeader(value) && 'instructions' in value) seen.header = true;
  else if (isBareItem(value)) {
    seen.bare++;
    if (kindOfItem(value) === 'call') seen.calls++;
  } else if (value.record_type !== 'state') {
    seen.others++;
    if (typeof value.session_id === 'string' && typeof value.ts === 'number') seen.prompts++;
  }
}

/** Other tools write messages with an id and a body called `msg` too, but no events of these names. */
function isEarly(value: JsonObject): boolean {
  return (
    isEarlyEvent(value) &&
    /^(?:task_|exec_command_|agent_|token_count|patch_apply_|mcp_tool_|web_search_|error$)/.test(
      asString(at(value, 'msg', 'type')) ?? '',
    )
  );
}

/** `error` alone is an event of many tools. */
function isStreamEvent(value: JsonObject): boolean {
  if (!streamEvent.safeParse(value).success || value.type === 'error') return false;
  if (asString(value.type)?.startsWith('item.')) return typeof value.item === 'object' && value.item !== null;
  return value.type !== 'thread.started' || typeof value.thread_id === 'string';
}

/** Items of the Responses API, and those of the earliest versions, with the call's name under `function`. */
function isBareItem(value: JsonObject): boolean {
  const kind = kindOfItem(value);
  if (kind === 'message') return isItemMessage(value);
  if (kind === 'call') return typeof value.call_id === 'string' || typeof value.function === 'object';
  if (kind === 'output') return typeof value.call_id === 'string' || 'result' in value;
  return kind === 'reasoning' && Array.isArray(value.summary);
}

function isItemMessage(value: JsonObject): boolean {
  if (Array.isArray(value.content)) {
    return value.content.some((block) => /^(?:input|output)_text$/.test(asString(at(block, 'type')) ?? ''));
  }
  return typeof value.timestamp === 'string' || typeof value.created_at === 'string';
}

function isDocument(head: string): boolean {
  return /^\s*\{\s*"session"\s*:\s*\{/.test(head.slice(0, 200)) && /"items"\s*:\s*\[/.test(head);
}

/** A first line longer than what detection sees, or a file that only looks like one of Codex. */
function detectCut(head: string, seen: Seen): Detection {
  if (/^\s*\{"timestamp":"[^"]{10,40}","type":"session_meta","payload":\{/.test(head.slice(0, 200)))
    return { score: 0.9, reason: 'a long session_meta line' };
  if (seen.prompts > 0) return { score: 0.2, reason: 'a list of prompts of Codex: it holds no calls' };
  return { score: 0, reason: 'no line of a rollout' };
}
