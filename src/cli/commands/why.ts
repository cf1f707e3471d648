import { CodetracerError } from '../../base/error.ts';
import { answerWhy } from '../../query/why/answer-why.ts';
import { EXIT } from '../exit-codes.ts';
import { describeWhy } from '../output/describe-why.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import { openRun, type RunOptions } from './run-options.ts';

/** Beyond so many links nobody reads an answer, and walking further costs. */
const LARGEST = 1000;

export async function whyCommand(
  run: string,
  target: string,
  options: RunOptions & { readonly max?: string },
): Promise<number> {
  const most = options.max === undefined ? undefined : readMost(options.max);
  const analysis = await openRun(run, options);
  const answer = answerWhy(analysis, target, most === undefined ? {} : { most });
  if (options.json) await writeJson({ schema: 'codetracer.why/1', run: analysis.run.id, ...answer });
  else await writeOut(describeWhy(answer));
  return EXIT.done;
}

function readMost(text: string): number {
  const most = /^\d+$/.test(text) ? Number(text) : 0;
  if (most >= 1 && most <= LARGEST) return most;
  throw new CodetracerError('usage', `--max ${text}: not a number from 1 to ${LARGEST}`);
}
