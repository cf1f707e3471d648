import { asString, isObject, type JsonObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { renderAction } from '../shared/render-action.ts';
import { readRequest } from './read-requests.ts';
import { noteFailure } from './read-shown.ts';
import type { ShownMessage } from './schema.ts';
import { ANSWERS } from './shown-answers.ts';
import { COMPLETION, SHELL } from './tool-names.ts';

/** Kinds that say nothing of what the agent did or was shown. */
const SILENT = new Set(
  (
    'api_req_finished api_req_retried api_req_retry_delayed api_req_rate_limit_wait checkpoint_created ' +
    'checkpoint_saved mcp_server_request_started load_mcp_documentation shell_integration_warning ' +
    'resume_task resume_completed_task command_permission_denied deleted_api_reqs task_progress ' +
    'browser_session_status browser_action_launch hook_status hook_output_stream info user_edit_todos'
  ).split(' '),
);

/** A task by what the editor showed of it: calls with a short form of their arguments, results for some tools only. */
export class ShownConversation {
  private readonly run: RunBuilder;
  private last: PendingStep | undefined;
  private completion: { text: string; place: SourceRef } | undefined;
  private total: Usage | undefined;
  private begun = false;
  private sawTask = false;

  constructor(run: RunBuilder) {
    this.run = run;
  }

  read(message: ShownMessage, place: SourceRef): void {
    const { run } = this;
    run.startedAt ??= message.ts;
    const at = { ...place, pointer: `${place.pointer ?? ''}/text` };
    const status = ANSWERS[message.kind];
    if (status !== undefined) return this.answer(message, status, at);
    switch (message.kind) {
      case 'api_req_started':
        return this.readRequest(message, place);
      case 'api_req_failed':
        return noteFailure(run, message.text, at);
      case 'text':
        return this.readText(message, at);
      case 'reasoning':
        return run.think(message.text, at);
      case 'task':
      case 'user_feedback':
      case 'user_feedback_diff':
        return this.readFeedback(message, at);
      case 'tool':
        return this.readTool(message, at);
      case 'command':
        return this.call(SHELL, message.text, { command: message.text }, message, at);
      case 'use_mcp_server':
        return this.readMcp(message, at);
      case 'browser_action':
        return this.structured('browser_action', message, at);
      case 'followup':
        return this.structured('ask_followup_question', message, at);
      case 'plan_mode_respond':
        return this.structured('plan_mode_respond', message, at);
      case 'new_task':
        return this.structured('new_task', message, at);
      case 'completion_result':
        return this.readCompletion(message, at);
      case 'condense_context':
        return this.readSummary(message, place);
      case 'mistake_limit_reached':
      case 'auto_approval_max_req_reached':
        run.exceptions.push({ kind: 'limit', message: message.text || message.kind, place });
        return;
      default:
        if (!SILENT.has(message.kind)) {
          run.log.fold('unknown-record', 'info', `a message of kind ${message.kind} was passed over`, place);
        }
    }
  }

  finish(): void {
    this.run.totalUsage = this.total;
    if (this.completion) this.run.think(this.completion.text, this.completion.place);
  }

  private readRequest(message: ShownMessage, place: SourceRef): void {
    // The next request holds what the tools gave; most of it is not shown to the user.
    if (this.last && !this.last.result) this.run.result(this.last, { status: 'unknown' });
    const request = readRequest(message, place);
    this.total = addUsage(this.total, request.usage);
    this.run.beginTurn(request.usage);
    this.begun = true;
    if (request.failure !== undefined) noteFailure(this.run, request.failure, place);
  }

  private readText(message: ShownMessage, place: SourceRef): void {
    if (this.sawTask) {
      this.run.think(message.text, place);
      return;
    }
    // The first text is the user's: the task.
    this.sawTask = true;
    if (message.text !== '') this.run.task ??= { text: message.text, place };
    this.prompt(message.text, place);
  }

  private readFeedback(message: ShownMessage, place: SourceRef): void {
    if (message.kind === 'task') {
      this.sawTask = true;
      this.run.task ??= { text: message.text, place };
    }
    const waits = this.last && !this.last.result && this.last.facts.tool === 'ask_followup_question';
    if (waits) this.answer(message, 'ok', place);
    else this.prompt(message.text, place);
  }

  private prompt(text: string, place: SourceRef): void {
    if (text.trim() !== '') this.run.message({ role: 'user', kind: 'prompt', text, place });
  }

  private readTool(message: ShownMessage, place: SourceRef): void {
    const { tool, ...args } = parse(message.text);
    const name = asString(tool);
    // What ends a sub-task is asked for after its result was shown.
    if (name === 'finishTask') return;
    if (name === undefined) {
      this.run.log.fold('unexpected-shape', 'warning', 'a call without the name of its tool', place);
    }
    this.call(name ?? 'unknown', renderAction(name ?? 'unknown', args), args, message, place);
  }

  private readMcp(message: ShownMessage, place: SourceRef): void {
    const { type, ...args } = parse(message.text);
    const tool = asString(type) ?? 'use_mcp_tool';
    this.call(tool, renderAction(tool, args), args, message, place);
  }

  private structured(tool: string, message: ShownMessage, place: SourceRef): void {
    const args = parse(message.text);
    const known = Object.keys(args).length > 0;
    const action = known ? renderAction(tool, args) : `${tool}\n${message.text}`;
    this.call(tool, action, known ? args : undefined, message, place);
  }

  private readCompletion(message: ShownMessage, place: SourceRef): void {
    if (message.asks || message.text === '') return;
    this.call(COMPLETION, message.text, { result: message.text }, message, place);
    if (this.last) this.run.result(this.last, { status: 'unknown' });
    this.completion = { text: message.text, place };
  }

  private call(
    tool: string,
    action: string,
    args: JsonObject | undefined,
    message: ShownMessage,
    place: SourceRef,
  ): void {
    // A call that was still being written when it was broken off never ran.
    if (message.partial) {
      this.run.message({ role: 'assistant', kind: 'notice', text: action, place });
      this.run.log.fold('abandoned-call', 'info', 'a call was broken off while it was written', place);
      return;
    }
    if (!this.begun) this.run.beginTurn();
    this.begun = true;
    this.last = this.run.call({
      tool,
      action,
      ...(args && { args }),
      ...(message.ts !== undefined && { startedAt: message.ts }),
      place,
    });
    this.completion = undefined;
  }

  private answer(message: ShownMessage, status: StepStatus, place: SourceRef): void {
    const { last, run } = this;
    if (message.text === '') return;
    if (!last) {
      run.log.fold('unpaired-result', 'warning', 'a result answers no call that was seen', place);
      run.message({ role: 'environment', kind: 'notice', text: message.text, place });
      return;
    }
    const ended = message.ts === undefined ? {} : { endedAt: message.ts };
    run.result(last, { observation: message.text, status, ...ended, place });
  }

  private readSummary(message: ShownMessage, place: SourceRef): void {
    const condensed = message.raw.contextCondense;
    const text = isObject(condensed) ? asString(condensed.summary) : undefined;
    this.run.log.add('compacted-history', 'info', 'the history was condensed here', place);
    if (text === undefined) return;
    const at = { ...place, pointer: `${place.pointer ?? ''}/contextCondense/summary` };
    this.run.message({ role: 'assistant', kind: 'compaction', text, place: at });
  }
}

function parse(text: string): JsonObject {
  const value = parseJsonText(text);
  return isObject(value) ? value : {};
}
