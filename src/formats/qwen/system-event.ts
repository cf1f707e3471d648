import { asArray, asObject, asString, at, type JsonObject } from '../../base/json.ts';

/** What an event of the CLI means for the run. */
export type SystemEvent =
  | {
      readonly kind: 'compaction' | 'user-notice' | 'notice' | 'fault';
      readonly text: string;
      readonly at: string;
    }
  | { readonly kind: 'rewind' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'unknown' };

/** Events that say nothing of what the agent did or was shown. */
const SILENT = new Set([
  'custom_title',
  'session_model',
  'session_source',
  'session_approval_mode',
  'session_execution_engine',
  'session_artifact_event',
  'session_artifact_snapshot',
  'session_sources_snapshot',
  'file_history_snapshot',
  'attribution_snapshot',
  'user_text_elements',
  'parent_session',
  'branch_checkpoint',
  'agent_bootstrap',
  'agent_session_ready',
  'agent_retry',
  'goal_state',
  'goal_turn_end',
  'turn_result',
]);

/** Reads a record of type `system` by its subtype. */
export function readSystemEvent(record: JsonObject): SystemEvent {
  const subtype = asString(record.subtype) ?? '';
  const payload = asObject(record.systemPayload);
  switch (subtype) {
    case 'rewind':
      return { kind: 'rewind' };
    case 'chat_compression': {
      // The new history begins with the summary; what follows it are the messages that were kept.
      const parts = asArray(at(payload, 'compressedHistory', 0, 'parts')) ?? [];
      const texts = parts.flatMap((part) => asString(at(part, 'text')) ?? []);
      return { kind: 'compaction', text: texts.join('\n'), at: 'compressedHistory' };
    }
    case 'slash_command':
      if (payload?.phase === 'result') return { kind: 'silent' };
      return { kind: 'user-notice', text: asString(payload?.rawCommand) ?? '', at: 'rawCommand' };
    case 'at_command':
      return { kind: 'user-notice', text: asString(payload?.userText) ?? '', at: 'userText' };
    case 'ui_telemetry': {
      const text = asString(at(payload, 'uiEvent', 'error_message'));
      return text === undefined ? { kind: 'silent' } : { kind: 'fault', text, at: 'uiEvent' };
    }
    case 'session_notes':
      return { kind: 'notice', text: asString(payload?.content) ?? '', at: 'content' };
    default:
      return SILENT.has(subtype) ? { kind: 'silent' } : { kind: 'unknown' };
  }
}
