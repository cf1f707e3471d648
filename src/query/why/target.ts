import { CodetracerError } from '../../base/error.ts';
import type { Analysis } from '../analysis.ts';
import { findStep } from '../find-step.ts';

export const WHY_TARGETS =
  'file[:line[-line]][@step], test:<id>[@step], error:<n>, cwd[@step], env:<name>, package:<name>, process:<text>, service:<name>, port:<n>, branch, step:<n>, outcome';

const NAMED = ['file', 'test', 'error', 'package', 'env', 'process', 'service', 'port', 'step'] as const;
const ALONE = ['cwd', 'branch', 'outcome'] as const;

/** A question as it was asked. */
export interface Target {
  readonly kind: (typeof NAMED)[number] | (typeof ALONE)[number];
  /** As the user wrote it, whole. */
  readonly text: string;
  /** What stands behind the kind; empty where the kind stands alone. */
  readonly name: string;
  /** Position in the timeline that the question is about: after the step named by `@step`, else after the last. */
  readonly position: number;
}

/** Reads `kind:name@step`; what names no kind is a file. A test's id may hold an `@` of its own. */
export function readTarget(analysis: Analysis, text: string): Target {
  const { subject, position } = splitStep(analysis, text);
  const alone = ALONE.find((kind) => kind === subject);
  if (alone) return { kind: alone, text, name: '', position };
  const match = /^(\w+):(.+)$/s.exec(subject);
  const kind = NAMED.find((name) => name === match?.[1]);
  if (kind && match?.[2] !== undefined) return { kind, text, name: match[2], position };
  if (subject.trim() === '') throw unknownTarget(text === '' ? 'an empty target' : text, 'it names nothing');
  return { kind: 'file', text, name: subject, position };
}

function splitStep(analysis: Analysis, text: string): { subject: string; position: number } {
  const match = /^(.*)@([\w.]+)$/s.exec(text);
  if (match?.[1] !== undefined && match[2] !== undefined && /^(?:[\d.]+|onset|last)$/.test(match[2]))
    return { subject: match[1], position: findStep(analysis, match[2]).position };
  return { subject: text, position: analysis.history.records.length - 1 };
}

export function unknownTarget(target: string, reason: string, hint?: string): CodetracerError {
  return new CodetracerError('unknown-target', `${target}: ${reason}`, {
    hint: hint ?? `targets: ${WHY_TARGETS}`,
  });
}
