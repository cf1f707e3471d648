import { digestText } from './code-identity.ts';

/**
 * Digest of what an answer follows from, each given by its own digest: the run, the settings of the system, and the code.
 * An answer whose key is another one is out of date.
 */
export function answerKey(run: string, settings: string, code: string): string {
  return digestText(`${run}\n${settings}\n${code}`);
}
