import { asNumber, asObject, asString, at, type JsonObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { Origin } from '../claude-code/record.ts';
import { readContent } from '../shared/content-text.ts';
import type { FaultWatch } from '../shared/fault-watch.ts';
import { renderAction } from '../shared/render-action.ts';
import { readCallNote } from './event-notes.ts';
import type { ItemReader } from './item-reader.ts';
import { readTokens, type TokenCounter } from './token-counter.ts';

/** Events for the screen that say nothing which the items, or other events, do not say. */
const SILENT = new Set([
  'task_started',
  'turn_started',
  'turn.started',
  'session_configured',
  'exec_command_begin',
  'exec_command_output_delta',
  'patch_apply_begin',
  'mcp_tool_call_begin',
  'web_search_begin',
  'dynamic_tool_call_request',
  'collab_agent_spawn_begin',
  'collab_agent_interaction_begin',
  'collab_waiting_begin',
  'collab_close_begin',
  'sub_agent_activity',
  'agent_reasoning_section_break',
  'agent_message_delta',
  'agent_reasoning_delta',
  'background_event',
  'plan_update',
  'turn_diff',
  'thread_settings_applied',
  'thread_name_updated',
  'account/rateLimits/updated',
  'codex/event/raw_item',
  'shutdown_complete',
  'deprecation_notice',
  'mcp_startup_update',
  'mcp_startup_complete',
]);

/** Reads the events of a rollout: copies of what the items say, and the few things that only they say. */
export class EventReader {
  private readonly run: RunBuilder;
  private readonly items: ItemReader;
  private readonly tokens: TokenCounter;
  private readonly fault: FaultWatch;

  constructor(run: RunBuilder, items: ItemReader, tokens: TokenCounter, fault: FaultWatch) {
    this.run = run;
    this.items = items;
    this.tokens = tokens;
    this.fault = fault;
  }

  read(event: JsonObject, origin: Origin): void {
    const kind = asString(event.type) ?? '';
    switch (kind) {
      case 'user_message':
        return this.items.prompt('event', asString(event.message), origin);
      case 'agent_message':
        this.fault.wentOn();
        return this.items.say('event', asString(event.message), origin);
      case 'agent_reasoning':
      case 'agent_reasoning_raw_content':
        return this.items.say('event', asString(event.text), origin);
      case 'token_count':
        return this.items.noteUsage(this.tokens.note(event.info));
      case 'turn.completed':
      case 'task_complete':
      case 'turn_complete':
        return this.readTurnEnd(event, origin);
      case 'turn_aborted':
        return this.readAbort(event, origin);
      case 'error':
      case 'stream_error':
        return this.readError(event, origin);
      case 'item_completed':
        return this.readFinished(asObject(event.item), event, origin);
      case 'context_compacted':
      case 'thread_rolled_back':
      case 'undo_completed':
        return this.readTurningBack(kind, event, origin);
      case 'entered_review_mode':
      case 'exited_review_mode':
      case 'guardian_assessment':
      case 'thread_goal_updated':
        return this.readAside(kind, event, origin);
      default:
        this.readOther(kind, event, origin);
    }
  }

  private readOther(kind: string, event: JsonObject, origin: Origin): void {
    const ending = readCallNote(kind, event, origin);
    if (ending) this.items.note(ending.id, ending.note, origin);
    else if (!SILENT.has(kind)) {
      this.run.log.fold(
        'unknown-record',
        'info',
        `events of the kind ${kind || '(none)'} were passed over`,
        origin.place,
      );
    }
  }

  private readTurnEnd(event: JsonObject, origin: Origin): void {
    this.items.say('turn end', asString(event.last_agent_message), origin);
    const total = readTokens(event.usage);
    if (total) this.tokens.noteTotal(total);
    this.run.exitStatus = asString(event.type);
    const failure = asString(at(event, 'error', 'message'));
    if (failure !== undefined) this.fault.note(failure, origin.place);
  }

  private readAbort(event: JsonObject, origin: Origin): void {
    const reason = asString(event.reason);
    const text = reason === undefined ? 'the turn was aborted' : `the turn was aborted: ${reason}`;
    this.items.interrupt(origin);
    this.items.thread.message({ role: 'user', kind: 'interruption', text, place: origin.place });
    this.run.exitStatus = 'turn_aborted';
  }

  private readError(event: JsonObject, origin: Origin): void {
    const message =
      asString(event.message) ?? asString(at(event, 'error', 'message')) ?? 'an error without a message';
    this.items.notice(message, origin);
    if (event.type === 'error') this.fault.note(message, origin.place);
  }

  /** A finished item of a turn: a third copy of a message or of a call's end. */
  private readFinished(item: JsonObject | undefined, event: JsonObject, origin: Origin): void {
    const kind = asString(item?.type) ?? '';
    if (!item) return;
    const ended = asNumber(event.completed_at_ms);
    const time = ended !== undefined && ended > 0 ? toMillis(ended) : undefined;
    const own: Origin = time === undefined ? origin : { ...origin, time };
    if (kind === 'UserMessage') this.items.prompt('turn item', readContent(item.content).text, origin);
    else if (kind === 'AgentMessage' || kind === 'Reasoning' || kind === 'Plan') {
      for (const text of textsOf(item)) this.items.say('turn item', text, origin);
    } else this.readOther(kind, item, own);
  }

  private readTurningBack(kind: string, event: JsonObject, origin: Origin): void {
    if (kind === 'context_compacted') {
      this.run.log.fold(
        'compacted-history',
        'info',
        'the history was compacted; the steps before it are here',
        origin.place,
      );
      return;
    }
    const message = 'the conversation was taken back; the steps of the path that was left are kept';
    this.run.log.fold('rewound-history', 'info', message, origin.place);
    this.items.notice(asString(event.message), origin);
  }

  /** Texts beside the conversation: reviews, goals, and what the guard said about a command. */
  private readAside(kind: string, event: JsonObject, origin: Origin): void {
    const { type: _, id: _id, turn_id: _turn, item_id: _item, ...fields } = event;
    if (kind === 'thread_goal_updated') this.items.notice(asString(at(event, 'goal', 'objective')), origin);
    else if (kind !== 'guardian_assessment' || fields.rationale !== undefined) {
      this.items.notice(renderAction(kind, fields), origin);
    }
  }
}

function textsOf(item: JsonObject): string[] {
  const lists = [item.content, item.summary_text, item.raw_content, item.text];
  return lists.flatMap((list) =>
    Array.isArray(list) ? list.map((part) => readContent([part]).text) : [asString(list) ?? ''],
  );
}
