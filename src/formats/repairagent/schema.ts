import { asString, isObject } from '../../base/json.ts';
import type { SourceRef } from '../../model/source-ref.ts';

/** A message of a prompt or of the history, with its place. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  readonly place: SourceRef;
}

export function toRole(role: unknown): ChatMessage['role'] | undefined {
  const name = asString(role)?.toLowerCase();
  return name === 'system' || name === 'user' || name === 'assistant' ? name : undefined;
}

export function readMessage(value: unknown, place: SourceRef): ChatMessage | undefined {
  if (!isObject(value)) return undefined;
  const role = toRole(value.role);
  const content = asString(value.content);
  return role && content !== undefined ? { role, content, place } : undefined;
}

/** Files of a cycle; the number before is the count of files within it. */
export const CYCLE_FILE = /^\d{1,4}_(full_message_history|current_context|next_action)\.json$/;
export const CYCLE_FOLDER = /^\d{3,6}$/;

/** What RepairAgent's system prompt and goals say, and no other agent's. */
export const SYSTEM_MARK = /You are RepairAgent/;
const GOAL = /within the project (\S{1,100}) and bug index (\S{1,40}?)[.\s]/;

/** `Csv 4` of Defects4J becomes `Csv_4`, as the files are named. */
export function readBugId(text: string): string | undefined {
  const match = GOAL.exec(text);
  return match ? `${match[1]}_${match[2]}`.replaceAll('"', '') : undefined;
}

/** The goals of a prompt; the sections after them hold what was collected and how to reply. */
export function readGoals(text: string): string {
  const start = text.indexOf('## Goals');
  const end = text.indexOf('\n## ', start + 1);
  return (start < 0 ? text : text.slice(start, end < 0 ? undefined : end)).trim();
}

/** When an agent was created, by the name of its log folder (`20240517_142614_Codec_4`). */
export function readCreation(name: string): string | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)_/.exec(name);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}
