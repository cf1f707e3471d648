import type { Usage } from '../model/usage.ts';
import type { NamedSpan, PlannedSpan } from './span-plan.ts';

const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain';

/** A span under OpenInference: messages flattened into attributes. */
export function nameOpenInference(span: PlannedSpan): NamedSpan {
  switch (span.kind) {
    case 'agent':
      return {
        name: span.name || 'agent',
        attributes: {
          'openinference.span.kind': 'AGENT',
          'agent.name': span.name,
          'llm.model_name': span.model,
          'session.id': span.session,
          'input.value': span.asked,
          'input.mime_type': span.asked === undefined ? undefined : TEXT_TYPE,
          'output.value': span.answered,
          'output.mime_type': span.answered === undefined ? undefined : TEXT_TYPE,
          ...nameUsage(span.usage),
        },
      };
    case 'model': {
      const attributes: Record<string, unknown> = {
        'openinference.span.kind': 'LLM',
        'llm.model_name': span.model,
        ...nameUsage(span.usage),
      };
      for (const [index, { role, text }] of span.input.entries()) {
        attributes[`llm.input_messages.${index}.message.role`] = role;
        attributes[`llm.input_messages.${index}.message.content`] = text;
      }
      if (span.text !== undefined || span.calls.length > 0)
        attributes['llm.output_messages.0.message.role'] = 'assistant';
      if (span.text !== undefined) attributes['llm.output_messages.0.message.content'] = span.text;
      for (const [index, { id, name, args }] of span.calls.entries()) {
        const prefix = `llm.output_messages.0.message.tool_calls.${index}.tool_call`;
        attributes[`${prefix}.id`] = id;
        attributes[`${prefix}.function.name`] = name;
        attributes[`${prefix}.function.arguments`] = JSON.stringify(args);
      }
      return { name: 'llm', attributes };
    }
    case 'tool':
      return {
        name: span.name || 'tool',
        attributes: {
          'openinference.span.kind': 'TOOL',
          'tool.name': span.name,
          'tool.id': span.callId,
          'tool_call.id': span.callId,
          'input.value': JSON.stringify(span.args),
          'input.mime_type': JSON_TYPE,
          'output.value': span.observation,
          'output.mime_type': span.observation === undefined ? undefined : TEXT_TYPE,
        },
      };
    default: {
      const never: never = span;
      return never;
    }
  }
}

function nameUsage(usage: Usage | undefined): Record<string, number | undefined> {
  return {
    'llm.token_count.prompt': usage?.inputTokens,
    'llm.token_count.prompt_details.cache_read': usage?.cachedInputTokens,
    'llm.token_count.prompt_details.cache_write': usage?.cacheWriteTokens,
    'llm.token_count.completion': usage?.outputTokens,
    'llm.token_count.completion_details.reasoning': usage?.reasoningTokens,
    'llm.cost.total': usage?.costUsd,
  };
}
