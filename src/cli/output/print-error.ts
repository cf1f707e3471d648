import pc from 'picocolors';
import type { CodetracerError } from '../../base/error.ts';
import { isObject } from '../../base/json.ts';
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

/** What was tried on an artifact of unknown format, best score first. */
export function describeTried(tried: readonly unknown[]): string {
  const rows = tried
    .filter(isObject)
    .map((row) => `  ${Number(row.score).toFixed(2)}  ${String(row.format)}: ${String(row.reason)}`);
  return rows.length === 0 ? '' : `${rows.join('\n')}\n`;
}
