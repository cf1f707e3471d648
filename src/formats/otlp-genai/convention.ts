import { asNumber, asString, isObject } from '../../base/json.ts';
import { NOTE_ATTRIBUTE } from '../../model/exchange-note.ts';
import type { Usage } from '../../model/usage.ts';
import { asText, type ChatMessage, parseText, readChatMessages } from '../otlp/chat-message.ts';
import { placeOfAttribute, type Span } from '../otlp/span.ts';
import { type Convention, definedUsage, type SpanFacts } from '../otlp/span-facts.ts';
import { readEventMessages } from './read-events.ts';
import { readNumberedMessages } from './read-numbered.ts';

const MODEL_OPERATIONS: readonly unknown[] = ['chat', 'text_completion', 'generate_content', 'completion'];

/** GenAI semantic conventions, from the first per-message events to today's attributes. */
export const genAiConvention: Convention = { id: 'otlp-genai', kindOf, factsOf };

function kindOf({ attributes, name }: Span): SpanFacts['kind'] {
  const operation = attributes['gen_ai.operation.name'];
  if (operation === 'invoke_agent') return 'agent';
  if (operation === 'execute_tool') return 'tool';
  if (MODEL_OPERATIONS.includes(operation)) return 'model';
  if (operation !== undefined) return 'other';
  // Before there was a name for the operation: what the span has tells.
  if (attributes['gen_ai.tool.name'] !== undefined || attributes['gen_ai.tool.call.id'] !== undefined)
    return 'tool';
  if (attributes['traceloop.span.kind'] === 'agent') return 'agent';
  if (attributes['traceloop.span.kind'] === 'tool') return 'tool';
  if (attributes['gen_ai.request.model'] !== undefined || attributes['llm.request.type'] === 'chat')
    return 'model';
  return name.startsWith('invoke_agent') ? 'agent' : 'other';
}

function factsOf(span: Span): SpanFacts {
  const { attributes } = span;
  const kind = kindOf(span);
  const name = kind === 'tool' ? readToolName(span) : readAgentName(span);
  const model = asString(attributes['gen_ai.response.model']) ?? asString(attributes['gen_ai.request.model']);
  const usage = readUsage(span);
  const callId = asString(attributes['gen_ai.tool.call.id']);
  const note = parseText(attributes[NOTE_ATTRIBUTE]);
  return {
    kind,
    ...(name !== undefined && { name }),
    ...(model !== undefined && { model }),
    ...(usage && { usage }),
    ...readConversation(span),
    ...(callId !== undefined && { callId }),
    ...(kind === 'tool' && readTool(span)),
    ...(note !== undefined && { note }),
  };
}

function readToolName({ attributes, name }: Span): string | undefined {
  const named = asString(attributes['gen_ai.tool.name']) ?? asString(attributes['traceloop.entity.name']);
  return named ?? /^execute_tool (.+)$/.exec(name)?.[1];
}

function readAgentName({ attributes, name }: Span): string | undefined {
  const named = asString(attributes['gen_ai.agent.name']) ?? asString(attributes['traceloop.entity.name']);
  return named ?? /^invoke_agent (.+)$/.exec(name)?.[1];
}

/** Arguments and answer of a tool: attributes, or an event of its own in older spans. */
function readTool(span: Span): Pick<SpanFacts, 'args' | 'result'> {
  const { attributes, events } = span;
  const argsKey = ['gen_ai.tool.call.arguments', 'traceloop.entity.input', 'input.value'].find(
    (key) => attributes[key] !== undefined,
  );
  const args = argsKey === undefined ? undefined : attributes[argsKey];
  const resultKey = ['gen_ai.tool.call.result', 'traceloop.entity.output', 'output.value'].find(
    (key) => attributes[key] !== undefined,
  );
  const text = resultKey === undefined ? undefined : asText(attributes[resultKey]);
  if (resultKey !== undefined && text !== undefined) {
    return { args, result: { text, place: placeOfAttribute(span, resultKey) } };
  }
  const said = readEventMessages(events).input.flatMap(({ parts, place }) =>
    parts.flatMap((part) => (part.kind === 'result' ? [{ text: part.text, place }] : [])),
  );
  return { args, ...(said[0] && { result: said[0] }) };
}

/** The conversation of a span: attributes first, else events, else the numbered attributes of early instrumentations. */
function readConversation(span: Span): { input: ChatMessage[]; output: ChatMessage[] } {
  const { attributes, events } = span;
  const list = (key: string, role: string): ChatMessage[] =>
    readChatMessages(attributes[key], role, placeOfAttribute(span, key));
  const system = readSystem(span);
  const input = [...system, ...list('gen_ai.input.messages', 'user')];
  const output = list('gen_ai.output.messages', 'assistant');
  const said = events.length > 0 ? readEventMessages(events) : { input: [], output: [] };
  const numbered = input.length + output.length + said.input.length + said.output.length === 0;
  const early = numbered ? readNumberedMessages(span) : { input: [], output: [] };
  return {
    input: input.length > 0 ? input : [...said.input, ...early.input],
    output: output.length > 0 ? output : [...said.output, ...early.output],
  };
}

/** System instructions are a list of parts, or text. */
function readSystem(span: Span): ChatMessage[] {
  const key = 'gen_ai.system_instructions';
  const value = parseText(span.attributes[key]);
  if (value === undefined) return [];
  const place = placeOfAttribute(span, key);
  const isMessages = Array.isArray(value) && value.some((item) => isObject(item) && item.role !== undefined);
  if (isMessages || typeof value === 'string') return readChatMessages(value, 'system', place);
  return readChatMessages(
    [{ role: 'system', parts: Array.isArray(value) ? value : [value] }],
    'system',
    place,
  );
}

/** `input_tokens` hold the cached ones by the convention. */
function readUsage({ attributes }: Span): Usage | undefined {
  const count = (...keys: string[]): number | undefined => {
    for (const key of keys) {
      const found = asNumber(attributes[`gen_ai.usage.${key}`]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return definedUsage({
    inputTokens: count('input_tokens', 'prompt_tokens'),
    cachedInputTokens: count('cache_read.input_tokens', 'cache_read_input_tokens'),
    cacheWriteTokens: count('cache_creation.input_tokens', 'cache_creation_input_tokens'),
    outputTokens: count('output_tokens', 'completion_tokens'),
    reasoningTokens: count('reasoning.output_tokens', 'reasoning_tokens'),
    costUsd: count('cost', 'cost_usd'),
  });
}
