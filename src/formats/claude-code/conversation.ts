import { asObject, asString, at, type JsonObject } from '../../base/json.ts';
import { RecentMap } from '../../base/recent-map.ts';
import type { Millis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import { readContent } from '../shared/content-text.ts';
import { type Origin, placeIn } from './record.ts';
import { ThreadReader, type UserFacts } from './thread-reader.ts';
import { UsageLedger } from './usage-ledger.ts';

/** Calls that a sub-agent's record may still name. */
const REMEMBERED = 50_000;

/** The threads of one run and what is known of it as a whole, whatever kind of log its records come from. */
export class Conversation {
  readonly run: RunBuilder;
  readonly main: ThreadReader;
  private readonly usage = new UsageLedger();
  /** Latest call of each id, over all threads: sub-agents name the call that started them. */
  private readonly calls = new RecentMap<string, PendingStep>(REMEMBERED);
  private readonly branches = new Map<PendingStep | string, ThreadReader>();
  private readonly sessions = new Set<string>();
  private begun = false;
  /** The last error of the model's service, as long as nothing came after it. */
  private fault: { readonly message: string; readonly place: SourceRef } | undefined;

  constructor(run: RunBuilder) {
    this.run = run;
    this.main = this.read(run);
  }

  /** A reader for a thread of this run. */
  read(thread: ThreadBuilder): ThreadReader {
    return new ThreadReader(thread, this.run.log, this.usage);
  }

  latestCall(id: string): PendingStep | undefined {
    return this.calls.get(id);
  }

  /** The thread of the sub-agent that this call started, opened at its first record; `id` names it when the call is not there. */
  branchOf(parent: PendingStep | undefined, id: string): ThreadReader {
    const key = parent ?? id;
    const known = this.branches.get(key);
    if (known) return known;
    const made = this.read(this.run.branch(parent, branchFacts(parent)));
    this.branches.set(key, made);
    return made;
  }

  /** A record with a message of an agent. */
  assistant(reader: ThreadReader, record: JsonObject, origin: Origin): void {
    const message = asObject(record.message);
    if (!message) {
      this.reportShape(origin);
      return;
    }
    this.noteTime(origin.time);
    if (isSynthetic(record, message)) {
      this.readSynthetic(reader, record, message, origin);
      return;
    }
    this.fault = undefined;
    this.run.model ??= asString(message.model);
    const fallback = asString(record.requestId) ?? asString(record.uuid);
    for (const call of reader.assistant(message, fallback, origin)) {
      if (call.id !== undefined) this.calls.set(call.id, call.step);
    }
  }

  /** A record with a message in the user's name; answers the calls that got their result. */
  user(reader: ThreadReader, record: JsonObject, facts: UserFacts, origin: Origin): PendingStep[] {
    const message = asObject(record.message);
    if (!message) {
      this.reportShape(origin);
      return [];
    }
    this.noteTime(origin.time);
    const before = reader.thread.messages.length;
    const answered = reader.user(message, facts, origin);
    const prompt = reader.thread.messages
      .slice(before)
      .find(({ message }) => message.kind === 'prompt')?.message;
    if (prompt && reader === this.main) this.run.task ??= { text: prompt.text, place: prompt.place };
    if (prompt && reader !== this.main) reader.thread.prompt ??= prompt.text;
    return answered;
  }

  /** An error of the model's service: it counts as what ended the run when nothing of the agent follows. */
  noteFault(message: string, place: SourceRef): void {
    this.fault = { message, place };
  }

  /** Compaction: the model goes on with a summary, the steps before it stay. */
  noteCompaction(text: string, place: SourceRef): void {
    this.run.log.fold(
      'compacted-history',
      'info',
      'the history was compacted; the steps before it are here',
      place,
    );
    if (text !== '') this.run.message({ role: 'environment', kind: 'compaction', text, place });
  }

  noteSession(id: string | undefined, place: SourceRef): void {
    if (id === undefined || this.sessions.has(id)) return;
    if (this.sessions.size > 0) {
      this.run.log.fold('several-sessions', 'info', 'another session begins; all are read as one run', place);
    }
    this.sessions.add(id);
  }

  /** The run begins with its first record: where that has no time, its beginning is not known. */
  noteTime(time: Millis | undefined): void {
    const isFirst = !this.begun;
    this.begun = true;
    if (time === undefined) return;
    const { startedAt, endedAt } = this.run;
    if (isFirst || (startedAt !== undefined && time < startedAt)) this.run.startedAt = time;
    if (endedAt === undefined || time > endedAt) this.run.endedAt = time;
  }

  noteAgent(version: string | undefined): void {
    if (version === undefined && this.run.agent) return;
    this.run.agent ??= { name: 'claude-code', ...(version !== undefined && { version }) };
    this.run.formatVersion ??= version;
  }

  finish(): void {
    const { run } = this;
    this.noteAgent(undefined);
    run.totalUsage ??= this.usage.total();
    if (this.fault && !run.exceptions.some(({ kind }) => kind === 'api')) {
      run.exceptions.push({ kind: 'api', ...this.fault });
    }
  }

  /** Texts that the CLI puts in the agent's place, mostly errors of the service. */
  private readSynthetic(reader: ThreadReader, record: JsonObject, message: JsonObject, origin: Origin): void {
    const { text } = readContent(message.content);
    const place = placeIn(origin, 'message', 'content');
    if (text.trim() === '') return;
    reader.thread.message({ role: 'environment', kind: 'notice', text, place });
    if (record.isApiErrorMessage === true || text.startsWith('API Error')) this.noteFault(text, place);
  }

  private reportShape(origin: Origin): void {
    this.run.log.fold('unexpected-shape', 'warning', 'a record has no message', origin.place);
  }
}

function isSynthetic(record: JsonObject, message: JsonObject): boolean {
  return message.model === '<synthetic>' || record.isApiErrorMessage === true;
}

function branchFacts(parent: PendingStep | undefined): { name?: string; prompt?: string } {
  const name =
    asString(at(parent?.facts.args, 'subagent_type')) ?? asString(at(parent?.facts.args, 'description'));
  const prompt = asString(at(parent?.facts.args, 'prompt'));
  return { ...(name !== undefined && { name }), ...(prompt !== undefined && { prompt }) };
}
