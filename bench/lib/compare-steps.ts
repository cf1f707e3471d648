import { isObject } from '../../src/base/json.ts';
import { foldWhitespace } from '../../src/base/text.ts';
import type { Run } from '../../src/model/run.ts';
import type { Step } from '../../src/model/step.ts';

export interface StepComparison {
  /** Steps of the hand-written extractor. */
  readonly expected: number;
  /** Of these, steps that were learnt with the right action, and with the right observation too. */
  readonly action: number;
  readonly both: number;
  /** Learnt steps that match none. */
  readonly extra: number;
}

/** How far the next match may lie ahead. */
const WINDOW = 80;

/** Aligns the steps of two readings of one artifact in order and counts those that agree. */
export function compareSteps(
  expected: Run,
  learnt: Run,
  onMiss?: (step: Step, near: Step | undefined) => void,
): StepComparison {
  const left = allSteps(expected);
  // Threads may be listed in another order: then the whole list is searched.
  const window = expected.branches.length > 0 || learnt.branches.length > 0 ? 3000 : WINDOW;
  const right = allSteps(learnt).map((step) => ({ step, text: actionText(step), used: false }));
  let from = 0;
  let action = 0;
  let both = 0;
  for (const step of left) {
    const wanted = wantedTexts(step);
    let found: (typeof right)[number] | undefined;
    for (let i = from; i < Math.min(right.length, from + window); i++) {
      const candidate = right[i];
      if (!candidate || candidate.used || !sameAction(step, wanted, candidate.step, candidate.text)) continue;
      found = candidate;
      break;
    }
    if (!found) {
      onMiss?.(step, right[from]?.step);
      continue;
    }
    found.used = true;
    while (right[from]?.used) from++;
    action++;
    if (sameObservation(step.observation, found.step.observation)) both++;
    else onMiss?.(step, found.step);
  }
  return { expected: left.length, action, both, extra: right.filter(({ used }) => !used).length };
}

function allSteps(run: Run): Step[] {
  const [home] = run.steps;
  // Steps of sub-agents in files of their own are not in the artifact that was learnt.
  const beside = run.branches
    .flatMap(({ steps }) => steps)
    .filter(({ actionRef }) => actionRef.artifact === home?.actionRef.artifact);
  return [...run.steps, ...beside];
}

function actionText(step: Step): string {
  return foldWhitespace([step.tool, step.action, ...leaves(step.args)].join('\n'));
}

function wantedTexts(step: Step): string[] {
  const values = step.args ? leaves(step.args) : [step.action];
  return values.map(foldWhitespace).filter((text) => text !== '');
}

/** Tool names are compared where both sides record one; `bash` stands for formats that know nothing but commands. */
function sameAction(expected: Step, wanted: readonly string[], learnt: Step, text: string): boolean {
  const named = expected.args !== undefined && expected.tool !== 'bash' && learnt.tool !== 'bash';
  if (named && expected.tool.toLowerCase() !== learnt.tool.toLowerCase()) return false;
  if (wanted.length === 0) return foldWhitespace(learnt.action).length <= 2 * expected.action.length + 20;
  return wanted.every((part) => text.includes(part)) && text.length <= 4 * wanted.join(' ').length + 600;
}

/** The recorded observation is contained, and little else is; none is expected where none was recorded. */
function sameObservation(expected: string | undefined, learnt: string | undefined): boolean {
  const a = foldWhitespace(expected ?? '');
  const b = foldWhitespace(learnt ?? '');
  if (a === '') return b === '';
  if (b.includes(a)) return b.length <= 3 * a.length + 500;
  return a.includes(b) && b.length >= 0.9 * a.length;
}

function leaves(value: unknown): string[] {
  const found: string[] = [];
  const work: unknown[] = [value];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    if (typeof next === 'string') found.push(next);
    else if (typeof next === 'number') found.push(String(next));
    else if (Array.isArray(next)) work.push(...next.slice(0, 2000));
    else if (isObject(next)) work.push(...Object.values(next));
  }
  return found;
}
