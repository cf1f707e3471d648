import pc from 'picocolors';
import { answerPatch } from '../../query/patch/answer-patch.ts';
import type { PatchDocument } from '../../query/patch/patch-schemas.ts';
import { PATCH_REASONS } from '../../query/patch/reasons.ts';
import { EXIT } from '../exit-codes.ts';
import { terminalText } from '../output/terminal-text.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import { openRun, type RunOptions } from './run-options.ts';

export async function patchCommand(
  run: string,
  options: RunOptions & { readonly at?: string; readonly check?: boolean },
): Promise<number> {
  const analysis = await openRun(run, options);
  const answer = answerPatch(analysis, {
    ...(options.at !== undefined && { at: options.at }),
    ...(options.check && { check: true }),
  });
  if (options.json) await writeJson(answer);
  else await writeOut(answer.check ? renderCheck(answer.check) : renderPatch(answer));
  return EXIT.done;
}

/** A patch as text; what is not known stands in lines that begin with `#`, which patch programs pass over. */
function renderPatch({ files }: PatchDocument): string {
  const parts = files.map((file) => {
    const notes: string[] = [];
    if (file.known === 'unknown')
      notes.push(
        `# ${file.path}: ${file.kind}${file.step === undefined ? '' : ` by step ${file.step}`}, its content is not known`,
      );
    if (file.known === 'part') notes.push(`# ${file.path}: not all lines and places are known`);
    if (file.doubtedBy !== undefined)
      notes.push(`# ${file.path}: may have changed unseen at step ${file.doubtedBy}`);
    return `${notes.map((note) => `${note}\n`).join('')}${file.diff ?? ''}`;
  });
  return parts.length === 0
    ? '# the steps changed no file of the repository\n'
    : terminalText(parts.join(''));
}

function renderCheck(check: NonNullable<PatchDocument['check']>): string {
  const lines = [
    `${pc.bold(check.verdict)}${check.allInRecord ? '' : pc.dim(' (not every change can be told from the record alone)')}`,
  ];
  for (const { path, reason, step, detail } of check.files) {
    const why = reason === undefined ? 'equal' : `${reason}: ${detail ?? PATCH_REASONS[reason]}`;
    lines.push(
      `  ${terminalText(path)}  ${terminalText(why)}${step === undefined ? '' : pc.dim(` (step ${step})`)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
