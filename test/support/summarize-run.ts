import { firstLine } from '../../src/base/text.ts';
import type { Run } from '../../src/model/run.ts';
import type { Step } from '../../src/model/step.ts';

/** Outlines longer than this are cut in the middle: a summary is there to be read. */
const OUTLINE = 60;

/** What a run came to, for people who look whether a change of a reader changed it: counts, names, an outline. */
export function summarizeRun(run: Run): string {
  const { agent, task, outcome, usage, branches, messages, exceptions, diagnostics } = run;
  const facts: [string, string | undefined][] = [
    ['format', run.format],
    ['agent', agent && [agent.name, agent.version].filter(Boolean).join(' ')],
    ['model', run.model],
    ['task', task && [task.id, task.text && firstLine(task.text, 70)].filter(Boolean).join(': ')],
    [
      'outcome',
      `${outcome.kind}${outcome.score === undefined ? '' : ` ${outcome.score}`}${outcome.conflicting ? ', conflicting' : ''}`,
    ],
    ['exit', run.exitStatus],
    [
      'usage',
      usage &&
        Object.entries(usage)
          .map(([name, value]) => `${name} ${value}`)
          .join(', '),
    ],
    ['steps', `${run.steps.length}, sub-agents ${branches.map(({ steps }) => steps.length).join('+') || 0}`],
    ['messages', messages.map(({ role, kind }) => `${role} ${kind}`).join(', ')],
    ['exceptions', exceptions.map(({ kind, message }) => `${kind} (${firstLine(message, 50)})`).join(', ')],
    ['submission', run.submission && firstLine(run.submission.text, 70)],
    ['final message', run.finalMessage && firstLine(run.finalMessage.text, 70)],
    ['diagnostics', diagnostics.map(({ code, count }) => `${code} ${count ?? 1}`).join(', ')],
  ];
  const outline = [...run.steps, ...branches.flatMap(({ steps }) => steps)].map(outlineStep);
  return [
    run.path,
    ...facts.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`${name}: ${value}`])),
    ...cutMiddle(outline),
  ].join('\n');
}

function outlineStep({
  id,
  parallelGroup,
  tool,
  action,
  status,
  exitCode,
  thought,
  observation,
}: Step): string {
  const group = parallelGroup === undefined ? '' : ` (group ${parallelGroup})`;
  const end = exitCode === undefined ? status : `${status} ${exitCode}`;
  const sizes = `${thought?.length ?? '-'}/${observation?.length ?? '-'}`;
  return `  ${id}${group} ${tool} ${firstLine(action, 60)} -> ${end} [${sizes}]`;
}

function cutMiddle(lines: readonly string[]): readonly string[] {
  if (lines.length <= OUTLINE) return lines;
  const half = OUTLINE / 2;
  return [...lines.slice(0, half), `  … ${lines.length - OUTLINE} steps`, ...lines.slice(-half)];
}
