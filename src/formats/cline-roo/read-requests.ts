import { asNumber, asString, isObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import type { Millis } from '../../model/ids.ts';
import type { PlacedText } from '../../model/run.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { Usage } from '../../model/usage.ts';
import type { ShownMessage } from './schema.ts';
import { ANSWERS } from './shown-answers.ts';

/** One request to the model, as the editor's own messages tell of it. */
export interface ModelRequest {
  readonly at: Millis | undefined;
  readonly place: SourceRef;
  readonly usage: Usage | undefined;
  /** Why it was broken off, where it was. */
  readonly failure: string | undefined;
  /** Reasoning that was shown and that the history may lack. */
  readonly reasoning: PlacedText[];
  /** What was sent: what the calls before it gave. Undefined for a request that broke off, as it was sent again. */
  readonly sent: PlacedText | undefined;
  /** What the editor showed from this request to the next one. */
  readonly shown: ShownText[];
}

/** A message of the editor, in the words of the one who said it. */
export interface ShownText extends PlacedText {
  readonly role: 'user' | 'assistant' | 'environment';
  /** A call that was broken off while it was written, which the history therefore lacks. */
  readonly brokenOff: boolean;
}

/** The JSON in an `api_req_started` message. Texts that are none count as nothing recorded. */
export function readRequest(message: ShownMessage, place: SourceRef): ModelRequest {
  const facts = parse(message.text);
  const failure = asString(facts.streamingFailedMessage) ?? asString(facts.cancelReason);
  const text = failure === undefined ? asString(facts.request) : undefined;
  return {
    at: message.ts,
    place,
    usage: readTokens(facts),
    failure,
    reasoning: [],
    sent:
      text === undefined ? undefined : { text, place: { ...place, pointer: `${place.pointer ?? ''}/text` } },
    shown: [],
  };
}

const SAID = new Set(
  (
    'text reasoning tool command use_mcp_server browser_action browser_action_launch followup plan_mode_respond ' +
    'new_task completion_result'
  ).split(' '),
);

/** What a message of the editor says of the conversation; undefined for its own notes. */
export function readShownText(message: ShownMessage, place: SourceRef): ShownText | undefined {
  const { kind, text } = message;
  const role = roleOf(kind);
  if (text === '' || !role) return undefined;
  return { role, text, place, brokenOff: message.asks && message.partial };
}

function roleOf(kind: string): ShownText['role'] | undefined {
  if (kind === 'user_feedback' || kind === 'user_feedback_diff') return 'user';
  if (SAID.has(kind)) return 'assistant';
  return ANSWERS[kind] === undefined ? undefined : 'environment';
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
  const value = parseJsonText(text);
  return isObject(value) ? value : {};
}

/** Finds the request that an answer belongs to: the last one that began before it was stored; each serves once. */
export class RequestIndex {
  private next = 0;
  private isTimed = true;
  private readonly requests: readonly ModelRequest[];

  constructor(requests: readonly ModelRequest[]) {
    this.requests = requests;
  }

  /** `passed`: requests before it whose answers the history does not hold, for they failed or were condensed away. */
  take(answeredAt: Millis | undefined): {
    request: ModelRequest | undefined;
    passed: readonly ModelRequest[];
  } {
    if (answeredAt === undefined) {
      this.isTimed = false;
      return { request: this.requests[this.next++], passed: [] };
    }
    const first = this.next;
    for (; this.next < this.requests.length; this.next++) {
      const request = this.requests[this.next];
      if (request?.at !== undefined && request.at > answeredAt) break;
    }
    if (this.next === first) return { request: undefined, passed: [] };
    return { request: this.requests[this.next - 1], passed: this.requests.slice(first, this.next - 1) };
  }

  /** Requests after the last answer of the history. Without times they can't be told from those that were answered. */
  rest(): readonly ModelRequest[] {
    return this.isTimed ? this.requests.slice(this.next) : [];
  }
}
