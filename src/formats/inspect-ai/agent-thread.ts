import { hashText } from '../../base/hash.ts';
import { asArray, asString, isObject, type JsonObject } from '../../base/json.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ResultFacts, ThreadBuilder } from '../../model/thread-builder.ts';
import type { Usage } from '../../model/usage.ts';
import type { Attachments } from './attachments.ts';
import { readContent } from './content.ts';
import { answerOf, readCall, readServed, readShown } from './read-tool.ts';
import { readModelUsage } from './read-usage.ts';

/** Gives the place of a value from the keys below the record that is read. */
export type Place = (...path: readonly (string | number)[]) => SourceRef;

/** How often equal messages without an id stood in a list so far. */
export type Counts = Map<string, number>;

/** What a thread needs of the run around it. */
export interface ThreadContext {
  readonly attachments: Attachments;
  /** Messages that inputs refer to by position. */
  readonly pool: readonly unknown[];
  readonly poolPlace: (index: number) => SourceRef;
  /** Usage of a model's answer: answers without a call count for the run too. */
  addUsage(usage: Usage | undefined): void;
  /** A result that answers no call. */
  reportUnpaired(place: SourceRef): void;
  /** A message, call or event that is not as any version writes it. */
  reportOdd(what: string, place: SourceRef): void;
}

/** One conversation of a sample: the main agent's, or that of an agent which a tool call started. */
export class AgentThread {
  readonly builder: ThreadBuilder;
  private readonly context: ThreadContext;
  /** Calls by the model's id, in order: ids come again. */
  private readonly byId = new Map<string, PendingStep[]>();
  /** Messages that were read, by id, or by content and how often it stood before them. */
  private readonly seen = new Set<string>();
  private poolRead = 0;
  answers = 0;

  constructor(builder: ThreadBuilder, context: ThreadContext) {
    this.builder = builder;
    this.context = context;
  }

  /** A call of the model: what is new in its input, then its answer. */
  readModel(event: JsonObject, place: Place): void {
    this.readInput(asArray(event.input) ?? [], (index) => place('input', index));
    this.readPooled(event.input_refs);
    const error = asString(event.error);
    if (error !== undefined) {
      // The attempt failed and was made again: nothing of it ran.
      this.builder.message({ role: 'environment', kind: 'notice', text: error, place: place('error') });
      return;
    }
    const message = answerOf(event);
    if (!message) return;
    this.see(message, new Map());
    const usage = readModelUsage(isObject(event.output) ? event.output.usage : undefined);
    this.context.addUsage(usage);
    this.builder.beginTurn(usage);
    this.answers++;
    this.readAnswer(message, (...path) => place('output', 'choices', 0, 'message', ...path));
  }

  /** New messages of a list: an input of the model, or the sample's own list. */
  readInput(
    messages: readonly unknown[],
    placeOf: (index: number) => SourceRef,
    before: Counts = new Map(),
  ): void {
    for (const [index, message] of messages.entries()) {
      if (!isObject(message)) this.context.reportOdd('a message is no object', placeOf(index));
      else if (!this.see(message, before)) this.readGiven(message, placeOf(index));
    }
  }

  /** An assistant message with its calls, of a log without events. */
  readAssistant(message: JsonObject, place: Place, before: Counts): void {
    if (this.see(message, before)) return;
    this.builder.beginTurn();
    this.answers++;
    this.readAnswer(message, place);
  }

  /** The call that an executed tool belongs to: the first with its id that has no result yet, or a new one. */
  takeCall(event: JsonObject, place: SourceRef): PendingStep {
    const id = asString(event.id) ?? '';
    const waiting = this.byId.get(id)?.find((call) => !call.result);
    if (waiting) return waiting;
    this.builder.beginTurn();
    return this.add(id, this.builder.call(readCall(event, this.context.attachments, place)));
  }

  private readPooled(refs: unknown): void {
    for (const range of asArray(refs) ?? []) {
      const [start, end] = Array.isArray(range) ? (range as unknown[]) : [];
      if (typeof start !== 'number' || typeof end !== 'number') continue;
      // Inputs repeat what earlier ones held: what was read from the pool's beginning is not looked at again.
      const from = start <= this.poolRead ? Math.max(start, this.poolRead) : start;
      const to = Math.min(end, this.context.pool.length);
      this.readInput(this.context.pool.slice(from, to), (index) => this.context.poolPlace(from + index));
      if (start <= this.poolRead) this.poolRead = Math.max(this.poolRead, to);
    }
  }

