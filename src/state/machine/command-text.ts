/** Words before a program that only say how it is run. */
const LEADS =
  /^(?:(?:nohup|setsid|sudo|exec|time|command|env|stdbuf -\w+|nice(?: -n \d+)?|[A-Za-z_]\w*=\S*)\s+|[({:]\s+)*/;
const END = /\n|;|&&|\|\||\||\s[12&]?>|&(?!>)/;

/**
 * The command in a shell text that runs a program, without redirections: of `nohup python s.py > log &` it is
 * `python s.py`. Undefined where the program does not stand there as a word.
 */
export function commandOf(action: string, program: string): string | undefined {
  const text = action.slice(0, 20_000);
  for (let at = text.indexOf(program); at >= 0; at = text.indexOf(program, at + 1)) {
    if (/[\w.-]/.test(text[at - 1] ?? ' ') || /[\w-]/.test(text[at + program.length] ?? ' ')) continue;
    let start = at;
    while (start > 0 && !/[\n;&|(]/.test(text[start - 1] ?? '')) start--;
    const rest = text.slice(start, start + 2000).trimStart();
    const command = rest.replace(LEADS, '');
    const end = END.exec(command);
    const found = (end ? command.slice(0, end.index) : command).trim();
    // A folder may be called like the program in it.
    if (!found.includes(program) || /^(?:cd|pushd|mkdir|pip3?|apt(?:-get)?|npm)\s/.test(found)) continue;
    const quote = found.at(-1);
    const isOpen = (quote === '"' || quote === "'") && found.split(quote).length % 2 === 0;
    return (isOpen ? found.slice(0, -1) : found).slice(0, 300);
  }
  return undefined;
}
