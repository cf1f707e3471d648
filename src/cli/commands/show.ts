import pc from 'picocolors';
import type { StepRecord } from '../../model/state.ts';
import type { Analysis } from '../../query/analysis.ts';
import { findSteps } from '../../query/find-step.ts';
import { showStep } from '../../query/show-step.ts';
import { EXIT } from '../exit-codes.ts';
import { indent, terminalText } from '../output/terminal-text.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import { openRun, type RunOptions } from './run-options.ts';

export async function showCommand(run: string, range: string, options: RunOptions): Promise<number> {
  const analysis = await openRun(run, options);
  const records = findSteps(analysis, range);
  if (options.json) {
    const steps = records.map((record) => showStep(analysis, record));
    await writeJson({ schema: 'codetracer.show/1', run: analysis.run.id, steps });
    return EXIT.done;
  }
  for (const record of records) await writeOut(describe(analysis, record));
  return EXIT.done;
}

function describe(analysis: Analysis, record: StepRecord): string {
  const { step, effects } = record;
  const { diagnosis } = analysis;
  const labels = [
    diagnosis.onset === step.id ? pc.red('onset') : '',
    diagnosis.incorrect.includes(step.id) ? pc.red('incorrect') : '',
    diagnosis.unuseful.includes(step.id) ? pc.yellow('unuseful') : '',
  ].filter(Boolean);
  const exit = step.exitCode === undefined ? step.status : `exit ${step.exitCode}`;
  const lines = [
    `${pc.bold(`step ${step.id}`)} ${step.tool} ${pc.dim(`${exit}, ${effects.happened.class}${record.cwd === undefined ? '' : `, in ${record.cwd}`}`)} ${labels.join(' ')}`,
  ];
  const field = (name: string, text: string | undefined): void => {
    if (text !== undefined && text !== '') lines.push(pc.dim(name), indent(terminalText(text)));
  };
  field('thought', step.thought);
  field('action', step.action);
  field('observation', step.observation);
  if (record.changed.length > 0)
    lines.push(`${pc.dim('changed')} ${terminalText(record.changed.join(', '))}`);
  const signals = (diagnosis.signals.get(step.id) ?? [])
    .filter(({ name }) => name !== 'position')
    .map(({ name }) => name);
  if (signals.length > 0) lines.push(`${pc.dim('signals')} ${signals.join(', ')}`);
  return `${lines.join('\n')}\n\n`;
}
