import type { Evidence } from '../../model/diagnosis.ts';
import { quoteAround, quoteFrom, quoteHead } from '../../model/quote.ts';
import type { Context, MainStep } from '../context.ts';
import { errorEvidence } from '../signals/error-signals.ts';
import type { SignalName, SignalTable } from '../signals/signal-rule.ts';
import { showsFailure } from './ending-facts.ts';
import { type EmitFact, type FactName, type FactRule, logScale } from './run-fact.ts';

/** Facts that are the share of steps with a signal, or 1 where any step has it. */
const FROM_SIGNALS: readonly (readonly [FactName, SignalName, 'share' | 'any'])[] = [
  ['same-error-share', 'same-error-again', 'share'],
  ['malformed', 'first-malformed', 'any'],
  ['malformed-share', 'malformed', 'share'],
  ['gives-up', 'gives-up', 'any'],
  ['fabricates', 'fabrication', 'any'],
  ['fabricates-share', 'fabrication', 'share'],
  ['changes-approach', 'changes-approach', 'share'],
  ['test-weakened', 'test-weakened', 'any'],
  ['destructive', 'destructive', 'any'],
  ['leaves-running', 'leaves-running', 'any'],
  ['waits-share', 'waits', 'share'],
  ['repeats-share', 'repeats-action', 'share'],
  ['ignores-errors', 'error-ignored', 'share'],
  ['blind-share', 'blind-write', 'share'],
  ['undone-share', 'undone-later', 'share'],
  ['claims-despite-failure', 'claims-despite-failure', 'any'],
];

/** So much of either end of an output is looked at. */
const EDGE = 3000;

/** What an output says of its surroundings, looked for in steps that failed. */
const OBSTACLES: readonly (readonly [FactName, RegExp])[] = [
  [
    'no-network',
    /Could not resolve|Temporary failure (?:in name resolution|resolving)|Name or service not known|Network is unreachable|Connection (?:refused|timed out|reset)|Failed to (?:connect|fetch)|getaddrinfo|Max retries exceeded|(?:HTTP (?:Error|error)|status code) (?:40[0-9]|42[0-9]|5\d\d)|Unable to connect/i,
  ],
  ['missing-tool', /command not found|No module named|not recognized as an? (?:internal|command)/i],
  ['step-timeout', /timed? ?out\b/i],
];

const WARNING = /\bwarn(?:ing)?s?\b/i;
const APOLOGY = /\b(?:apolog\w+|sorry|oversight|my mistake|I was wrong|I made an? (?:error|mistake))\b/i;
const DOUBT =
  /\b(?:wait|hmm+|actually,|not sure|unclear|confus\w+|strange\w*|weird\w*|perhaps|maybe|unexpected)\b/i;

/** How hard the run fought, and whether it settled. */
export const struggleFacts: FactRule = ({ context, table }, emit) => {
  emitFailures(context, emit);
  emitSignals(context, table, emit);
  emitChanges(context, emit);
  emitObstacles(context, emit);
  emitThoughts(context, emit);
};

function emitFailures({ steps, history }: Context, emit: EmitFact): void {
  const failing = steps.filter(showsFailure);
  const [first] = failing;
  if (first) emit('failed-share', failing.length / steps.length, errorEvidence(first));
  const lateFrom = Math.floor((steps.length * 2) / 3);
  const late = failing.filter((step) => step.ordinal > lateFrom);
  const [firstLate] = late;
  if (firstLate) emit('failed-late', late.length / (steps.length - lateFrom), errorEvidence(firstLate));
  let streak = 0;
  let longest = 0;
  let ends: MainStep | undefined;
  for (const step of steps) {
    streak = showsFailure(step) ? streak + 1 : 0;
    if (streak > longest) {
      longest = streak;
      ends = step;
    }
  }
  if (ends && longest > 1) emit('failing-streak', longest / 6, errorEvidence(ends));
  const open = history.errors.filter((error) => error.resolvedBy === undefined);
  const newest = open.at(-1);
  if (newest) {
    const at = history.position(newest.step);
    const record = at === undefined ? undefined : history.records[at];
    emit(
      'open-errors',
      logScale(open.length, 10),
      record && quoteFrom(record.step, 'observation', newest.line),
    );
  }
}

