import { quoteArtifact, quoteFrom, quoteHead } from '../../model/quote.ts';
import type { StateHistory } from '../../model/state.ts';
import { readTodoList } from '../../state/promises/todo-list.ts';
import type { MainStep } from '../context.ts';
import { errorEvidence } from '../signals/error-signals.ts';
import type { EmitFact, FactRule } from './run-fact.ts';

const LAST = 5;

/** How the run ended, and what it left open of its own plans. */
export const endingFacts: FactRule = ({ context }, emit) => {
  const { run, steps, history } = context;
  const last = steps.at(-1);
  if (!last) return;
  const quote = quoteHead(last.record.step, 'action');
  const isOpen = ({ record }: MainStep): boolean => record.step.observation === undefined;
  // Where no step has an observation the records leave them out.
  const unanswered = last.record.step.status === 'pending' || (isOpen(last) && !steps.every(isOpen));
  if (unanswered && !last.submits) emit('cut-off', 1, quote);
  const handedIn = steps.some((step) => step.submits) || (run.submission?.text.trim() ?? '') !== '';
  if (!handedIn && (run.finalMessage?.text.trim() ?? '') === '') emit('no-handover', 1, quote);
  for (const { kind, message, quote: said = message, place } of run.exceptions) {
    const name = kind === 'limit' || kind === 'timeout' ? 'limit' : 'broken-off';
    emit(name, 1, said === '' ? quote : quoteArtifact(said, place));
  }
  const working = steps.filter((step) => !step.onlyNotes && !step.submits);
  const end = working.at(-1);
  if (end && showsFailure(end)) emit('ends-on-failure', 1, errorEvidence(end));
  const tail = working.slice(-LAST);
  const failing = tail.filter(showsFailure);
  const latest = failing.at(-1);
  if (latest) emit('last-steps-fail', failing.length / tail.length, errorEvidence(latest));
  if (last.onlyNotes) emit('ends-on-notes', 1, quote);
  emitOpenItems(steps, emit);
  emitPromises(history, emit);
};

export function showsFailure({ record }: MainStep): boolean {
  return record.failed || record.errors.length > 0 || (record.tests?.failed ?? 0) > 0;
}

/** The agent's list as it last wrote it. */
function emitOpenItems(steps: readonly MainStep[], emit: EmitFact): void {
  const writer = steps.findLast(({ record }) => (readTodoList(record.step)?.length ?? 0) > 0);
  const items = writer && readTodoList(writer.record.step);
  const open = items?.filter((item) => !item.isDone);
  const [first] = open ?? [];
  if (!writer || !items || !open || !first) return;
  const evidence = quoteFrom(writer.record.step, 'action', first.text);
  emit('open-items', open.length / items.length, evidence ?? quoteHead(writer.record.step, 'action'));
}

function emitPromises(history: StateHistory, emit: EmitFact): void {
  const said = history.commitments.filter((item) => item.source !== 'todo');
  const open = said.filter((item) => item.keptBy === undefined);
  const [first] = open;
  if (!first) return;
  const at = history.position(first.step);
  const record = at === undefined ? undefined : history.records[at];
  const thought = record && quoteFrom(record.step, 'thought', first.quote);
  const placed = first.place && quoteArtifact(first.quote, first.place);
  emit('unkept-promises', open.length / said.length, thought ?? placed);
}
