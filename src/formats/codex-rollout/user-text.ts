import type { Message } from '../../model/run.ts';

/** Openings of texts that Codex itself puts in the user's name: context, instructions, notes on what happened. */
const CONTEXT =
  /^\s*(?:<(?:environment_context|user_instructions|permissions[ _]instructions|collaboration_mode|personality_spec|skills?_instructions|skill|apps_instructions|plugins_instructions|subagent_notification|user_shell_command|INSTRUCTIONS|model_switch|token_budget|user_action|memory|context_window)\b|# AGENTS\.md instructions for |# Context from my IDE setup)/;

const ABORTED = /^\s*<turn_aborted>/;
/** What Codex says before the summary that replaced the history. */
const COMPACTED =
  /^\s*(?:Another language model started to solve this problem and produced a summary|You were originally given instructions from a user over one or more turns)/;

/** What a text in the user's name is: most are prompts, some are Codex's own. */
export function classifyUserText(text: string): Pick<Message, 'role' | 'kind'> {
  if (ABORTED.test(text)) return { role: 'user', kind: 'interruption' };
  if (COMPACTED.test(text)) return { role: 'environment', kind: 'compaction' };
  // The IDE's context has the user's request below it: that one is the user's own.
  if (/^\s*# Context from my IDE setup/.test(text) && text.includes('My request for Codex'))
    return { role: 'user', kind: 'prompt' };
  if (CONTEXT.test(text)) return { role: 'environment', kind: 'notice' };
  return { role: 'user', kind: 'prompt' };
}

/** The directory that an `<environment_context>` names. */
export function contextDirectory(text: string): string | undefined {
  if (!text.trimStart().startsWith('<environment_context>')) return undefined;
  const match = /<cwd>([^<\n]{1,4000})<\/cwd>|^Current working directory: ([^\n]{1,4000})$/m.exec(text);
  return match?.[1] ?? match?.[2];
}
