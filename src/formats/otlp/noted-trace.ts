import {
  readStepNote,
  readThreadNote,
  readTurnNote,
  type ThreadNote,
  type TurnNote,
} from '../../model/exchange-note.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { NotedThread } from '../shared/noted-thread.ts';
import { type ChatMessage, parseText } from './chat-message.ts';
import type { Span } from './span.ts';
import type { Convention, SpanFacts } from './span-facts.ts';
import { definedUsage } from './span-facts.ts';

/** The root of a trace that one of our own exports wrote, and what it says of the run. */
export function findNotedRoot(
  spans: ReadonlyMap<string, Span>,
  convention: Convention,
): { readonly root: Span; readonly note: ThreadNote } | undefined {
  for (const span of spans.values()) {
    if (span.parentId !== undefined || convention.kindOf(span) !== 'agent') continue;
    const note = readThreadNote(convention.factsOf(span).note);
    if (note) return { root: span, note };
  }
  return undefined;
}

/** Reads such a trace in the order in which it was written, as its notes say. */
export function readNotedTrace(
  run: RunBuilder,
  spans: ReadonlyMap<string, Span>,
  convention: Convention,
  { root, note }: { readonly root: Span; readonly note: ThreadNote },
): void {
  const main = new NotedThread(run, run);
  main.begin(note);
  run.totalUsage = note.usage ? definedUsage(note.usage) : convention.factsOf(root).usage;
  const threads = new Map<string, NotedThread>([[root.spanId, main]]);
  const steps = new Map<string, PendingStep>();
  for (const span of spans.values()) {
    if (span === root) continue;
    const facts = convention.factsOf(span);
    const thread = threads.get(span.parentId ?? '');
    if (facts.kind === 'agent') {
      const branch = new NotedThread(run, run.branch(steps.get(span.parentId ?? '')));
      branch.begin(readThreadNote(facts.note) ?? { version: 1 });
      threads.set(span.spanId, branch);
    } else if (!thread) {
      run.log.fold('unexpected-shape', 'warning', 'a span whose agent is not there', span.place);
    } else if (facts.kind === 'model') readModel(thread, span, facts);
    else if (facts.kind === 'tool') steps.set(span.spanId, readTool(thread, span, facts));
  }
}

function readModel(thread: NotedThread, span: Span, facts: SpanFacts): void {
  const note: TurnNote = readTurnNote(facts.note) ?? {};
  for (const [index, message] of facts.input.entries()) {
    const said = note.messages?.[index] ?? { role: 'user' as const, kind: 'prompt' as const };
    thread.message(said, textOf(message) ?? '', message.place);
  }
  const [answer] = facts.output;
  const text = answer && textOf(answer);
  if (!note.final) thread.turn(note, facts.usage, text, answer?.place ?? span.place);
  else if (answer) thread.thread.think(text, answer.place);
}

function readTool(thread: NotedThread, span: Span, facts: SpanFacts): PendingStep {
  const note = readStepNote(facts.note) ?? { status: 'unknown' as const };
  const step = thread.call(facts.name ?? 'unknown', parseText(facts.args), note, span.place);
  thread.result(step, note, facts.result?.text, facts.result?.place ?? span.place);
  return step;
}

function textOf({ parts }: ChatMessage): string | undefined {
  const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
  return texts.length === 0 ? undefined : texts.join('');
}
