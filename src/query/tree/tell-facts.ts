import { firstLine, foldWhitespace } from '../../base/text.ts';
import type { Analysis } from '../analysis.ts';
import type { FactLine, HeadLine, StepCounts } from './tree-line.ts';

const LONGEST_FACT = 240;

/** The first line of a tree. */
export function tellHead({ run, tree, diagnosis }: Analysis, counts: StepCounts, folded: number): HeadLine {
  const { task } = run;
  return {
    kind: 'head',
    run: run.id,
    task: task?.id ?? (task?.text === undefined ? undefined : firstLine(task.text, 100)),
    outcome: run.outcome.kind,
    verdict: diagnosis.verdict.kind,
    onset: diagnosis.onset,
    onsetStage: diagnosis.onsetStage,
    counts,
    stages: tree.stages.length,
    folded,
  };
}

/** Sentences about the whole run, in the order in which they are shown. */
export function tellFacts({ run, diagnosis }: Analysis): FactLine[] {
  const facts: FactLine[] = [];
  const add = (name: FactLine['name'], text: string | undefined): void => {
    const line = firstLine(foldWhitespace(text ?? ''), LONGEST_FACT);
    if (line !== '') facts.push({ kind: 'fact', name, text: line });
  };
  const { task, agent, model, format } = run;
  add('agent', [agent?.name, agent?.version, model, `(${format})`].filter(Boolean).join(' '));
  if (task?.id !== undefined) add('task', task.text);
  add('verdict', `${diagnosis.verdict.band} confidence: ${diagnosis.verdict.why}`);
  if (diagnosis.onset !== undefined) {
    add('onset', `step ${diagnosis.onset}, ${diagnosis.cause}: ${diagnosis.why}`);
    add('better', diagnosis.better);
  }
  if (run.stepCount !== undefined)
    add('note', `the artifact holds ${run.stepCount} steps; the first ${run.steps.length} were kept`);
  if (run.steps.length === 0) add('note', 'the run left no step');
  return facts;
}