  /** Whether a message was read before; remembers it. `before` counts equal messages without id of the same list. */
  private see(message: JsonObject, before: Counts): boolean {
    const id = asString(message.id);
    let key = id === undefined ? '' : `id ${id}`;
    if (id === undefined) {
      const content = this.context.attachments.resolve(message.content);
      const calls = (asArray(message.tool_calls) ?? []).map((call) => isObject(call) && call.id);
      const text = JSON.stringify([content, message.tool_call_id, calls]);
      const base = `${asString(message.role)} ${hashText(text)}`;
      const count = before.get(base) ?? 0;
      before.set(base, count + 1);
      key = `${base} ${count}`;
    }
    if (this.seen.has(key)) return true;
    this.seen.add(key);
    return false;
  }

  private readGiven(message: JsonObject, place: SourceRef): void {
    const role = asString(message.role);
    if (role === undefined) this.context.reportOdd('a message names no role', place);
    if (role === 'tool') {
      this.readToolMessage(message, place);
      return;
    }
    const { text, images } = readContent(message.content, this.context.attachments);
    const shown = [text, ...images.map((image) => `[${image}]`)].filter((part) => part !== '').join('\n');
    if (shown === '') return;
    if (role === 'system' || role === 'user') {
      const kind = role === 'system' || this.answers === 0 ? 'prompt' : 'reply';
      if (role === 'user' && this.answers === 0) this.builder.prompt ??= shown;
      this.builder.message({ role, kind, text: shown, place });
    } else this.builder.message({ role: 'assistant', kind: 'reply', text: shown, place });
  }

  /** What the model was shown of a result. The tool's event has said it already, where there are events. */
  private readToolMessage(message: JsonObject, place: SourceRef): void {
    const shown = readShown(message.content, message.error, this.context.attachments);
    const facts: ResultFacts = { ...shown, place };
    const calls = this.byId.get(asString(message.tool_call_id) ?? '') ?? [];
    const waiting = calls.find((call) => !call.result);
    const known = calls.findLast((call) => call.result);
    if (known?.result && (!waiting || sameText(known.result, facts))) {
      known.result = mergeShown(known.result, facts);
      return;
    }
    if (waiting) {
      this.builder.result(waiting, facts);
      return;
    }
    this.builder.message({ role: 'environment', kind: 'notice', text: facts.observation ?? '', place });
    this.context.reportUnpaired(place);
  }

  private readAnswer(message: JsonObject, place: Place): void {
    const { attachments } = this.context;
    const content = readContent(message.content, attachments);
    // Early logs keep the reasoning beside the content.
    const beside = asString(message.reasoning);
    for (const text of [...(beside === undefined ? [] : [attachments.text(beside)]), ...content.reasoning]) {
      this.builder.think(text, place('content'));
    }
    this.builder.think(content.text, place('content'));
    for (const { block, index } of content.served) {
      const { call, result } = readServed(block, attachments, place('content', index));
      this.builder.result(this.builder.call(call), result);
    }
    const calls = asArray(message.tool_calls);
    if (!calls && message.tool_calls !== undefined && message.tool_calls !== null)
      this.context.reportOdd('the calls of a message are no list', place('tool_calls'));
    for (const [index, call] of (calls ?? []).entries()) {
      if (!isObject(call)) {
        this.context.reportOdd('a call is no object', place('tool_calls', index));
        continue;
      }
      const step = this.builder.call(readCall(call, attachments, place('tool_calls', index)));
      this.add(asString(call.id) ?? '', step);
    }
  }

  private add(id: string, step: PendingStep): PendingStep {
    const same = this.byId.get(id);
    if (same) same.push(step);
    else this.byId.set(id, [step]);
    return step;
  }
}

function sameText(a: ResultFacts, b: ResultFacts): boolean {
  return (a.observation ?? '') === (b.observation ?? '');
}

/** The message is what the model saw; what the tool gave besides is kept as its raw output. */
function mergeShown(event: ResultFacts, message: ResultFacts): ResultFacts {
  if (sameText(event, message)) return event;
  const raw = event.rawOutput ?? event.observation;
  return {
    ...event,
    ...(message.observation !== undefined && { observation: message.observation }),
    ...(raw !== undefined && raw !== '' && { rawOutput: raw }),
    ...(message.place && { place: message.place }),
  };
}
