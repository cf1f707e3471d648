import { quoteHead } from '../../model/quote.ts';
import type { MainStep } from '../context.ts';
import type { Emit, SignalRule } from './signal-rule.ts';

const POLLING = new Set(['BashOutput', 'TaskOutput', 'wait', 'get_terminal_output']);
/** A no-op colon before a command, or fragments of a call format in place of one. */
const MALFORMED = /^(?::\s|[\]})>,"'`]|<\/?\w+>|\{\s*"(?:command|name|arguments)")/;
const CALL_TOKEN = /<\|[a-z_]+\|>/;
const MALFORMED_RESULT =
  /InputValidationError|tool_use_error|missing required|invalid (?:arguments|json|tool)|unexpected keyword|parsing errors?|No function call/i;

/** Steps that add nothing: repeats, re-reads, waiting, malformed calls, empty looks. */
export const repetitionSignals: SignalRule = ({ context }, emit) => {
  const seenAt = new Map<number, { epoch: number; count: number }>();
  const readAt = new Map<string, number>();
  const malformed: MainStep[] = [];
  let epoch = 0;
  let previous: MainStep | undefined;
  for (const step of context.steps) {
    const { record, actionKey } = step;
    const quote = quoteHead(record.step, 'action');
    const waits = POLLING.has(record.step.tool) || record.effects.requested.effects.some(isWait);
    if (waits) emit(step, 'waits', 1, quote);
    const earlier = seenAt.get(actionKey);
    if (earlier && !waits) {
      if (earlier.epoch === epoch) emit(step, 'repeats-action', 1, quote);
      if (earlier.count >= 2) emit(step, 'repeats-often', 1, quote);
    }
    seenAt.set(actionKey, { epoch, count: (earlier?.count ?? 0) + 1 });
    if (previous && !earlier && isSimilar(previous.record.step.action, record.step.action)) {
      emit(step, 'similar-to-previous', 1, quote);
    }
    emitReread(step, readAt, epoch, emit);
    const explores = record.effects.requested.class === 'explore' && !step.onlyNotes;
    if (explores && isEmpty(record.step.observation ?? '')) emit(step, 'empty-result', 1, quote);
    const bad =
      MALFORMED.test(record.step.action.trimStart()) ||
      (record.step.action.includes('<|') && CALL_TOKEN.test(record.step.action));
    const refused = record.failed && MALFORMED_RESULT.test((record.step.observation ?? '').slice(0, 1000));
    if (bad || refused) {
      malformed.push(step);
      emit(step, 'malformed', 1, bad ? quote : quoteHead(record.step, 'observation'));
    }
    if (record.changed.length > 0) epoch++;
    previous = step;
  }
  const [first] = malformed;
  if (first && malformed.length > 1)
    emit(first, 'first-malformed', 1, quoteHead(first.record.step, 'action'));
};

/** Nothing but white space and tags. */
function isEmpty(output: string): boolean {
  const text = output.trimStart();
  return text === '' || (text.startsWith('<') && text.replace(/<\/?\w+>/g, '').trim() === '');
}

function isWait(effect: { kind: string; action?: string }): boolean {
  return effect.kind === 'process' && effect.action === 'wait';
}

/** Equal but for at most a tenth of their characters, by common ends: cheap and enough for retries with a small change. */
function isSimilar(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < 12 || Math.abs(a.length - b.length) > shorter * 0.2) return false;
  let prefix = 0;
  while (prefix < shorter && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  while (
    suffix < shorter - prefix &&
    a.charCodeAt(a.length - 1 - suffix) === b.charCodeAt(b.length - 1 - suffix)
  )
    suffix++;
  return prefix + suffix >= Math.max(a.length, b.length) * 0.9;
}

/** Reads only what was read before and not changed since. */
function emitReread(step: MainStep, readAt: Map<string, number>, epoch: number, emit: Emit): void {
  const reads = step.record.effects.requested.effects.filter((effect) => effect.kind === 'read');
  const keys = reads.map((effect) => `${effect.path}:${effect.range?.from ?? 0}-${effect.range?.to ?? ''}`);
  const onlyReads = step.record.changed.length === 0 && !step.verifies && keys.length > 0;
  if (onlyReads && keys.every((key) => readAt.get(key) === epoch)) {
    emit(step, 'reread', 1, quoteHead(step.record.step, 'action'));
  }
  for (const key of keys) readAt.set(key, epoch);
}
