import { asArray, asObject, asString, at, type JsonObject } from '../../base/json.ts';
import type { CallFacts } from '../../model/thread-builder.ts';
import type { Origin } from '../claude-code/record.ts';
import { parseArguments, renderAction } from '../shared/render-action.ts';

/** Tools whose action is one shell text, by the argument that holds it. */
const SHELLS: Readonly<Record<string, string>> = {
  shell: 'command',
  'container.exec': 'command',
  shell_command: 'command',
  exec_command: 'cmd',
  local_shell: 'command',
  run_shell_command: 'command',
};

/** A call from an item of the model's answer, whichever of its kinds it is. */
export function readCall(item: JsonObject, origin: Origin): CallFacts {
  const { tool, args, input } = readParts(item);
  return {
    tool,
    action: describe(tool, args, input),
    ...(args && { args }),
    ...(origin.time !== undefined && { startedAt: origin.time }),
    place: origin.place,
  };
}

interface CallParts {
  readonly tool: string;
  readonly args: JsonObject | undefined;
  /** The text of a call that has no structured arguments: a patch, a program. */
  readonly input?: string;
}

function readParts(item: JsonObject): CallParts {
  switch (item.type) {
    case 'local_shell_call':
      return { tool: 'local_shell', args: asObject(item.action) };
    case 'web_search_call':
      return { tool: 'web_search', args: asObject(item.action) };
    case 'image_generation_call':
      return { tool: 'image_generation', args: pick(item, 'revised_prompt') };
    case 'tool_search_call':
      return { tool: 'tool_search', args: parseArguments(item.arguments) };
    default: {
      const name = asString(item.name) ?? asString(at(item, 'function', 'name')) ?? '';
      const namespace = asString(item.namespace);
      const tool = namespace === undefined || namespace === '' ? name : `${namespace}.${name}`;
      if (typeof item.input !== 'string') return { tool, args: parseArguments(item.arguments) };
      // A custom tool takes text; some models write the JSON of a function's arguments there.
      const parsed = item.input.startsWith('{') ? parseArguments(item.input) : undefined;
      if (parsed && !('raw' in parsed)) return { tool, args: parsed };
      return { tool, args: { input: item.input }, input: item.input };
    }
  }
}

function pick(item: JsonObject, key: string): JsonObject | undefined {
  return item[key] === undefined ? undefined : { [key]: item[key] };
}

function describe(tool: string, args: JsonObject | undefined, input: string | undefined): string {
  if (input !== undefined) return input;
  const key = Object.hasOwn(SHELLS, tool) ? SHELLS[tool] : undefined;
  const command = key === undefined ? undefined : args?.[key];
  // Arguments that are no JSON object stand as they are.
  const plain = args !== undefined && Object.keys(args).length === 1 ? args.raw : undefined;
  return shellText(command) ?? renderAction(tool, plain ?? args);
}

/** A command as text: `["bash", "-lc", "ls"]` is what the shell inside gets, other lists are words. */
export function shellText(command: unknown): string | undefined {
  if (typeof command === 'string') return command;
  const words = asArray(command);
  if (!words || words.length === 0) return undefined;
  const texts = words.map((word) => asString(word) ?? JSON.stringify(word));
  const [program = '', option = '', inner] = texts;
  if (texts.length === 3 && /(?:^|[/\\])(?:ba|z|da)?sh$/.test(program) && /^-[a-z]*c$/.test(option))
    return inner;
  return texts.map(quoteWord).join(' ');
}

function quoteWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
