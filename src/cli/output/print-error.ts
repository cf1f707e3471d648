import pc from 'picocolors';
import type { CodetracerError } from '../../base/error.ts';
import { isObject } from '../../base/json.ts';
import { CLAIM } from '../../formats/detect-format.ts';
import { terminalText } from './terminal-text.ts';

/** An error with its hint on stderr; with `--json` also as the one document on stdout. */
export function printError(error: CodetracerError, json: boolean): void {
  if (json) {
    const { code, message, hint } = error;
    process.stdout.write(
      `${JSON.stringify({ error: { code, message, ...(hint !== undefined && { hint }) } })}\n`,
    );
  }
  process.stderr.write(`${pc.red('error')} ${terminalText(error.message)}\n`);
  if (Array.isArray(error.details)) process.stderr.write(describeTried(error.details));
  if (error.hint !== undefined) process.stderr.write(`${pc.dim(terminalText(error.hint))}\n`);
}

/** What was tried on an artifact of unknown format, best score first, and what can be done about it. */
export function describeTried(tried: readonly unknown[]): string {
  const candidates = tried.filter(isObject);
  const rows = candidates.map(
    (row) => `  ${Number(row.score).toFixed(2)}  ${String(row.format)}: ${String(row.reason)}`,
  );
  if (rows.length === 0) return '';
  const learn = 'a format that is not listed can be learnt: codetracer extractor learn <name> <path...>';
  const advice = candidates.some(({ score }) => Number(score) >= CLAIM) ? '' : `${pc.dim(learn)}\n`;
  return `${rows.join('\n')}\n${advice}`;
}
