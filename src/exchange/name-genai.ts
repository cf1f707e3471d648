import type { JsonObject } from '../base/json.ts';
import type { Usage } from '../model/usage.ts';
import type { NamedSpan, PlannedSpan } from './span-plan.ts';

/** A span under the GenAI semantic conventions (1.37 and later: conversations as attributes). */
export function nameGenAi(span: PlannedSpan): NamedSpan {
  switch (span.kind) {
    case 'agent':
      return {
        name: span.name === undefined ? 'invoke_agent' : `invoke_agent ${span.name}`,
        attributes: {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.agent.name': span.name,
          'gen_ai.request.model': span.model,
          'gen_ai.conversation.id': span.session,
          'gen_ai.input.messages': textMessage('user', span.asked),
          'gen_ai.output.messages': textMessage('assistant', span.answered, { finish_reason: 'stop' }),
          ...nameUsage(span.usage),
        },
      };
    case 'model': {
      const parts: JsonObject[] = [
        ...(span.text === undefined ? [] : [{ type: 'text', content: span.text }]),
        ...span.calls.map(({ id, name, args }) => ({ type: 'tool_call', id, name, arguments: args })),
      ];
      const finish_reason = span.calls.length > 0 ? 'tool_call' : 'stop';
      const input = span.input.map(({ role, text }) => ({ role, parts: [{ type: 'text', content: text }] }));
      return {
        name: span.model === undefined ? 'chat' : `chat ${span.model}`,
        attributes: {
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': span.model,
          'gen_ai.input.messages': input.length > 0 ? JSON.stringify(input) : undefined,
          'gen_ai.output.messages':
            parts.length > 0 ? JSON.stringify([{ role: 'assistant', parts, finish_reason }]) : undefined,
          ...nameUsage(span.usage),
        },
      };
    }
    case 'tool':
      return {
        name: `execute_tool ${span.name}`,
        attributes: {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': span.name,
          'gen_ai.tool.call.id': span.callId,
          'gen_ai.tool.call.arguments': JSON.stringify(span.args),
          'gen_ai.tool.call.result': span.observation,
          'process.exit.code': span.note.exitCode,
          'error.type':
            span.status === 'ok' || span.status === 'unknown' || span.status === 'pending'
              ? undefined
              : span.status,
        },
      };
    default: {
      const never: never = span;
      return never;
    }
  }
}

function textMessage(role: string, content: string | undefined, more: JsonObject = {}): string | undefined {
  if (content === undefined) return undefined;
  return JSON.stringify([{ role, parts: [{ type: 'text', content }], ...more }]);
}

function nameUsage(usage: Usage | undefined): Record<string, number | undefined> {
  return {
    'gen_ai.usage.input_tokens': usage?.inputTokens,
    'gen_ai.usage.cache_read.input_tokens': usage?.cachedInputTokens,
    'gen_ai.usage.cache_creation.input_tokens': usage?.cacheWriteTokens,
    'gen_ai.usage.output_tokens': usage?.outputTokens,
    'gen_ai.usage.reasoning.output_tokens': usage?.reasoningTokens,
    'gen_ai.usage.cost': usage?.costUsd,
  };
}
