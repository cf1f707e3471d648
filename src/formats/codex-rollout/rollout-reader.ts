import { asObject, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import { type Origin, placeIn } from '../claude-code/record.ts';
import { readContent } from '../shared/content-text.ts';
import { FaultWatch } from '../shared/fault-watch.ts';
import { EventReader } from './event-reader.ts';
import { ItemReader } from './item-reader.ts';
import { isHeader } from './schema.ts';
import { readSpawn } from './spawn.ts';
import { TokenCounter } from './token-counter.ts';

/** Lines that say how Codex was set up at a moment; the conversation holds what the model was told of it. */
const SETTINGS = new Set(['world_state', 'inter_agent_communication_metadata', 'state']);

/** Reads the lines of one rollout file into a thread of a run. Call `finish` after the last. */
export class RolloutReader {
  readonly items: ItemReader;
  readonly tokens = new TokenCounter();
  /** The threads that this one started, and the call that did, where that was found. */
  readonly spawned = new Map<string, PendingStep | undefined>();
  /** Id of the session that this file belongs to. */
  sessionId: string | undefined;
  private readonly run: RunBuilder;
  private readonly isMain: boolean;
  private readonly events: EventReader;
  private readonly fault = new FaultWatch();
  private sessions = 0;

  constructor(run: RunBuilder, thread: ThreadBuilder) {
    this.run = run;
    this.isMain = thread === run;
    this.items = new ItemReader(run, thread);
    this.items.onInfo = (info) => this.items.noteUsage(this.tokens.note(info));
    this.events = new EventReader(run, this.items, this.tokens, this.fault);
  }

  read(record: JsonObject, place: SourceRef): void {
    const time = toMillis(record.timestamp ?? record.created_at);
    const origin: Origin = { place, ...(time !== undefined && { time }) };
    if (this.isMain) this.noteTime(origin);
    const spawn = readSpawn(record);
    if (spawn) this.noteSpawn(spawn.thread, spawn.call);
    const payload = asObject(record.payload);
    if (payload && typeof record.type === 'string') {
      this.readLine(record.type, payload, { ...origin, place: placeIn(origin, 'payload') });
    } else this.readBare(record, origin);
  }

  finish(): void {
    const { run } = this;
    this.items.finish();
    if (!this.isMain) return;
    run.agent ??= { name: 'codex' };
    run.totalUsage = this.tokens.total();
    this.fault.finish(run);
  }

  private readLine(type: string, payload: JsonObject, origin: Origin): void {
    switch (type) {
      case 'session_meta':
        return this.readMeta(payload, origin);
      case 'turn_context':
        return this.readTurn(payload);
      case 'response_item':
        if (typeof payload.cwd === 'string') this.readTurn(payload);
        return this.readItem(payload, origin);
      case 'event_msg':
        return this.events.read(payload, origin);
      case 'compacted':
        return this.readCompaction(payload, origin);
      default:
        if (!SETTINGS.has(type)) this.reportUnknown(`lines of type ${type}`, origin);
    }
  }

  /** Files of 2025 up to August have the items bare, below a header line without a type. */
  private readBare(record: JsonObject, origin: Origin): void {
    if (isHeader(record)) this.readMeta(record, origin);
    else if (typeof record.record_type !== 'string') {
      this.run.model ??= asString(record.model);
      this.readItem(record, origin);
    }
  }

  private readItem(item: JsonObject, origin: Origin): void {
    if (!this.items.read(item, origin)) {
      this.reportUnknown(`items of type ${asString(item.type) ?? '(none)'}`, origin);
    } else if (item.role === 'assistant' || item.type === 'reasoning') this.fault.wentOn();
  }

  private readMeta(meta: JsonObject, origin: Origin): void {
    this.sessions++;
    if (this.sessions > 1) {
      const message = 'the history of another session stands in this file; all is read as one run';
      this.run.log.fold('several-sessions', 'info', message, origin.place);
      return;
    }
    this.sessionId = asString(meta.id) ?? asString(meta.session_id);
    const texts = [readContent(meta.base_instructions).text, asString(meta.instructions) ?? ''];
    for (const text of texts) {
      if (text.trim() !== '') {
        this.items.thread.message({ role: 'system', kind: 'prompt', text, place: origin.place });
      }
    }
    if (!this.isMain) return;
    const version = asString(meta.cli_version);
    this.run.agent = { name: 'codex', ...(version !== undefined && { version }) };
    this.run.formatVersion = version;
    this.run.initialCwd ??= asString(meta.cwd);
    this.items.cwd ??= asString(meta.cwd);
  }

  private readTurn(turn: JsonObject): void {
    this.items.cwd = asString(turn.cwd) ?? this.items.cwd;
    if (!this.isMain) return;
    this.run.model ??= asString(turn.model);
    this.run.initialCwd ??= asString(turn.cwd);
  }

  /** The history was replaced by a shorter one: its summary, and what of the old one was carried over. */
  private readCompaction(payload: JsonObject, origin: Origin): void {
    this.run.log.fold(
      'compacted-history',
      'info',
      'the history was compacted; the steps before it are here',
      origin.place,
    );
    const texts = [asString(payload.message) ?? ''];
    const history = Array.isArray(payload.replacement_history) ? payload.replacement_history : [];
    for (const item of history.filter(isObject)) {
      const who = item.role === 'assistant' ? 'agent' : 'user';
      const parts = Array.isArray(item.content) ? item.content : [];
      texts.push(
        ...parts
          .map((part) => readContent([part]).text)
          .filter((text) => this.items.said.isUnheard(who, text)),
      );
    }
    for (const text of texts) {
      if (text.trim() === '') continue;
      this.items.thread.message({ role: 'environment', kind: 'compaction', text, place: origin.place });
    }
  }

  private noteSpawn(thread: string, call: string | undefined): void {
    const step = call === undefined ? undefined : this.items.callOf(call);
    if (step || !this.spawned.has(thread)) this.spawned.set(thread, step);
  }

  private noteTime({ time }: Origin): void {
    if (time === undefined) return;
    this.run.startedAt ??= time;
    if (this.run.endedAt === undefined || time > this.run.endedAt) this.run.endedAt = time;
  }

  private reportUnknown(what: string, origin: Origin): void {
    this.run.log.fold('unknown-record', 'info', `${what} were passed over`, origin.place);
  }
}

/** Ids of calls that a record issues. */
export function callIdOf(record: JsonObject): string | undefined {
  return asString(at(record, 'payload', 'call_id'));
}
