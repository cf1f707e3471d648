import { asString, isObject } from '../../base/json.ts';
import { endOfString, endOfValue, lineCounter, parseLoose } from './json-scan.ts';
import { aside, isTrue, readThoughts, type TerminusCommand, type TerminusResponse } from './response.ts';

/**
 * Picks what is whole out of a JSON response that does not parse: complete entries of `commands`, analysis and plan.
 * undefined when the text holds no `commands` and no analysis at all.
 */
export function salvageJson(text: string): TerminusResponse | undefined {
  const fields = Object.fromEntries(
    ['analysis', 'state_analysis', 'plan', 'explanation'].map((key) => [key, readField(text, key)]),
  );
  const thoughts = readThoughts(fields);
  const key = text.indexOf('"commands"');
  if (key < 0 && thoughts.length === 0) return undefined;
  const { commands, lost } = key < 0 ? { commands: [], lost: 0 } : readEntries(text, key);
  const brace = text.indexOf('{');
  return {
    syntax: 'json',
    thoughts: [...aside(text.slice(0, Math.max(0, brace))), ...thoughts],
    commands,
    taskComplete: isTrue(/"(?:is_)?task_complete"\s*:\s*"?(true|1|yes)\b/i.exec(text)?.[1]),
    problem: `the JSON is broken; ${commands.length} whole commands were picked out of it${
      lost > 0 ? `, ${lost} were not readable` : ''
    }`,
  };
}

/** The text of `"key": "…"`; of a string that is cut off, what there is of it. */
function readField(text: string, key: string): string | undefined {
  const opening = new RegExp(`"${key}"\\s*:\\s*"`).exec(text);
  if (!opening) return undefined;
  const start = opening.index + opening[0].length - 1;
  const end = endOfString(text, start);
  if (end >= 0) return asString(parseLoose(text.slice(start, end)));
  const rest = text.slice(start).replace(/\\+$/, '');
  return asString(parseLoose(`${rest}"`)) ?? rest.slice(1);
}

function readEntries(text: string, key: number): { commands: TerminusCommand[]; lost: number } {
  const commands: TerminusCommand[] = [];
  let lost = 0;
  const lineAt = lineCounter(text);
  const open = text.indexOf('[', key);
  if (open < 0) return { commands, lost };
  for (let i = open + 1; i < text.length; i++) {
    const char = text[i];
    if (char === ']') break;
    if (char !== '{') continue;
    const end = endOfValue(text, i);
    if (end < 0) {
      lost++;
      break;
    }
    const args = parseLoose(text.slice(i, end));
    const keystrokes = isObject(args) ? asString(args.keystrokes) : undefined;
    if (isObject(args) && keystrokes !== undefined)
      commands.push({ keystrokes, args, place: { line: lineAt(i) } });
    else lost++;
    i = end - 1;
  }
  return { commands, lost };
}
