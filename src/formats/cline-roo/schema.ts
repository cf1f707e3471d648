import { asArray, asNumber, asString, asText, at, isObject, type JsonObject } from '../../base/json.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { Usage } from '../../model/usage.ts';

/** A message of `api_conversation_history.json`, as Anthropic's API takes it, with the extension's own fields. */
export interface HistoryMessage {
  readonly role: 'user' | 'assistant';
  readonly content: unknown;
  readonly ts: Millis | undefined;
  /** It stands for messages that were condensed or cut away. */
  readonly isSummary: boolean;
  readonly modelId: string | undefined;
  readonly usage: Usage | undefined;
}

export function readHistoryMessage(value: unknown): HistoryMessage | undefined {
  if (!isObject(value)) return undefined;
  const { role, content } = value;
  if (role !== 'user' && role !== 'assistant') return undefined;
  return {
    role,
    content,
    ts: toMillis(value.ts),
    isSummary: value.isSummary === true || value.isTruncationMarker === true,
    modelId: asString(at(value, 'modelInfo', 'modelId')),
    usage: readMetrics(value.metrics),
  };
}

/** `metrics` of an answer: its prompt tokens leave out what was cached. */
function readMetrics(metrics: unknown): Usage | undefined {
  const tokens = at(metrics, 'tokens');
  if (!isObject(tokens)) return undefined;
  const fresh = asNumber(tokens.prompt);
  const cached = asNumber(tokens.cached);
  const output = asNumber(tokens.completion);
  const costUsd = asNumber(at(metrics, 'cost'));
  const usage: Usage = {
    ...(fresh !== undefined && { inputTokens: fresh + (cached ?? 0) }),
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(output !== undefined && { outputTokens: output }),
    ...(costUsd !== undefined && { costUsd }),
  };
  return Object.keys(usage).length > 0 ? usage : undefined;
}

/** A message of `ui_messages.json`. */
export interface ShownMessage {
  readonly kind: string;
  readonly asks: boolean;
  readonly text: string;
  readonly ts: Millis | undefined;
  readonly partial: boolean;
  readonly raw: JsonObject;
}

export function readShownMessage(value: unknown): ShownMessage | undefined {
  if (!isObject(value)) return undefined;
  const asks = value.type === 'ask';
  const kind = asString(asks ? value.ask : value.say);
  if (kind === undefined) return undefined;
  return {
    kind,
    asks,
    text: asString(value.text) ?? '',
    ts: toMillis(value.ts),
    partial: value.partial === true,
    raw: value,
  };
}

/** The content of a message as blocks. */
export function blocksOf(content: unknown): readonly JsonObject[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  return (asArray(content) ?? []).map((block) =>
    isObject(block) ? block : { type: 'text', text: asText(block) ?? '' },
  );
}
