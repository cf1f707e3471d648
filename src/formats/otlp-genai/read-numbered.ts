import { asString } from '../../base/json.ts';
import { type ChatMessage, readChatMessage } from '../otlp/chat-message.ts';
import { readNumbered } from '../otlp/numbered-keys.ts';
import { placeOfAttribute, type Span } from '../otlp/span.ts';

/** Messages under numbered names, as OpenLLMetry wrote them: `gen_ai.prompt.0.role`, `gen_ai.completion.0.content`. */
export function readNumberedMessages(span: Span): { input: ChatMessage[]; output: ChatMessage[] } {
  return {
    input: readList(span, 'gen_ai.prompt', 'user'),
    output: readList(span, 'gen_ai.completion', 'assistant'),
  };
}

function readList(span: Span, prefix: string, role: string): ChatMessage[] {
  return readNumbered(span.attributes, prefix).map((item, index) => {
    const calls = readNumbered(Object.fromEntries(item), 'tool_calls').map((call) => ({
      id: call.get('id'),
      name: call.get('name'),
      arguments: call.get('arguments'),
    }));
    const message = {
      role: asString(item.get('role')) ?? role,
      content: item.get('content'),
      tool_call_id: item.get('tool_call_id'),
      tool_calls: calls,
    };
    return readChatMessage(message, role, placeOfAttribute(span, `${prefix}.${index}.content`));
  });
}
