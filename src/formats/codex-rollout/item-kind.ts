import type { JsonObject } from '../../base/json.ts';

export type ItemKind = 'message' | 'reasoning' | 'call' | 'own-call' | 'output' | 'note' | 'silent';

const KINDS: Readonly<Record<string, ItemKind>> = {
  message: 'message',
  reasoning: 'reasoning',
  function_call: 'call',
  custom_tool_call: 'call',
  local_shell_call: 'call',
  tool_search_call: 'call',
  tool_call: 'call',
  web_search_call: 'own-call',
  image_generation_call: 'own-call',
  function_call_output: 'output',
  custom_tool_call_output: 'output',
  tool_search_output: 'output',
  mcp_tool_call_output: 'output',
  function_result: 'output',
  tool_result: 'output',
  agent_message: 'note',
  error: 'note',
  ghost_snapshot: 'silent',
  compaction: 'silent',
  compaction_summary: 'silent',
  context_compaction: 'silent',
  other: 'silent',
};

/** What an item of the model's conversation is: by its type, else by its fields; undefined when it is no item. */
export function kindOfItem(item: JsonObject): ItemKind | undefined {
  if (typeof item.type === 'string') return Object.hasOwn(KINDS, item.type) ? KINDS[item.type] : undefined;
  if (typeof item.role === 'string') return 'message';
  if (item.arguments !== undefined && typeof item.name === 'string') return 'call';
  return item.output !== undefined && typeof item.call_id === 'string' ? 'output' : undefined;
}
