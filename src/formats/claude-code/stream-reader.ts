import { asNumber, asString, type JsonObject } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import { Conversation } from './conversation.ts';
import { type Origin, placeIn, withOwnTime } from './record.ts';
import { RunTotals } from './run-totals.ts';
import type { ThreadReader } from './thread-reader.ts';

/** Records of a stream that hold nothing of the run: partial messages, keep-alives, control and rate-limit messages. */
const PASSED_OVER = new Set([
  'stream_event',
  'rate_limit_event',
  'tool_progress',
  'tool_use_summary',
  'auth_status',
  'keep_alive',
  'control_request',
  'control_response',
  'control_cancel_request',
  'prompt_suggestion',
]);

/** Reads the records of `claude -p --output-format stream-json` into a run, wherever they were printed. */
export class StreamReader {
  private readonly run: RunBuilder;
  private readonly conversation: Conversation;
  private readonly totals = new RunTotals();

  constructor(run: RunBuilder) {
    this.run = run;
    this.conversation = new Conversation(run);
  }

  read(record: JsonObject, from: Origin): void {
    const origin = withOwnTime(record, from);
    const type = asString(record.type) ?? '';
    switch (type) {
      case 'assistant':
        this.conversation.assistant(this.threadOf(record), record, origin);
        return;
      case 'user': {
        const facts = { structured: record.tool_use_result, isMeta: record.isSynthetic === true };
        this.conversation.user(this.threadOf(record), record, facts, origin);
        return;
      }
      case 'system':
        this.readSystem(record, origin);
        return;
      case 'result':
        this.conversation.noteTime(origin.time);
        this.totals.read(record, origin, this.run);
        return;
      default:
        if (PASSED_OVER.has(type)) return;
        this.reportUnknown(`a record of type ${type === '' ? '(none)' : type}`, origin);
    }
  }

  finish(): void {
    this.run.totalUsage = this.totals.total();
    this.conversation.finish();
  }

  private threadOf(record: JsonObject): ThreadReader {
    const parent = asString(record.parent_tool_use_id);
    if (parent === undefined) return this.conversation.main;
    return this.conversation.branchOf(this.conversation.latestCall(parent), parent);
  }

  private readSystem(record: JsonObject, origin: Origin): void {
    switch (record.subtype) {
      case 'init':
        this.readInit(record, origin);
        return;
      case 'api_retry':
        this.readRetry(record, origin);
        return;
      case 'compact_boundary':
        this.conversation.noteCompaction(asString(record.content) ?? '', placeIn(origin, 'content'));
        return;
      case 'task_notification':
        this.notice(asString(record.summary), placeIn(origin, 'summary'));
        return;
      case 'task_started':
      case 'task_progress':
      case 'task_updated':
      case 'status':
      case 'hook_started':
      case 'hook_progress':
      case 'hook_response':
      case 'session_state_changed':
      case 'files_persisted':
        return;
      default:
        this.reportUnknown(`a system record of kind ${asString(record.subtype) ?? '(none)'}`, origin);
    }
  }

  private readInit(record: JsonObject, origin: Origin): void {
    this.conversation.noteTime(origin.time);
    this.conversation.noteSession(asString(record.session_id), origin.place);
    this.conversation.noteAgent(asString(record.claude_code_version));
    this.run.model ??= asString(record.model);
    this.run.initialCwd ??= asString(record.cwd);
  }

  private readRetry(record: JsonObject, origin: Origin): void {
    const status = asNumber(record.error_status);
    const error = asString(record.error) ?? 'unknown error';
    const attempt = `${asNumber(record.attempt) ?? '?'} of ${asNumber(record.max_retries) ?? '?'}`;
    const text = `API retry ${attempt}: ${error}${status === undefined ? '' : ` (status ${status})`}`;
    this.notice(text, placeIn(origin, 'error'));
    this.conversation.noteFault(text, origin.place);
  }

  private notice(text: string | undefined, place: Origin['place']): void {
    if (text === undefined || text.trim() === '') return;
    this.run.message({ role: 'environment', kind: 'notice', text, place });
  }

  private reportUnknown(what: string, origin: Origin): void {
    this.run.log.fold('unknown-record', 'info', `${what} was passed over`, origin.place);
  }
}
