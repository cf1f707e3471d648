import { analyzeShell, type ShellAnalysis } from './analyze-shell.ts';

/** Reads a program's text as if it were handed to its interpreter on standard input. */
export function analyzeProgram(
  interpreter: 'python' | 'node' | 'perl' | 'ruby',
  text: string,
  script?: (path: string) => string | undefined,
): ShellAnalysis {
  // The delimiter must not stand alone on a line of the text.
  let delimiter = 'END_OF_PROGRAM';
  while (text.includes(delimiter)) delimiter += '_';
  return analyzeShell(`${interpreter} - <<'${delimiter}'\n${text}\n${delimiter}\n`, script ? { script } : {});
}
