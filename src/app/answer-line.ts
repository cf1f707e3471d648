import { asNumber, asObject, asString, isObject, type JsonObject } from '../base/json.ts';
import { nestsTooDeeply } from '../base/json-depth.ts';
import { analyzeCommand } from '../effects/analyze-command.ts';
import type { CommandAnswer, CommandError, LineFlaw } from '../query/effects-schemas.ts';

/** Names of an answer; an input line that uses one keeps its value under `given`. */
const OWN = new Set([
  'line',
  'class',
  'certainty',
  'effects',
  'programs',
  'unparsed',
  'happened',
  'given',
  'error',
]);

/** The answer to one line of JSON, or what is wrong with it. Never throws. */
export function answerLine(text: string, line: number): CommandAnswer | CommandError {
  const fail = (code: LineFlaw, message: string): CommandError => ({ line, error: { code, message } });
  if (text.trim() === '') return fail('empty-line', 'The line is empty.');
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    return fail('malformed-json', 'The line is no JSON.');
  }
  if (!isObject(row)) return fail('no-object', 'The line is JSON, but no object.');
  if (nestsTooDeeply(row, text)) return fail('bad-field', 'The line nests too deeply.');
  const flaw = findFlaw(row);
  if (flaw) return fail(flaw.code, flaw.message);
  return answer(row, line);
}

function findFlaw(row: JsonObject): { code: LineFlaw; message: string } | undefined {
  const { command, tool, args } = row;
  const hasTool = typeof tool === 'string' && tool !== '';
  if (tool !== undefined && tool !== null && !hasTool)
    return { code: 'bad-field', message: '`tool` is no text.' };
  if (args !== undefined && args !== null && !isObject(args))
    return { code: 'bad-field', message: '`args` is no object.' };
  if (typeof command !== 'string') {
    if (command !== undefined && command !== null)
      return { code: 'bad-field', message: '`command` is no text.' };
    if (!hasTool) return { code: 'no-command', message: 'The line has no field `command`.' };
  } else if (command.includes('\u0000')) {
    return { code: 'nul-byte', message: '`command` holds a NUL character, which no command can.' };
  }
  return undefined;
}

function answer(row: JsonObject, line: number): CommandAnswer {
  const command = asString(row['command']);
  const tool = asString(row['tool']);
  const args = asObject(row['args']);
  const output = asString(row['output']) ?? asString(row['observation']);
  const exitCode = asNumber(row['exitCode']) ?? asNumber(row['exit_code']);
  const { requested, happened, programs, unparsed } = analyzeCommand({
    ...(command !== undefined && { command }),
    ...(tool !== undefined && { tool }),
    ...(args && { args }),
    ...(output !== undefined && { output }),
    ...(exitCode !== undefined && { exitCode }),
  });
  const given = Object.entries(row).filter(([name]) => OWN.has(name));
  return {
    ...Object.fromEntries(Object.entries(row).filter(([name]) => !OWN.has(name))),
    line,
    class: requested.class,
    certainty: requested.certainty,
    effects: requested.effects.map((effect) => ({ ...effect })),
    programs: [...programs],
    ...(unparsed !== undefined && { unparsed }),
    ...(happened && {
      happened: { ...happened, effects: happened.effects.map((effect) => ({ ...effect })) },
    }),
    ...(given.length > 0 && { given: Object.fromEntries(given) }),
  };
}
