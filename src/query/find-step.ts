import { CodetracerError } from '../base/error.ts';
import type { StepId } from '../model/ids.ts';
import type { StepRecord } from '../model/state.ts';
import type { Analysis } from './analysis.ts';

/**
 * The record of a step that a user named: `7`, `7.2`, `onset`, `last`.
 * @throws CodetracerError `unknown-step` that says which steps there are.
 */
export function findStep({ run, history, diagnosis }: Analysis, name: string): StepRecord {
  const id = name === 'onset' ? diagnosis.onset : name === 'last' ? run.steps.at(-1)?.id : (name as StepId);
  const position = id === undefined ? undefined : history.position(id);
  const record = position === undefined ? undefined : history.records[position];
  if (record) return record;
  if (name === 'onset') throw new CodetracerError('unknown-step', 'the diagnosis names no onset');
  throw new CodetracerError('unknown-step', `there is no step ${JSON.stringify(name)}`, {
    hint: run.steps.length === 0 ? 'the run has no steps' : `steps go from 1 to ${run.steps.length}`,
  });
}

/** Steps of a range: `3`, `3-7`, `3-`, `7.1`, `onset`. A range takes main-agent steps and what ran under them. */
export function findSteps(analysis: Analysis, range: string): StepRecord[] {
  const bounds = /^(\d+)\s*(?:-|\.\.)\s*(\d*)$/.exec(range.trim());
  if (!bounds) return [findStep(analysis, range.trim())];
  const from = Number(bounds[1]);
  const to = bounds[2] === '' ? analysis.run.steps.length : Number(bounds[2]);
  if (from > to)
    throw new CodetracerError('unknown-step', `the range ${range} is empty`, {
      hint: 'write it as <first>-<last>',
    });
  findStep(analysis, String(from));
  return analysis.history.records.filter(({ step }) => {
    const ordinal = Number.parseInt(step.id, 10);
    return ordinal >= from && ordinal <= to;
  });
}
