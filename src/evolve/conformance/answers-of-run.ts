import type { Question } from '../../formats/format.ts';
import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import { totalTokens } from '../../model/usage.ts';

/** Arguments under which tools take the text that they write into a file. */
const CONTENT = ['content', 'file_text', 'new_str', 'new_string', 'patch', 'diff', 'edits', 'contents'];

/** Which of the questions this run can answer, by what stands in its model. */
export function answersOfRun(run: Run): ReadonlySet<Question> {
  const steps = [run.steps, ...run.branches.map((branch) => branch.steps)];
  const some = (test: (step: Step) => boolean): boolean => steps.some((thread) => thread.some(test));
  const answered: Record<Question, boolean> = {
    task: run.task?.text !== undefined,
    outcome: run.outcome.kind !== 'unknown',
    tests: run.outcome.checks.length > 0,
    thoughts: some((step) => step.thought !== undefined),
    tokens: totalTokens(run.usage) !== undefined,
    cost: run.usage?.costUsd !== undefined,
    time: run.startedAt !== undefined || some((step) => step.startedAt !== undefined),
    'exit-status': some((step) => step.exitCode !== undefined),
    'file-content': some(writesContent),
    'working-directory': run.initialCwd !== undefined || some((step) => step.recordedCwd !== undefined),
    model: run.model !== undefined,
    'parallel-calls': some((step) => step.parallelGroup !== undefined),
    'sub-agents': run.branches.length > 0,
  };
  return new Set((Object.keys(answered) as Question[]).filter((question) => answered[question]));
}

/** A structured write, or a here-document in a command. */
function writesContent(step: Step): boolean {
  const { args } = step;
  return (args !== undefined && CONTENT.some((name) => name in args)) || /<<-?\s*['"\\]?\w/.test(step.action);
}
