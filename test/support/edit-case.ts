import { createStepAnalyzer } from '../../src/effects/create-step-analyzer.ts';
import type { StateHistory } from '../../src/model/state.ts';
import { buildHistory } from '../../src/state/build-history.ts';
import { runFrom } from './notation.ts';

/** A call of a tool on a file, and what it makes of it. */
export interface EditCase {
  /** The rule that the case shows. */
  readonly rule: string;
  /** Name of the tool, or of the shell with its text for agents whose tools are texts. */
  readonly tool: string;
  /** Arguments, or the text of a shell command. */
  readonly call: Readonly<Record<string, unknown>> | string;
  readonly answer: string;
  /** The call ended with an error, as the artifact says. */
  readonly fails?: true;
  /** The file before, known for sure; undefined for one that nobody saw, null for none. */
  readonly before?: string | null;
  /** The file after it; `unchanged`: no version was made; `gone`; `unknown`: a version whose content is not known. */
  readonly after: { readonly content: string } | 'unchanged' | 'gone' | 'unknown';
  /** The content is only taken to be so. */
  readonly assumed?: true;
  /** The file that is meant; `/app/f.py` unless told. */
  readonly path?: string;
}

export const EDITED = '/app/f.py';

/** What the call of a case made of its file, in the words of the case. */
export function playEdit(edit: EditCase): { readonly after: EditCase['after']; readonly assumed?: true } {
  const steps: string[] = ['cwd: /app'];
  const { before } = edit;
  let number = 1;
  if (typeof before === 'string')
    steps.push(`${number++} @Write ${JSON.stringify({ file_path: EDITED, content: before })}`, 'Written.');
  if (before === null) steps.push(`${number++} > rm -f ${EDITED}`);
  steps.push(...stepOf(number, edit));
  return stateAfter(historyFrom(steps), edit.path ?? EDITED, number - 1);
}

export function historyFrom(lines: readonly string[]): StateHistory {
  return buildHistory(runFrom(lines.join('\n')), createStepAnalyzer());
}

/** One step in the notation. */
export function stepOf(number: number, { tool, call, answer, fails }: EditCase): string[] {
  const head =
    typeof call === 'string'
      ? call.split('\n').map((line, i) => (i === 0 ? `${number} ${fails ? '!' : '>'} ${line}` : `> ${line}`))
      : [`${number} @${fails ? '!' : ''}${tool} ${JSON.stringify(call)}`];
  return [...head, ...answer.split('\n').map((line) => (/^[\d>]/.test(line) ? `\\${line}` : line))];
}

/** The file after the step at `position`. */
export function stateAfter(
  history: StateHistory,
  path: string,
  position: number,
): { readonly after: EditCase['after']; readonly assumed?: true } {
  const made = history.versions(path).filter(({ at, madeBy }) => at >= position && madeBy !== undefined);
  if (made.length === 0) return { after: 'unchanged' };
  const now = history.at(position).file(path);
  if (!now || !now.exists) return { after: 'gone' };
  if (now.content === undefined) return { after: 'unknown' };
  return { after: { content: now.content }, ...(now.provenance === 'assumed' && { assumed: true as const }) };
}
