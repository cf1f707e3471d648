import { asArray, asObject, asString, asText, isObject, type JsonObject, pointer } from '../../base/json.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { factsField, readDisplayFacts } from '../shared/file-facts.ts';
import { listObjects } from '../shared/list-objects.ts';
import { isShell, readCall } from './read-call.ts';
import { partsOf, readCallResult } from './read-result.ts';
import { readTokens } from './read-tokens.ts';
import { Talk } from './talk.ts';

interface Held {
  readonly id: string;
  readonly record: JsonObject;
  readonly place: SourceRef;
}

/**
 * Reads the records of one recorded chat into a thread. A message is written again, whole, each time that it grows; so
 * the latest one is held back until another begins. Call `finish` after the last.
 */
export class ChatReader {
  /** Sub-agents by the id that their call names. */
  readonly agents = new Map<string, PendingStep>();
  sessionId: string | undefined;
  usage: Usage | undefined;
  private readonly run: RunBuilder;
  private readonly talk: Talk;
  private readonly isMain: boolean;
  private held: Held | undefined;
  /** How many calls of each finished message were read. */
  private readonly done = new Map<string, number>();
  private fault: { readonly message: string; readonly place: SourceRef } | undefined;

  constructor(run: RunBuilder, thread: ThreadBuilder) {
    this.run = run;
    this.talk = new Talk(run, thread);
    this.isMain = thread === run;
  }

  read(record: JsonObject, place: SourceRef): void {
    const change = asObject(record.$set);
    const id = asString(record.id);
    if (typeof record.$rewindTo === 'string') {
      const message = 'the conversation was taken back; the steps of the path that was left are kept';
      this.run.log.fold('rewound-history', 'info', message, place);
    } else if (change) {
      this.readHeader(change, place);
    } else if (id !== undefined && typeof record.type === 'string') this.readMessage(id, record, place);
    else if (typeof record.sessionId === 'string') this.readHeader(record, place);
    else this.run.log.fold('unknown-record', 'info', 'a record of an unknown kind was passed over', place);
  }

  /** Facts of the session: at its top, and whenever they change. */
  readHeader(header: JsonObject, place: SourceRef): void {
    const session = asString(header.sessionId);
    if (session !== undefined && this.sessionId !== undefined && session !== this.sessionId) {
      this.run.log.fold('several-sessions', 'info', 'another session begins; all are read as one run', place);
    }
    this.sessionId ??= session;
    if (this.isMain) this.noteTime(toMillis(header.startTime), toMillis(header.lastUpdated));
    this.talk.notice(asString(header.summary), place);
    const messages = asArray(header.messages);
    if (messages) this.readRewritten(messages, place);
  }

  finish(): void {
    this.flush();
    if (!this.isMain) return;
    this.run.agent ??= { name: 'gemini-cli' };
    this.run.totalUsage = this.usage;
    if (this.fault) this.run.exceptions.push({ kind: 'api', ...this.fault });
  }

  /** A history that was shortened: what it still has of before is known already, and better. */
  private readRewritten(messages: readonly unknown[], place: SourceRef): void {
    this.flush();
    const known = this.done.size > 0;
    if (known) this.talk.noteCompaction(place);
    for (const [index, message] of messages.entries()) {
      const id = isObject(message) ? asString(message.id) : undefined;
      if (!isObject(message) || id === undefined || this.done.has(id)) continue;
      const at = { ...place, pointer: `${place.pointer ?? ''}${pointer('$set', 'messages', index)}` };
      this.readMessage(id, message, at);
    }
    this.flush();
  }

  private readMessage(id: string, record: JsonObject, place: SourceRef): void {
    const before = this.done.get(id);
    if (before !== undefined) {
      const calls = asArray(record.toolCalls) ?? [];
      this.run.log.fold(
        'duplicate-record',
        'info',
        'a message was written again; what it said before was read once',
        place,
      );
      if (calls.length > before)
        this.emit({ id, record: { ...record, content: '', thoughts: [], tokens: undefined }, place }, before);
      return;
    }
    if (this.held && this.held.id !== id) this.flush();
    this.held = { id, record, place };
  }

