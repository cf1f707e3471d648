import { asArray, asString, isObject, type JsonObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import { endOfValue, lineCounter } from './json-scan.ts';
import { parseXmlResponse } from './parse-xml.ts';
import { aside, isTrue, readThoughts, type TerminusCommand, type TerminusResponse } from './response.ts';
import { salvageJson } from './salvage-json.ts';

/** Objects tried before the text counts as broken: prose may hold braces of its own. */
const MAX_TRIES = 20;

/** Reads an answer of Terminus 2's model: JSON (bare, fenced, amid prose, or broken) or the XML variant. */
export function parseTerminusResponse(text: string): TerminusResponse {
  const found = findObject(text);
  if (found) return readObject(text, found);
  if (text.includes('<response>') || text.includes('<commands') || text.includes('<keystrokes')) {
    return parseXmlResponse(text);
  }
  const salvaged = salvageJson(text);
  if (salvaged) return salvaged;
  return {
    syntax: 'none',
    thoughts: text.trim() === '' ? [] : [text],
    commands: [],
    taskComplete: false,
    problem: text.trim() === '' ? 'the response is empty' : 'the response holds no JSON and no XML',
  };
}

interface Found {
  readonly value: JsonObject;
  readonly start: number;
  readonly end: number;
}

/** The first complete JSON object that has fields of a response. */
function findObject(text: string): Found | undefined {
  let from = 0;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const start = text.indexOf('{', from);
    if (start < 0) return undefined;
    const end = endOfValue(text, start);
    const value = end < 0 ? undefined : parseObject(text.slice(start, end));
    if (value && hasResponseField(value)) return { value, start, end };
    from = end < 0 || value === undefined ? start + 1 : end;
  }
  return undefined;
}

function parseObject(text: string): JsonObject | undefined {
  const value = parseJsonText(text);
  return isObject(value) ? value : undefined;
}

function hasResponseField(value: JsonObject): boolean {
  return (
    Array.isArray(value.commands) ||
    ['analysis', 'state_analysis', 'plan', 'task_complete', 'is_task_complete'].some((key) =>
      Object.hasOwn(value, key),
    )
  );
}

function readObject(text: string, { value, start, end }: Found): TerminusResponse {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const bare = before.trim() === '' && after.trim() === '';
  const line = bare ? 0 : lineCounter(text)(start);
  const commands: TerminusCommand[] = [];
  const entries = asArray(value.commands) ?? [];
  for (const [index, entry] of entries.entries()) {
    const args = typeof entry === 'string' ? { keystrokes: entry } : entry;
    const keystrokes = isObject(args) ? asString(args.keystrokes) : undefined;
    if (keystrokes === undefined || !isObject(args)) continue;
    commands.push({ keystrokes, args, place: bare ? { pointer: `/commands/${index}` } : { line } });
  }
  const problem = problemOf(value.commands, commands.length);
  return {
    syntax: 'json',
    thoughts: [...aside(before), ...readThoughts(value), ...aside(after)],
    commands,
    taskComplete: isTrue(value.task_complete ?? value.is_task_complete),
    ...(problem !== undefined && { problem }),
  };
}

function problemOf(recorded: unknown, read: number): string | undefined {
  if (recorded === undefined || recorded === null) return undefined;
  if (!Array.isArray(recorded)) return 'the commands are no list';
  const lost = recorded.length - read;
  return lost > 0 ? `${lost} of ${recorded.length} commands have no keystrokes` : undefined;
}
