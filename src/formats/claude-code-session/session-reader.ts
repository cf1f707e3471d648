import { asString, at, type JsonObject } from '../../base/json.ts';
import { RecentMap } from '../../base/recent-map.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import { Conversation } from '../claude-code/conversation.ts';
import { type Origin, placeIn, withOwnTime } from '../claude-code/record.ts';
import type { ThreadReader } from '../claude-code/thread-reader.ts';
import { PromptQueue } from './prompt-queue.ts';
import { RewindWatch } from './rewind-watch.ts';
import { SubagentIndex } from './subagent-index.ts';

/** Kinds of lines that hold nothing of the run that its messages do not hold. */
const PASSED_OVER = new Set([
  'file-history-snapshot',
  'permission-mode',
  'mode',
  'last-prompt',
  'ai-title',
  'custom-title',
  'agent-name',
  'agent-color',
  'tag',
  'pr-link',
  'worktree-state',
  'content-replacement',
]);

const SYSTEM_PASSED_OVER = new Set([
  'stop_hook_summary',
  'turn_duration',
  'session_start',
  'bridge_status',
  'scheduled_task_fire',
]);

/** Records that a copy may still repeat. */
const REMEMBERED = 100_000;

/** Reads the lines of a session file, and of its sub-agents' files, into a run. */
export class SessionReader {
  readonly conversation: Conversation;
  readonly subagents: SubagentIndex;
  private readonly run: RunBuilder;
  private readonly queue: PromptQueue;
  private readonly rewinds: RewindWatch;
  private readonly lengths = new RecentMap<string, number>(REMEMBERED);
  /** The sub-agent that this file belongs to, when it is the file of one: its records are then the main thread. */
  private ownAgent: string | undefined;
  private begun = false;

  constructor(run: RunBuilder) {
    this.run = run;
    this.conversation = new Conversation(run);
    this.subagents = new SubagentIndex(this.conversation);
    this.queue = new PromptQueue(run);
    this.rewinds = new RewindWatch(run.log);
  }

  /** A line of the session's own file; `length` tells copies of a record apart from records that share its id. */
  read(record: JsonObject, from: Origin, length: number): void {
    const origin = withOwnTime(record, from);
    if (this.isCopy(record, origin, length)) return;
    const isMessage = record.type === 'user' || record.type === 'assistant';
    if (isMessage && !this.begun) this.begin(record);
    if (isMessage && this.isOfSubagent(record)) {
      this.readMessage(this.subagents.inlineThread(record), record, origin);
      return;
    }
    if (isMessage) {
      this.conversation.noteSession(asString(record.sessionId), origin.place);
      this.rewinds.note(record, origin);
      this.readMessage(this.conversation.main, record, origin);
      return;
    }
    this.readNote(record, origin);
  }

  /** A line of a sub-agent's file, for the thread that was opened for it. */
  readAgent(reader: ThreadReader, record: JsonObject, from: Origin): void {
    const origin = withOwnTime(record, from);
    if (record.type === 'user' || record.type === 'assistant') this.readMessage(reader, record, origin);
    else if (record.type === 'progress') this.subagents.noteProgress(record, origin);
  }

  finish(): void {
    this.queue.finish();
    this.conversation.finish();
  }

  private begin(record: JsonObject): void {
    this.begun = true;
    this.conversation.noteAgent(asString(record.version));
    if (record.isSidechain === true) this.ownAgent = asString(record.agentId);
  }

  private isOfSubagent(record: JsonObject): boolean {
    if (record.isSidechain !== true) return false;
    return this.ownAgent === undefined || asString(record.agentId) !== this.ownAgent;
  }

  private readMessage(reader: ThreadReader, record: JsonObject, origin: Origin): void {
    const cwd = asString(record.cwd);
    this.run.initialCwd ??= cwd;
    if (record.type === 'assistant') {
      this.conversation.assistant(reader, record, origin);
      return;
    }
    const text = at(record, 'message', 'content');
    if (record.isCompactSummary === true && typeof text === 'string') {
      this.conversation.noteCompaction(text, placeIn(origin, 'message', 'content'));
      return;
    }
    const structured = record.toolUseResult;
    const facts = { structured, isMeta: record.isMeta === true, ...(cwd !== undefined && { cwd }) };
    const answered = this.conversation.user(reader, record, facts, origin);
    const agentId = asString(at(structured, 'agentId'));
    const [call] = answered;
    if (agentId !== undefined && call) this.subagents.noteCall(agentId, call);
  }

  private readNote(record: JsonObject, origin: Origin): void {
    const type = asString(record.type) ?? '';
    switch (type) {
      case 'progress':
        this.subagents.noteProgress(record, origin);
        return;
      case 'system':
        this.readSystem(record, origin);
        return;
      case 'queue-operation':
        this.queue.read(record, origin);
        return;
      case 'attachment':
        this.readAttachment(record, origin);
        return;
      case 'summary':
        this.readSummary(record, origin);
        return;
      default:
        if (PASSED_OVER.has(type)) return;
        this.reportUnknown(`a line of type ${type === '' ? '(none)' : type}`, origin);
    }
  }

  private readSystem(record: JsonObject, origin: Origin): void {
    const text = asString(record.content) ?? '';
    const place = placeIn(origin, 'content');
    if (record.subtype === 'compact_boundary') this.conversation.noteCompaction(text, place);
    else if (record.subtype === 'api_error') {
      this.conversation.noteFault(asString(at(record, 'error', 'message')) ?? 'API error', origin.place);
    } else if (text.trim() !== '') {
      this.run.message({ role: 'environment', kind: 'notice', text, place });
    } else if (!SYSTEM_PASSED_OVER.has(asString(record.subtype) ?? '')) {
      this.reportUnknown(`a system line of kind ${asString(record.subtype) ?? '(none)'}`, origin);
    }
  }

  /** Of what is attached to a conversation only prompts typed meanwhile are words of the user. */
  private readAttachment(record: JsonObject, origin: Origin): void {
    const prompt = asString(at(record, 'attachment', 'prompt'));
    if (at(record, 'attachment', 'type') !== 'queued_command' || prompt === undefined) return;
    this.queue.taken(prompt);
    const place = placeIn(origin, 'attachment', 'prompt');
    this.run.message({ role: 'user', kind: 'prompt', text: prompt, place });
  }

  private readSummary(record: JsonObject, origin: Origin): void {
    const compacted = asString(at(record, 'message', 'content'));
    if (compacted !== undefined) {
      this.conversation.noteCompaction(compacted, placeIn(origin, 'message', 'content'));
      return;
    }
    const title = asString(record.summary);
    if (title === undefined) return;
    this.run.message({ role: 'environment', kind: 'notice', text: title, place: placeIn(origin, 'summary') });
  }

  /** Resumed sessions may hold a record twice. Some logs give one id to different records: those are all read. */
  private isCopy(record: JsonObject, origin: Origin, length: number): boolean {
    const uuid = asString(record.uuid);
    if (uuid === undefined) return false;
    const known = this.lengths.get(uuid);
    this.lengths.set(uuid, length);
    if (known !== length) return false;
    this.run.log.fold('duplicate-record', 'info', 'a record stands there twice', origin.place);
    return true;
  }

  private reportUnknown(what: string, origin: Origin): void {
    this.run.log.fold('unknown-record', 'info', `${what} was passed over`, origin.place);
  }
}
