import type { Evidence } from '../../model/diagnosis.ts';
import { quoteAround, quoteHead } from '../../model/quote.ts';
import type { MainStep } from '../context.ts';
import type { Emit, Scene, SignalRule } from './signal-rule.ts';

const WORD = /[A-Za-z]{3,}|\d{2,}/g;
/** Of a step's text so much is compared at both ends. */
const LIMIT = 20_000;
const UNREACHED =
  /connection refused|failed to establish|max retries|could not connect|couldn't connect|unreachable|connection (?:reset|closed|aborted|error)|econnrefused|curl: \(7\)|no route to host/i;
const SERVER =
  /\b(?:serve|server\w*|flask|uvicorn|gunicorn|http\.server|node|npm (?:run )?start|sshd|nginx|daemon|qemu\S*|app\.py|api\.py)\b/i;

/** How near each step is to what failed in the end. */
export const failureSignals: SignalRule = (scene, emit) => {
  emitResemblance(scene, emit);
  emitUnreached(scene, emit);
};

/** Rare words that a step's thought and action share with the failures that were observed after the run. */
function emitResemblance({ context: { steps }, anchors }: Scene, emit: Emit): void {
  const failures = anchors.filter((anchor) => anchor.kind === 'failed-check');
  const asked = wordsOf(failures.map((anchor) => anchor.message).join(' '));
  if (asked.size === 0) return;
  const own = steps.map(({ record: { step } }) => wordsOf(`${step.thought ?? ''} ${step.action}`));
  const frequency = new Map<string, number>();
  for (const words of own)
    for (const word of words) if (asked.has(word)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const weight = (word: string): number => Math.log((steps.length + 1) / (frequency.get(word) ?? 1));
  const scores = own.map((words) => {
    let sum = 0;
    for (const word of asked) if (words.has(word)) sum += weight(word);
    return sum / Math.sqrt(20 + words.size);
  });
  const top = Math.max(...scores);
  if (top <= 0) return;
  for (const [index, step] of steps.entries()) {
    const value = (scores[index] ?? 0) / top;
    if (value >= 0.2) emit(step, 'resembles-failure', value, quoteWord(step, asked));
  }
}

function wordsOf(text: string): Set<string> {
  const part = text.length <= 2 * LIMIT ? text : `${text.slice(0, LIMIT)} ${text.slice(-LIMIT)}`;
  // Names in camel case fall into their words, as names with underscores do.
  return new Set(
    part
      .replace(/([a-z])(?=[A-Z])/g, '$1 ')
      .toLowerCase()
      .match(WORD),
  );
}

function quoteWord({ record: { step } }: MainStep, asked: ReadonlySet<string>): Evidence | undefined {
  for (const match of step.action.slice(0, LIMIT).matchAll(WORD))
    if (asked.has(match[0].toLowerCase())) return quoteAround(step, 'action', match.index);
  return quoteHead(step, 'action');
}

/** A check could not reach a service: the step that last started one answers for its not lasting. */
function emitUnreached({ context: { steps }, anchors }: Scene, emit: Emit): void {
  const failure = anchors.find(
    (anchor) => anchor.kind === 'failed-check' && UNREACHED.test(anchor.message.slice(0, 4000)),
  );
  if (!failure) return;
  const last = steps.findLast(startsService);
  if (last) emit(last, 'last-service-start', 1, quoteHead(last.record.step, 'action'), ...failure.evidence);
}

function startsService({ record }: MainStep): boolean {
  const { action, args } = record.step;
  const { effects } = record.effects.requested;
  const background =
    args?.run_in_background === true ||
    effects.some((effect) => effect.kind === 'process' && effect.action === 'start' && effect.background);
  const service = effects.some(
    (effect) => effect.kind === 'service' && /^(?:start|restart|enable)/.test(effect.action),
  );
  const runs = effects.some((effect) => effect.kind === 'run');
  return service || ((background || runs) && SERVER.test(action));
}