  private flush(): void {
    const { held } = this;
    this.held = undefined;
    if (held) this.emit(held, 0);
  }

  private emit({ id, record, place }: Held, from: number): void {
    this.done.set(id, asArray(record.toolCalls)?.length ?? 0);
    const time = toMillis(record.timestamp);
    if (this.isMain) this.noteTime(time, time);
    switch (record.type) {
      case 'user':
        for (const [part, at] of placed(record, place)) this.talk.userPart(part, time, at);
        return;
      case 'gemini':
      case 'model':
        this.readAgent(record, time, place, from);
        return;
      case 'info':
      case 'warning':
      case 'error':
        this.readInfo(record, place);
        return;
      default:
        this.run.log.fold(
          'unknown-record',
          'info',
          `messages of type ${asText(record.type) ?? 'without a name'} were passed over`,
          place,
        );
    }
  }

  private readAgent(record: JsonObject, time: Millis | undefined, place: SourceRef, from: number): void {
    this.fault = undefined;
    const usage = readTokens(record.tokens);
    this.usage = addUsage(this.usage, usage);
    if (this.isMain) this.run.model ??= asString(record.model);
    const { thread } = this.talk;
    thread.beginTurn(usage);
    for (const [index, thought] of (asArray(record.thoughts) ?? []).entries()) {
      if (!isObject(thought)) continue;
      const text = [asString(thought.subject), asString(thought.description)].filter(
        (part) => part !== undefined,
      );
      thread.think(text.join('\n'), inside(place, 'thoughts', index));
    }
    const calls = listObjects(record.toolCalls, 'a call', this.run.log, inside(place, 'toolCalls'));
    const ids = new Set(calls.map(({ value }) => value.id));
    for (const [part, at] of placed(record, place)) {
      // Calls stand in the content too, in some versions.
      if (calls.length > 0 && isObject(part.functionCall) && ids.has(part.functionCall.id)) continue;
      this.talk.agentPart(part, time, at);
    }
    for (const { index, value } of calls) {
      if (index >= from) this.readToolCall(value, time, inside(place, 'toolCalls', index));
    }
  }

  private readToolCall(call: JsonObject, time: Millis | undefined, place: SourceRef): void {
    const tool = asString(call.name) ?? '';
    const step = this.talk.thread.call(readCall(tool, call.args, time, place));
    const agent = asString(call.agentId);
    if (agent !== undefined) this.agents.set(agent, step);
    const facts = readCallResult(call, isShell(tool));
    if (!facts) return;
    const endedAt = toMillis(call.timestamp);
    const key = call.result === undefined || call.result === null ? 'resultDisplay' : 'result';
    this.talk.noteMasked(facts.observation, place);
    this.talk.thread.result(step, {
      ...facts,
      ...(facts.status === 'ok' &&
        factsField(readDisplayFacts(call.resultDisplay, call.args, inside(place, 'resultDisplay')))),
      ...(endedAt !== undefined && { endedAt }),
      place: inside(place, key),
    });
  }

  private readInfo(record: JsonObject, place: SourceRef): void {
    const text = partsOf(record.content)
      .map((part) => asString(part.text) ?? '')
      .join('\n');
    if (/^Request cancelled/i.test(text)) {
      this.talk.thread.message({ role: 'user', kind: 'interruption', text, place });
      return;
    }
    this.talk.notice(text, place);
    if (record.type === 'error') this.fault = { message: text, place };
  }

  private noteTime(start: Millis | undefined, end: Millis | undefined): void {
    const { run } = this;
    if (start !== undefined) run.startedAt ??= start;
    if (end !== undefined && (run.endedAt === undefined || end > run.endedAt)) run.endedAt = end;
  }
}

/** The parts of a message with their places. */
function placed(record: JsonObject, place: SourceRef): [JsonObject, SourceRef][] {
  const key = record.content === undefined ? 'parts' : 'content';
  const value = record[key];
  return partsOf(value).map((part, index) => [
    part,
    inside(place, key, ...(Array.isArray(value) ? [index] : [])),
  ]);
}

function inside(place: SourceRef, ...path: readonly (string | number)[]): SourceRef {
  return { ...place, pointer: `${place.pointer ?? ''}${pointer(...path)}` };
}
