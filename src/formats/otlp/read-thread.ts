import { asNumber, asString } from '../../base/json.ts';
import type { Millis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { ChatMessage, ChatPart } from './chat-message.ts';
import type { Span } from './span.ts';
import type { SpanFacts } from './span-facts.ts';
import { argumentsKey, type PlannedCall, type RanTool, ThreadPlan } from './thread-plan.ts';

/**
 * Reads the spans of one thread, in time order. A model's span repeats the conversation so far: what stands there as often
 * as it was seen before is no news. So calls come from the answers, results from later questions, and a tool's own
 * span adds to its call; none is counted twice.
 */
export class ThreadReader {
  readonly plan = new ThreadPlan();
  private readonly run: RunBuilder;
  private readonly isMain: boolean;
  /** How often a text was said in this thread, by speaker and text. */
  private readonly said = new Map<string, number>();
  /** Calls by id, or by name and arguments, in order. */
  private readonly byKey = new Map<string, PlannedCall[]>();
  /** Calls that no span of a tool belongs to yet, by the name of the tool. */
  private readonly open = new Map<string, Set<PlannedCall>>();
  /** Calls that only a tool's span told of. */
  private readonly unasked = new Map<string, PlannedCall[]>();

  constructor(run: RunBuilder, isMain: boolean) {
    this.run = run;
    this.isMain = isMain;
  }

  readModel(span: Span, facts: SpanFacts): void {
    if (this.isMain) this.run.model ??= facts.model;
    new InputReader(this, span).read(facts.input);
    this.plan.turn(facts.usage);
    for (const { parts, place } of facts.output) {
      for (const part of parts) {
        if (part.kind === 'text' || part.kind === 'reasoning') {
          this.count(part.kind, 'assistant', part.text);
          this.plan.think(part.text, place);
        } else if (part.kind === 'call') this.addCall(part, span, place);
        else if (part.kind === 'result') this.addResult(this.byKey.get(`#${part.id}`)?.at(-1), part, place);
      }
    }
    if (span.status === 'error') {
      const message = failureOf(span) ?? 'the call of the model failed';
      this.run.exceptions.push({ kind: 'api', message, place: span.place });
    }
  }

  /** The span of a tool: adds to the call that asked for it, or is a call of its own. */
  readTool(span: Span, facts: SpanFacts): PlannedCall {
    const tool = facts.name ?? 'unknown';
    const call = this.findAsked(tool, facts) ?? this.addUnasked(tool, facts, span);
    this.open.get(call.tool)?.delete(call);
    call.args ??= facts.args;
    call.startedAt = span.startedAt ?? call.startedAt;
    call.ran = readRan(span, facts);
    return call;
  }

  /** What only the agent's own span says: the question where no model was asked it, and the answer. */
  readAgent(facts: SpanFacts): void {
    if (!this.plan.prompt) {
      for (const { role, parts, place } of facts.input) {
        const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []));
        const text = texts.join('\n');
        if (role !== 'user' || text === '') continue;
        this.plan.open(text, place);
        break;
      }
    }
    if (this.plan.endsWithThought) return;
    for (const { parts, place } of facts.output) {
      for (const part of parts) {
        if (part.kind === 'text' && !this.said.has(textKey('text', 'assistant', part.text)))
          this.plan.think(part.text, place);
      }
    }
  }

  /** Counts a text; answers how often it was said with this one. */
  count(kind: string, role: string, text: string): number {
    const key = textKey(kind, role, text);
    const times = (this.said.get(key) ?? 0) + 1;
    this.said.set(key, times);
    return times;
  }

  timesSaid(kind: string, role: string, text: string): number {
    return this.said.get(textKey(kind, role, text)) ?? 0;
  }

  callsOf(part: Extract<ChatPart, { kind: 'call' }>): readonly PlannedCall[] {
    return this.byKey.get(callKey(part.id, part.name, part.args)) ?? [];
  }

  callsWithId(id: string): readonly PlannedCall[] {
    return this.byKey.get(`#${id}`) ?? [];
  }

  addCall(part: Extract<ChatPart, { kind: 'call' }>, span: Span, place: SourceRef): PlannedCall {
    const call: PlannedCall = {
      id: part.id,
      tool: part.name,
      args: part.args,
      place,
      issuedAt: span.order,
      startedAt: undefined,
      shown: undefined,
      ran: undefined,
      step: undefined,
    };
    if (part.id !== undefined && this.callsWithId(part.id).length > 0) {
      const where = { artifact: place.artifact };
      this.run.log.fold('reused-call-id', 'info', 'a call id stands there again; joined in order', where);
    }
    push(this.byKey, callKey(part.id, part.name, part.args), call);
    const open = this.open.get(part.name) ?? new Set();
    this.open.set(part.name, open.add(call));
    this.plan.call(call);
    return call;
  }

  /** A call that a tool's span told of before any message did. */
  adoptUnasked(part: Extract<ChatPart, { kind: 'call' }>): PlannedCall | undefined {
    const call = this.unasked.get(callKey(undefined, part.name, part.args))?.shift();
    if (call) push(this.byKey, callKey(part.id, part.name, part.args), call);
    return call;
  }

  addResult(
    call: PlannedCall | undefined,
    part: Extract<ChatPart, { kind: 'result' }>,
    place: SourceRef,
  ): void {
    if (call) {
      call.shown ??= { text: part.text, images: part.images, place };
      return;
    }
    if (part.text.trim() === '') return;
    this.run.log.fold('unpaired-result', 'warning', 'a result answers no call of this trace', place);
    this.plan.message({ role: 'environment', kind: 'reply', text: part.text, place });
  }

  private findAsked(tool: string, { callId, args }: SpanFacts): PlannedCall | undefined {
    if (callId !== undefined) {
      const named = this.callsWithId(callId).find(({ ran }) => !ran);
      if (named) return named;
    }
    const open = [...(this.open.get(tool) ?? [])].filter(
      ({ id }) => callId === undefined || id === undefined,
    );
    const wanted = argumentsKey(args);
    return (
      open.find((call) => args !== undefined && argumentsKey(call.args) === wanted) ??
      (args === undefined ? open[0] : undefined)
    );
  }

  private addUnasked(tool: string, facts: SpanFacts, span: Span): PlannedCall {
    const { callId, args } = facts;
    this.plan.turn(undefined);
    const part = { kind: 'call' as const, name: tool, args, ...(callId !== undefined && { id: callId }) };
    const call = this.addCall(part, span, span.place);
    if (callId === undefined) push(this.unasked, callKey(undefined, tool, args), call);
    return call;
  }
}

