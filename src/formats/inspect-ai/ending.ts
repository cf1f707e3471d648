import { asNumber, asString, at, isObject, type JsonObject, pointer } from '../../base/json.ts';
import type { OutcomeSignal } from '../../model/outcome.ts';
import type { RunException } from '../../model/run.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { Attachments } from './attachments.ts';

/** The place of a value of the sample, by the keys to it. */
export type SamplePlace = (pointer: string) => SourceRef;

/** Scores, limit, error and answer of a sample. After its events, which tell limits and errors in more words. */
export function readEnding(
  run: RunBuilder,
  sample: JsonObject,
  attachments: Attachments,
  place: SamplePlace,
): void {
  readScores(run, sample, attachments, place);
  const answer = asString(at(sample, 'output', 'completion'));
  if (answer !== undefined && answer !== '') {
    run.submission = { text: attachments.text(answer), place: place(pointer('output', 'completion')) };
  }
  readFailure(run, sample, place);
}

function readFailure(run: RunBuilder, sample: JsonObject, place: SamplePlace): void {
  const error = asString(at(sample, 'error', 'message'));
  if (error !== undefined) {
    run.exitStatus = 'error';
    if (!run.exceptions.some(({ message }) => message === error)) {
      run.exceptions.push({
        kind: classifyError(error),
        message: error,
        place: place(pointer('error', 'message')),
      });
    }
  }
  const limit = asString(at(sample, 'limit', 'type'));
  if (limit === undefined) return;
  run.exitStatus ??= `${limit} limit`;
  const kind = classifyLimit(limit);
  if (run.exceptions.some((known) => known.kind === kind)) return;
  const size = asNumber(at(sample, 'limit', 'limit'));
  const message = `${limit} limit${size === undefined ? '' : ` of ${size}`} reached`;
  run.exceptions.push({ kind, message, quote: '', place: place(pointer('limit')) });
}

function readScores(run: RunBuilder, sample: JsonObject, attachments: Attachments, place: SamplePlace): void {
  // Early logs have one score without a name.
  const isNamed = isObject(sample.scores);
  const scores = isNamed ? sample.scores : isObject(sample.score) ? { score: sample.score } : {};
  for (const [scorer, score] of Object.entries(isObject(scores) ? scores : {})) {
    if (!isObject(score)) continue;
    const path = isNamed ? pointer('scores', scorer, 'value') : pointer('score', 'value');
    run.outcomeSignals.push(readScore(scorer, score, attachments, place(path)));
  }
}

/** Values of Inspect's own scorers; others grade from 0 to 1. */
const GRADES: Readonly<Record<string, number>> = {
  C: 1,
  P: 0.5,
  I: 0,
  N: 0,
  yes: 1,
  true: 1,
  no: 0,
  false: 0,
};

export function readScore(
  scorer: string,
  score: JsonObject,
  attachments: Attachments,
  place: SourceRef,
): OutcomeSignal {
  const { value } = score;
  const grade = readGrade(value);
  const answer = asString(score.answer);
  const detail = [typeof value === 'string' ? value : (JSON.stringify(value) ?? 'no value')];
  if (answer !== undefined) detail.push(`answer: ${attachments.text(answer)}`);
  return {
    source: scorer,
    says: grade === 1 ? 'solved' : grade === 0 ? 'failed' : 'unknown',
    ...(grade !== undefined && { score: grade }),
    detail: detail.join('; '),
    ...(detail[0] !== 'no value' && { quote: detail[0] }),
    place,
    authority: 'checker',
  };
}

function readGrade(value: unknown): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string') return asNumber(value);
  const known = GRADES[value] ?? GRADES[value.toLowerCase()];
  if (known !== undefined) return known;
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value) ? Number(value) : undefined;
}

export function classifyLimit(type: unknown): RunException['kind'] {
  if (type === 'time' || type === 'working') return 'timeout';
  return type === 'operator' ? 'harness' : 'limit';
}

const API_WORDS =
  /rate.?limit|overloaded|api.?(?:error|connection|timeout|status)|(?:bad|internal) ?(?:request|server) ?error|\b(?:429|50[0234]|529)\b|quota|authentication/i;

/** A sample's error comes from the model's service, from a time limit, or from the harness (sandbox, solver, scorer). */
export function classifyError(message: string): RunException['kind'] {
  if (API_WORDS.test(message)) return 'api';
  return /time(?:d)? ?out/i.test(message) ? 'timeout' : 'harness';
}
