import type { Run } from '../../model/run.ts';

/** `task.md`: what was asked, how it ended, and who says so. */
export function renderTask(run: Run): string {
  const { task, outcome } = run;
  const lines = [`# ${task?.id ?? run.id}`, ''];
  lines.push(
    task?.text ?? '_The artifacts do not hold the text of the task._',
    '',
    '## Outcome',
    '',
    outcome.kind,
  );
  for (const signal of outcome.signals) {
    lines.push(`- ${signal.source} says ${signal.says}: ${signal.detail} (${signal.place.artifact})`);
  }
  const failed = outcome.checks.filter((check) => check.status === 'failed' || check.status === 'error');
  if (failed.length > 0) {
    lines.push('', `## Failing checks (${failed.length} of ${outcome.checks.length})`, '');
    for (const check of failed) {
      lines.push(
        `- ${check.test}${check.message === undefined ? '' : `: ${check.message.replaceAll('\n', '\n  ')}`}`,
      );
    }
  }
  for (const exception of run.exceptions)
    lines.push('', `Exception (${exception.kind}): ${exception.message}`);
  if (run.finalMessage) lines.push('', '## Final message', '', run.finalMessage.text);
  return `${lines.join('\n')}\n`;
}
