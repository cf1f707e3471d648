import type { Message } from '../../model/run.ts';

/** Texts that Gemini CLI puts in the user's name. */
const CONTEXT =
  /^\s*(?:<session_context>|This is the Gemini CLI\b|<hook_context>|<system-reminder>|--- Content from referenced files ---|Here is the user's editor context)/;
const SNAPSHOT = /^\s*<(?:state_snapshot|compressed_chat_history|intent_summary)>/;

export function classifyUserText(text: string): Pick<Message, 'role' | 'kind'> {
  if (SNAPSHOT.test(text)) return { role: 'environment', kind: 'compaction' };
  return CONTEXT.test(text) ? { role: 'environment', kind: 'notice' } : { role: 'user', kind: 'prompt' };
}
