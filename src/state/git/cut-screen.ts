const SCREEN = /^(?:New Terminal Output:|Current Terminal Screen:)\s*\n/;
/** A prompt of a shell at the start of a line, up to where the command begins. */
const PROMPT = /^(?:\([\w.-]{1,40}\) ){0,2}[\w.-]{1,40}@[\w.-]{1,80}:[^\n#$]{0,200}[#$] /;
/** Lines of this length may be the first part of one that went on in the next. */
const NARROWEST = 80;

/**
 * What one command printed on a terminal's screen: the lines between its own and the next prompt. Undefined where the
 * screen shows anything else, or may have broken or lost a line.
 */
export function cutScreen(screen: string, action: string): string | undefined {
  const head = SCREEN.exec(screen);
  const command = action.trim();
  if (!head || command === '' || command.includes('\n') || screen.length > 100_000) return undefined;
  const lines = screen.slice(head[0].length).trimEnd().split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const prompts = lines.flatMap((line, index) => (PROMPT.test(`${line} `) ? [index] : []));
  const [own, next, ...more] = prompts;
  if (own !== first || next !== lines.length - 1 || more.length > 0) return undefined;
  const line = lines[own] ?? '';
  if (line.replace(PROMPT, '').trim() !== command) return undefined;
  // The prompt that follows must stand there bare, ready for the next command.
  if (`${lines[next] ?? ''} `.replace(PROMPT, '').trim() !== '') return undefined;
  const printed = lines.slice(own + 1, next);
  if (printed.some((text) => text.length >= NARROWEST)) return undefined;
  return printed.map((text) => `${text.trimEnd()}\n`).join('');
}
