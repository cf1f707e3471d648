import { asArray, asNumber, asObject, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { Usage } from '../../model/usage.ts';
import { readUsage } from '../shared/read-usage.ts';
import { type ChatMessage, readMessage, readMessages } from './chat-message.ts';

export interface ProxyRequest {
  readonly messages: readonly ChatMessage[];
  readonly model?: string;
  readonly at?: Millis;
}

export interface ProxyResponse {
  readonly message?: ChatMessage;
  readonly usage?: Usage;
  readonly model?: string;
  readonly error?: { readonly text: string; readonly path: readonly string[] };
  readonly at?: Millis;
}

/** One record of a log: a request, a response, or both. */
export interface ProxyRecord {
  /** Joins a request with its response where they are records of their own; most logs have none. */
  readonly id?: string;
  readonly request?: ProxyRequest;
  readonly response?: ProxyResponse;
}

/**
 * Reads a record in one of three shapes: `type` request or response, as wrappers around a client library write them; one
 * exchange with `request` and `response` inside, as proxies do; LiteLLM's logging payload with both side by side.
 */
export function readRecord(value: JsonObject): ProxyRecord | undefined {
  const id = asString(value.id) ?? asString(value.request_id) ?? asString(value.call_id);
  const named = id === undefined ? {} : { id };
  if (value.type === 'request') {
    const request = readRequest(value);
    return request && { ...named, request };
  }
  if (value.type === 'response') {
    const response = readResponse(value);
    return response && { ...named, response };
  }
  if (value.type !== undefined && !isObject(value.request)) return undefined;
  if (isObject(value.request)) {
    const request = readRequest(value.request, ['request']);
    if (!request) return undefined;
    const response = isObject(value.response) ? readResponse(value.response) : undefined;
    return { request, ...(response && { response }) };
  }
  return isLitellm(value) ? readLitellm(value) : undefined;
}

/** Fields of LiteLLM's standard payload that tell it from other records with messages. */
function isLitellm(value: JsonObject): boolean {
  const marks = [
    'call_type',
    'response_cost',
    'litellm_call_id',
    'model_parameters',
    'startTime',
    'litellm_params',
  ];
  return Array.isArray(value.messages) && marks.filter((key) => Object.hasOwn(value, key)).length >= 2;
}

function readLitellm(value: JsonObject): ProxyRecord {
  const request = readRequest({ ...value, timestamp: value.startTime });
  const answer = isObject(value.response) ? readAnswer(value.response, ['response']) : undefined;
  const error = asString(value.error_str) ?? asString(at(value, 'error_information', 'error_message'));
  const path =
    asString(value.error_str) === undefined ? ['error_information', 'error_message'] : ['error_str'];
  const usage = addCost(
    readUsage(at(value, 'response', 'usage')) ?? readUsage(value),
    asNumber(value.response_cost),
  );
  const when = toMillis(value.endTime);
  const response = {
    ...(answer && { message: answer }),
    ...(usage && { usage }),
    ...(error !== undefined && error !== '' && { error: { text: error, path } }),
    ...modelOf(at(value, 'response', 'model') ?? value.model),
    ...(when !== undefined && { at: when }),
  };
  return { ...(request && { request }), response };
}

/** Where a request's body stands in its record. */
const BODIES = [['request_params'], ['body'], ['params'], ['data'], []] as const;

function readRequest(value: JsonObject, prefix: readonly string[] = []): ProxyRequest | undefined {
  for (const path of BODIES) {
    const body = asObject(at(value, ...path));
    if (!body || !Array.isArray(body.messages)) continue;
    const when = toMillis(value.timestamp);
    return {
      messages: readMessages(body, [...prefix, ...path]),
      ...modelOf(body.model),
      ...(when !== undefined && { at: when }),
    };
  }
  return undefined;
}

function readResponse(value: JsonObject): ProxyResponse | undefined {
  const isRecord = value.type === 'response';
  const prefix = isRecord ? [] : ['response'];
  let message: ChatMessage | undefined;
  let body: JsonObject = value;
  for (const path of [['response'], ['body'], []] as const) {
    const candidate = asObject(at(value, ...path));
    message = candidate && readAnswer(candidate, [...prefix, ...path]);
    if (candidate && message) body = candidate;
    if (message) break;
  }
  const own = readOutput(value, prefix);
  // Reasoning may stand in one of the two only.
  const said =
    message && own && message.reasoning.length === 0 ? { ...message, reasoning: own.reasoning } : message;
  const error = readError(value, prefix);
  const when = toMillis(value.timestamp);
  const usage = addCost(
    readUsage(body.usage) ?? readUsage(value),
    asNumber(value.cost) ?? asNumber(value.response_cost),
  );
  const answer = said ?? own;
  if (!answer && !error && !isRecord) return undefined;
  return {
    ...(answer && { message: answer }),
    ...(usage && { usage }),
    ...(error && { error }),
    ...modelOf(body.model),
    ...(when !== undefined && { at: when }),
  };
}

function readError(value: JsonObject, prefix: readonly string[]): ProxyResponse['error'] {
  for (const path of [['error', 'message'], ['error'], ['body', 'error', 'message'], ['exception']]) {
    const text = asString(at(value, ...path));
    if (text !== undefined && text !== '') return { text, path: [...prefix, ...path] };
  }
  return undefined;
}

/** The first choice of OpenAI's answer, or Anthropic's answer, which is a message itself. */
function readAnswer(body: JsonObject, path: readonly string[]): ChatMessage | undefined {
  const choice = asArray(body.choices)?.[0];
  if (isObject(choice)) {
    const message = asObject(choice.message);
    return message && readMessage({ role: 'assistant', ...message }, [...path, 'choices', 0, 'message']);
  }
  return body.role === 'assistant' && Array.isArray(body.content) ? readMessage(body, path) : undefined;
}

/** `outputs`: what a wrapper made of the answer, its text under `message`. */
function readOutput(value: JsonObject, path: readonly string[]): ChatMessage | undefined {
  const output = asArray(value.outputs)?.[0];
  if (!isObject(output)) return undefined;
  const message = { ...output, role: 'assistant', content: output.message ?? output.content };
  return readMessage(message, [...path, 'outputs', 0]);
}

function modelOf(value: unknown): { readonly model?: string } {
  const model = asString(value);
  return model === undefined || model === '' ? {} : { model };
}

function addCost(usage: Usage | undefined, costUsd: number | undefined): Usage | undefined {
  return costUsd === undefined ? usage : { ...usage, costUsd };
}