/** Reads the messages that go into one call of the model. */
class InputReader {
  private readonly thread: ThreadReader;
  private readonly span: Span;
  private readonly here = new Map<string, number>();
  /** Calls of the last message of the model, for results that name none. */
  private asked: PlannedCall[] = [];
  private answered = 0;

  constructor(thread: ThreadReader, span: Span) {
    this.thread = thread;
    this.span = span;
  }

  read(messages: readonly ChatMessage[]): void {
    for (const message of messages) {
      const calls = message.parts.filter((part) => part.kind === 'call');
      if (calls.length > 0) this.readCalls(message, calls);
      for (const part of message.parts) {
        if (part.kind === 'text' || part.kind === 'reasoning') {
          // Before its calls, unless these told of the message already.
          if (calls.length === 0) this.readText(part, message);
        } else if (part.kind === 'result') this.readResult(part, message.place);
      }
    }
  }

  /** A message of the model with calls: known from its answer, or news, when that answer was not recorded. */
  private readCalls(message: ChatMessage, calls: readonly Extract<ChatPart, { kind: 'call' }>[]): void {
    this.asked = [];
    this.answered = 0;
    let begun = false;
    for (const part of message.parts) {
      if (part.kind === 'text' || part.kind === 'reasoning') this.readText(part, message);
    }
    for (const part of calls) {
      const times = this.repeat(`call ${callKey(part.id, part.name, part.args)}`);
      let call = this.thread.callsOf(part)[times - 1] ?? this.thread.adoptUnasked(part);
      if (!call) {
        if (!begun) this.thread.plan.turn(undefined);
        begun = true;
        call = this.thread.addCall(part, this.span, message.place);
      }
      this.asked.push(call);
    }
  }

