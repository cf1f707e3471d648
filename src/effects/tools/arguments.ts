import { asArray, asNumber, asString, type JsonObject } from '../../base/json.ts';

/** The first of these arguments that is a text. */
export function textArg(args: JsonObject | undefined, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = asString(args?.[name]);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The first of these arguments that is a number, or a text that holds one. */
export function numberArg(args: JsonObject | undefined, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = args?.[name];
    const number =
      asNumber(value) ?? (typeof value === 'string' && /^-?\d{1,9}$/.test(value) ? Number(value) : undefined);
    if (number !== undefined) return number;
  }
  return undefined;
}

/** Whether a flag is set; some harnesses write it as a text. */
export function flagArg(args: JsonObject | undefined, ...names: readonly string[]): boolean {
  return names.some((name) => args?.[name] === true || /^true$/i.test(asString(args?.[name]) ?? ''));
}

const PATH_NAMES = [
  'file_path',
  'path',
  'filePath',
  'filename',
  'file',
  'target_file',
  'absolute_path',
  'notebook_path',
  'file_name',
  'relative_workspace_path',
  'filepath',
  'uri',
] as const;

/** The path that a file tool is for, under the names that agents use. */
export function pathArg(args: JsonObject | undefined): string | undefined {
  return textArg(args, ...PATH_NAMES);
}

/** A command as one text: a list of words (`["bash", "-lc", "ls"]`) becomes what the shell inside gets. */
export function commandArg(args: JsonObject | undefined): string | undefined {
  const text = textArg(args, 'command', 'cmd', 'script', 'commands', 'keystrokes', 'input', 'raw');
  if (text !== undefined) return text;
  const words = (asArray(args?.['command']) ?? asArray(args?.['cmd']))?.map((word) => asString(word) ?? '');
  if (!words) return undefined;
  const [program = '', option = '', inner] = words;
  if (/(?:^|\/)(?:ba|z|da)?sh$/.test(program) && /^-[a-z]*c$/.test(option) && inner !== undefined)
    return inner;
  return words.map(quoteWord).join(' ');
}

function quoteWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
