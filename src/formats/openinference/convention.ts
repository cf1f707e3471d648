import { asNumber, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import { NOTE_ATTRIBUTE } from '../../model/exchange-note.ts';
import type { Usage } from '../../model/usage.ts';
import { type ChatMessage, parseText, textParts } from '../otlp/chat-message.ts';
import { placeOfAttribute, type Span } from '../otlp/span.ts';
import { type Convention, definedUsage, type SpanFacts } from '../otlp/span-facts.ts';
import { flattenAttributes } from './flatten-attributes.ts';
import { readFlatMessages } from './read-messages.ts';

const KIND = 'openinference.span.kind';

const KINDS: Readonly<Record<string, SpanFacts['kind']>> = { AGENT: 'agent', LLM: 'model', TOOL: 'tool' };

/** OpenInference: kinds of spans, and messages flattened into attributes. */
export const openInferenceConvention: Convention = { id: 'openinference', kindOf, factsOf };

function kindOf({ attributes }: Span): SpanFacts['kind'] {
  const kind = asString(attributes[KIND]) ?? asString(at(attributes, 'openinference', 'span', 'kind'));
  return KINDS[kind?.toUpperCase() ?? ''] ?? 'other';
}

function factsOf(span: Span): SpanFacts {
  const kind = kindOf(span);
  const attributes = flattenAttributes(span.attributes);
  const name = readName(span, kind, attributes);
  const model = asString(attributes['llm.model_name']);
  const usage = readUsage(attributes);
  const callId = asString(attributes['tool_call.id']) ?? asString(attributes['tool.id']);
  const note = parseText(attributes[NOTE_ATTRIBUTE]);
  return {
    kind,
    ...(name !== undefined && { name }),
    ...(model !== undefined && { model }),
    ...(usage && { usage }),
    ...readConversation(span, kind, attributes),
    ...(callId !== undefined && { callId }),
    ...(kind === 'tool' && readTool(span, attributes)),
    ...(note !== undefined && { note }),
  };
}

function readName(span: Span, kind: SpanFacts['kind'], attributes: JsonObject): string | undefined {
  if (kind === 'tool')
    return asString(attributes['tool.name']) ?? asString(attributes['tool_call.function.name']) ?? span.name;
  if (kind !== 'agent') return undefined;
  return asString(attributes['agent.name']) ?? asString(attributes['graph.node.name']) ?? span.name;
}

function readTool(span: Span, attributes: JsonObject): Pick<SpanFacts, 'args' | 'result'> {
  const args =
    attributes['tool_call.function.arguments'] ?? attributes['input.value'] ?? attributes['tool.parameters'];
  const output = attributes['output.value'];
  const text =
    typeof output === 'string' ? output : output === undefined ? undefined : JSON.stringify(output);
  return {
    args,
    ...(text !== undefined && { result: { text, place: placeOfAttribute(span, 'output.value') } }),
  };
}

function readConversation(
  span: Span,
  kind: SpanFacts['kind'],
  attributes: JsonObject,
): { input: ChatMessage[]; output: ChatMessage[] } {
  const input = readFlatMessages(span, attributes, 'llm.input_messages', 'user');
  const output = readFlatMessages(span, attributes, 'llm.output_messages', 'assistant');
  const plain = (key: string, role: string): ChatMessage[] => {
    const text = readPlain(attributes[key]);
    return text === undefined ? [] : [{ role, parts: textParts(text), place: placeOfAttribute(span, key) }];
  };
  // Of a model the value is the request as JSON, which the messages hold already; of an agent it is what was asked.
  const asked = input.length === 0 && kind !== 'tool' ? plain('input.value', 'user') : [];
  const answered = output.length === 0 && kind !== 'tool' ? plain('output.value', 'assistant') : [];
  return { input: [...input, ...asked], output: [...output, ...answered] };
}

/** What people wrote or read: plain text, or the one text of a small JSON object (`{"input": "…"}`). */
function readPlain(value: unknown): string | undefined {
  const parsed = parseText(value);
  if (!isObject(parsed)) return asString(value) ?? (value === undefined ? undefined : JSON.stringify(value));
  const texts = Object.values(parsed);
  const [only] = texts;
  return texts.length === 1 && typeof only === 'string' ? only : (asString(value) ?? JSON.stringify(value));
}

/** `prompt` holds the cached tokens. */
function readUsage(attributes: JsonObject): Usage | undefined {
  const count = (key: string): number | undefined => asNumber(attributes[key]);
  return definedUsage({
    inputTokens: count('llm.token_count.prompt'),
    cachedInputTokens: count('llm.token_count.prompt_details.cache_read'),
    cacheWriteTokens: count('llm.token_count.prompt_details.cache_write'),
    outputTokens: count('llm.token_count.completion'),
    reasoningTokens: count('llm.token_count.completion_details.reasoning'),
    costUsd: count('llm.cost.total'),
  });
}
