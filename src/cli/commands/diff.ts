import { CodetracerError } from '../../base/error.ts';
import { diffRuns } from '../../query/diff-runs.ts';
import type { DiffDocument } from '../../query/diff-schemas.ts';
import { EXIT } from '../exit-codes.ts';
import { describeDiff } from '../output/describe-diff.ts';
import { terminalText } from '../output/terminal-text.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import { openRun, type RunOptions } from './run-options.ts';

export interface DiffCommandOptions extends RunOptions {
  readonly patch?: boolean;
  /** Items of every list that are printed. */
  readonly max?: string;
}

export async function diffCommand(
  runA: string,
  runB: string,
  { patch = false, max = '10', ...options }: DiffCommandOptions,
): Promise<number> {
  if (!/^[1-9]\d{0,8}$/.test(max)) {
    throw new CodetracerError('usage', `--max ${max} is no number of lines`, {
      hint: 'give a whole number from 1 on',
    });
  }
  if (runA === '-' && runB === '-')
    throw new CodetracerError('usage', 'only one of the runs can come from standard input');
  const a = await openRun(runA, options);
  const b = await openRun(runB, options);
  const diff = diffRuns(a, b, { patches: patch });
  if (options.json) await writeJson({ schema: 'codetracer.diff/1', ...diff } satisfies DiffDocument);
  else await writeOut(`${terminalText(describeDiff(diff, Number(max)))}\n`);
  return EXIT.done;
}
