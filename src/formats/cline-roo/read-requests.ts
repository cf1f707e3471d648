import { asNumber, asString, isObject } from '../../base/json.ts';
import type { Millis } from '../../model/ids.ts';
import type { PlacedText } from '../../model/run.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { Usage } from '../../model/usage.ts';
import type { ShownMessage } from './schema.ts';

/** One request to the model, as the editor's own messages tell of it. */
export interface ModelRequest {
  readonly at: Millis | undefined;
  readonly place: SourceRef;
  readonly usage: Usage | undefined;
  /** Why it was broken off, where it was. */
  readonly failure: string | undefined;
  /** Reasoning that was shown and that the history may lack. */
  readonly reasoning: PlacedText[];
}

/** The JSON in an `api_req_started` message. Texts that are none count as nothing recorded. */
export function readRequest(message: ShownMessage, place: SourceRef): ModelRequest {
  const facts = parse(message.text);
  const failure = asString(facts.streamingFailedMessage) ?? asString(facts.cancelReason);
  return { at: message.ts, place, usage: readTokens(facts), failure, reasoning: [] };
}

/**
 * Token counts of a request. With OpenAI's protocol the prompt holds what was cached; with Anthropic's, and where no
 * protocol is named, it does not, unless the counts are larger than what was cached and are the sum already.
 */
function readTokens(facts: Record<string, unknown>): Usage | undefined {
  const fresh = asNumber(facts.tokensIn);
  const output = asNumber(facts.tokensOut);
  const read = asNumber(facts.cacheReads);
  const written = asNumber(facts.cacheWrites);
  const cost = asNumber(facts.cost);
  if (fresh === undefined && output === undefined && cost === undefined) return undefined;
  const cached = (read ?? 0) + (written ?? 0);
  const apart = facts.apiProtocol !== 'openai' && fresh !== undefined && fresh < cached;
  return {
    ...(fresh !== undefined && { inputTokens: apart ? fresh + cached : fresh }),
    ...(read !== undefined && { cachedInputTokens: read }),
    ...(written !== undefined && { cacheWriteTokens: written }),
    ...(output !== undefined && { outputTokens: output }),
    ...(cost !== undefined && { costUsd: cost }),
  };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Finds the request that an answer belongs to: the last one that began before it was stored; each serves once. */
export class RequestIndex {
  private next = 0;
  private readonly requests: readonly ModelRequest[];

  constructor(requests: readonly ModelRequest[]) {
    this.requests = requests;
  }

  take(answeredAt: Millis | undefined): ModelRequest | undefined {
    if (answeredAt === undefined) return this.requests[this.next++];
    let found: ModelRequest | undefined;
    for (; this.next < this.requests.length; this.next++) {
      const request = this.requests[this.next];
      if (request?.at !== undefined && request.at > answeredAt) break;
      found = request;
    }
    return found;
  }
}