function emitSignals({ steps }: Context, table: SignalTable, emit: EmitFact): void {
  const counts = new Map<string, { count: number; first: Evidence | undefined }>();
  for (const step of steps) {
    for (const { name, evidence } of table.get(step.ordinal) ?? []) {
      const known = counts.get(name);
      if (known) known.count++;
      else counts.set(name, { count: 1, first: evidence[0] });
    }
  }
  for (const [fact, signal, mode] of FROM_SIGNALS) {
    const found = counts.get(signal);
    if (found) emit(fact, mode === 'any' ? 1 : found.count / steps.length, found.first);
  }
}

function emitChanges({ steps, history, lastWriter }: Context, emit: EmitFact): void {
  const writers = steps.filter((step) => step.sources.length > 0);
  const [first] = writers;
  const last = writers.at(-1);
  const ending = steps.at(-1);
  if (!first || !last) {
    emit('no-change', 1, ending && quoteHead(ending.record.step, 'action'));
    return;
  }
  const quote = quoteHead(last.record.step, 'action');
  emit('late-change', last.ordinal / steps.length, quote);
  emit('late-start', first.ordinal / steps.length, quoteHead(first.record.step, 'action'));
  emit('many-files', logScale(lastWriter.size, 10), quote);
  const written = writers.reduce((sum, step) => sum + step.written, 0);
  emit('much-written', logScale(written, 20_000), quote);
  let most = 0;
  for (const path of lastWriter.keys()) {
    const whole = history.versions(path).filter(({ how, madeBy }) => how === 'write' && madeBy !== undefined);
    most = Math.max(most, whole.length - 1);
  }
  emit('rewrites', most / 5, quote);
}

function emitObstacles({ steps }: Context, emit: EmitFact): void {
  for (const step of steps) {
    const { record } = step;
    const output = record.step.observation ?? '';
    emitProcesses(step, emit);
    if (record.step.status === 'timeout') emit('step-timeout', 1, quoteHead(record.step, 'action'));
    if (!showsFailure(step)) continue;
    for (const [name, pattern] of OBSTACLES) {
      const index = findAtEdges(output, pattern);
      if (index !== undefined) emit(name, 1, quoteAround(record.step, 'observation', index));
    }
    if (record.failed && record.effects.requested.effects.some((effect) => effect.kind === 'package'))
      emit('install-fails', 1, errorEvidence(step));
  }
  for (const { record } of steps.slice(-5)) {
    const index = findAtEdges(record.step.observation ?? '', WARNING);
    if (index !== undefined) emit('warnings-late', 1, quoteAround(record.step, 'observation', index));
  }
}

/** Programs that outlive their step: what they do later is seen only by who looks again. */
function emitProcesses({ record }: MainStep, emit: EmitFact): void {
  const { step, effects } = record;
  for (const effect of effects.requested.effects) {
    if (effect.kind === 'network' && effect.direction === 'fetch')
      emit('fetches', 1, quoteHead(step, 'action'));
    if (effect.kind !== 'process') continue;
    if (effect.action === 'kill') emit('kills-process', 1, quoteHead(step, 'action'));
    else if (effect.action === 'start' && effect.background) emit('background', 1, quoteHead(step, 'action'));
  }
  if (step.args?.run_in_background === true) emit('background', 1, quoteHead(step, 'action'));
}

function findAtEdges(text: string, pattern: RegExp): number | undefined {
  const head = pattern.exec(text.slice(0, EDGE));
  if (head) return head.index;
  const from = Math.max(EDGE, text.length - EDGE);
  const tail = pattern.exec(text.slice(from));
  return tail ? from + tail.index : undefined;
}

function emitThoughts({ steps }: Context, emit: EmitFact): void {
  const thinking = steps.filter(({ record }) => (record.step.thought?.length ?? 0) > 0);
  for (const [name, pattern] of [
    ['apologises', APOLOGY],
    ['doubts-share', DOUBT],
  ] as const) {
    let count = 0;
    let first: Evidence | undefined;
    for (const { record } of thinking) {
      const index = findAtEdges(record.step.thought ?? '', pattern);
      if (index === undefined) continue;
      count++;
      first ??= quoteAround(record.step, 'thought', index);
    }
    if (count > 0) emit(name, count / thinking.length, first);
  }
}
