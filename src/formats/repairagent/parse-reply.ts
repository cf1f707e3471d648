import { asString, isObject, type JsonObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';

/** A reply of the model: thoughts, and one command. */
export interface Reply {
  readonly thoughts: string | undefined;
  readonly tool: string | undefined;
  readonly args: JsonObject;
  /** Text before and after the JSON. */
  readonly around: string;
}

/** Reads the JSON object in a reply, whatever stands around it; undefined when there is none. */
export function parseReply(text: string): Reply | undefined {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start < 0 || end <= start) return undefined;
  const value = parse(text.slice(start, end + 1));
  return (
    value &&
    readReply(value, `${text.slice(0, start)}${text.slice(end + 1)}`.replace(/```(?:json)?/g, '').trim())
  );
}

/** The same of an object that was stored as one: a cycle's `next_action`. */
export function readReply(value: JsonObject, around = ''): Reply | undefined {
  const command = isObject(value.command) ? value.command : undefined;
  if (!command && value.thoughts === undefined) return undefined;
  const { thoughts } = value;
  const said = asString(thoughts) ?? (isObject(thoughts) ? readThoughts(thoughts) : undefined);
  return {
    thoughts: said,
    tool: command && asString(command.name),
    args: command && isObject(command.args) ? command.args : {},
    around,
  };
}

/** Auto-GPT's thoughts have several fields (`text`, `reasoning`, `plan`, `criticism`). */
function readThoughts(thoughts: JsonObject): string {
  return Object.entries(thoughts)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');
}

function parse(text: string): JsonObject | undefined {
  for (const candidate of [text, text.replace(/,(\s*[}\]])/g, '$1')]) {
    const value = parseJsonText(candidate);
    if (isObject(value)) return value;
  }
  return undefined;
}
