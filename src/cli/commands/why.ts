import pc from 'picocolors';
import { firstLine } from '../../base/text.ts';
import { answerWhy } from '../../query/why/answer-why.ts';
import { EXIT } from '../exit-codes.ts';
import { terminalText } from '../output/terminal-text.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import { openRun, type RunOptions } from './run-options.ts';

export async function whyCommand(run: string, target: string, options: RunOptions): Promise<number> {
  const analysis = await openRun(run, options);
  const answer = answerWhy(analysis, target);
  if (options.json) {
    await writeJson({ schema: 'codetracer.why/1', run: analysis.run.id, ...answer });
    return EXIT.done;
  }
  const lines = [pc.bold(terminalText(answer.answer))];
  for (const { step, what, provenance, quote, place } of answer.links) {
    lines.push(
      `  ${step === null ? 'before' : `step ${step}`}  ${terminalText(firstLine(what, 160))} ${pc.dim(`(${provenance})`)}`,
    );
    if (quote !== undefined)
      lines.push(
        `    ${pc.cyan('“')}${terminalText(firstLine(quote, 160))}${pc.cyan('”')} ${pc.dim(place?.artifact ?? '')}`,
      );
  }
  await writeOut(`${lines.join('\n')}\n`);
  return EXIT.done;
}