  private readText(
    part: Extract<ChatPart, { kind: 'text' | 'reasoning' }>,
    { role, place }: ChatMessage,
  ): void {
    const speaker = speakerOf(role);
    const times = this.repeat(textKey(part.kind, speaker, part.text));
    if (times <= this.thread.timesSaid(part.kind, speaker, part.text)) return;
    this.thread.count(part.kind, speaker, part.text);
    const { plan } = this.thread;
    const { text } = part;
    if (speaker === 'assistant') plan.think(text, place);
    else if (speaker === 'system') plan.message({ role: 'system', kind: 'prompt', text, place });
    else if (speaker === 'user') {
      plan.prompt ??= { text, place };
      plan.message({ role: 'user', kind: 'prompt', text, place });
    } else plan.message({ role: 'environment', kind: 'notice', text, place });
  }

  private readResult(part: Extract<ChatPart, { kind: 'result' }>, place: SourceRef): void {
    const { id } = part;
    const calls = id === undefined ? [] : this.thread.callsWithId(id);
    const times = this.repeat(`result ${id ?? part.text}`);
    const call = id === undefined ? this.asked[this.answered++] : (calls[times - 1] ?? calls.at(-1));
    if (!call && times <= this.thread.timesSaid('result', '', id ?? part.text)) return;
    if (!call) this.thread.count('result', '', id ?? part.text);
    this.thread.addResult(call, part, place);
  }

  private repeat(key: string): number {
    const times = (this.here.get(key) ?? 0) + 1;
    this.here.set(key, times);
    return times;
  }
}

function speakerOf(role: string): 'system' | 'user' | 'assistant' | 'environment' {
  switch (role.toLowerCase()) {
    case 'system':
    case 'developer':
      return 'system';
    case 'user':
    case 'human':
      return 'user';
    case 'assistant':
    case 'model':
    case 'ai':
      return 'assistant';
    default:
      return 'environment';
  }
}

/** Repeated texts differ in white space around them at times. */
function textKey(kind: string, role: string, text: string): string {
  return `${kind}\u0000${role}\u0000${text.trim()}`;
}

function callKey(id: string | undefined, name: string, args: unknown): string {
  return id === undefined || id === '' ? `${name}\u0000${argumentsKey(args)}` : `#${id}`;
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

/**
 * How a tool ended. Instrumentations mark failures and leave successes unmarked, so a span that ended without a mark
 * went well.
 */
function readRan(span: Span, { result }: SpanFacts): RanTool {
  const exitCode = asNumber(span.attributes['process.exit.code']);
  const endedAt: Millis | undefined = span.endedAt;
  const failed = span.status === 'error' || (exitCode !== undefined && exitCode !== 0);
  const ended = endedAt !== undefined || span.status === 'ok';
  return {
    text: result?.text,
    place: result?.place ?? span.place,
    status: failed ? 'error' : ended ? 'ok' : 'unknown',
    exitCode,
    endedAt,
    failure: failed ? failureOf(span) : undefined,
  };
}

/** Why a span failed: the message of its status, or of the exception that it recorded. */
export function failureOf(span: Span): string | undefined {
  const thrown = span.events.find(({ name }) => name === 'exception')?.attributes;
  const exception = asString(thrown?.['exception.message']) ?? asString(thrown?.['exception.type']);
  return exception ?? span.statusMessage ?? asString(span.attributes['error.type']);
}
