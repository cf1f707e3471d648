import { hashText } from '../../base/hash.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { type ChatMessage, isTelling, keyOf } from './chat-message.ts';
import { Conversation, type LinePlace } from './conversation.ts';
import type { ProxyRecord, ProxyRequest, ProxyResponse } from './read-record.ts';

/** Words that may be a sub-agent's prompt: shorter ones could stand in any request. */
const PROMPT_LENGTH = 20;
/** An answer without calls names its conversation from this length on, whoever opened it. */
const TELLING_LENGTH = 40;

/** Tells the conversations of a log apart. Records come in the order of the log. */
export class Conversations {
  readonly all: Conversation[] = [];
  private readonly path: string;
  private runs = 0;
  /** By the messages of its latest request, as a whole. */
  private readonly byHistory = new Map<string, Conversation>();
  private readonly histories = new Map<Conversation, string>();
  /** By an answer: the conversation that got it last. */
  private readonly byAnswer = new Map<string, Conversation>();
  private readonly openings = new Map<Conversation, string>();
  /** Conversations that wait for an answer, by the request's id where the log has ids, in order else. */
  private readonly waiting: { readonly id: string | undefined; readonly conversation: Conversation }[] = [];

  constructor(path: string) {
    this.path = path;
  }

  /** Answers whether the record was understood: a response without a request is not. */
  read(record: ProxyRecord, place: LinePlace): boolean {
    const { request, response, id } = record;
    let conversation: Conversation | undefined;
    if (request) {
      conversation = this.readRequest(request, place);
      if (!response) this.wait(id, conversation);
    } else conversation = this.takeWaiting(id);
    if (!response) return true;
    if (!conversation) return false;
    this.readResponse(conversation, response, place);
    return true;
  }

  private readRequest(request: ProxyRequest, place: LinePlace): Conversation {
    const keys = request.messages.map(keyOf);
    const chain = chainOf(keys);
    const opening = openingOf(request.messages, keys);
    const known = this.find(request.messages, keys, chain, opening);
    const conversation = known ?? this.open(request, opening, place);
    conversation.readRequest(request, place);
    const before = this.histories.get(conversation);
    if (before !== undefined && this.byHistory.get(before) === conversation) this.byHistory.delete(before);
    const history = chain.at(-1) ?? '';
    this.histories.set(conversation, history);
    this.byHistory.set(history, conversation);
    return conversation;
  }

  private readResponse(conversation: Conversation, response: ProxyResponse, place: LinePlace): void {
    conversation.readResponse(response, place);
    if (response.model !== undefined) conversation.run.model ??= response.model;
    const { message } = response;
    if (message && isTelling(message)) this.byAnswer.set(keyOf(message), conversation);
  }

  /** The conversation that a request goes on with: by the last answer in it, else by the longest history it repeats. */
  private find(
    messages: readonly ChatMessage[],
    keys: readonly string[],
    chain: readonly string[],
    opening: string,
  ): Conversation | undefined {
    const last = messages.findLastIndex((message) => message.role === 'assistant' && isTelling(message));
    const answered = last < 0 ? undefined : this.byAnswer.get(keys[last] ?? '');
    const message = messages[last];
    if (answered && message && (this.openings.get(answered) === opening || namesItself(message)))
      return answered;
    for (let length = chain.length; length > 0; length--) {
      const candidate = this.byHistory.get(chain[length - 1] ?? '');
      if (candidate) return candidate;
    }
    return undefined;
  }

  private open({ messages, model }: ProxyRequest, opening: string, place: LinePlace): Conversation {
    const prompt = messages.find(({ role, results }) => role === 'user' && results.length === 0);
    const parent = prompt && this.findStarter(prompt.text);
    const conversation = parent
      ? new Conversation(parent.conversation.run, parent.conversation.run.branch(parent.call))
      : this.openRun(prompt && { text: prompt.text, place: place(prompt.path) });
    if (!parent) conversation.requestedModel = model;
    this.openings.set(conversation, opening);
    this.all.push(conversation);
    return conversation;
  }

  private openRun(task: { readonly text: string; readonly place: SourceRef } | undefined): Conversation {
    this.runs++;
    // The first one has the file's own name: most files hold one conversation.
    const path = this.runs === 1 ? this.path : `${this.path}#${this.runs}`;
    const run = new RunBuilder({ format: 'llm-proxy', path });
    if (task && task.text !== '') run.task = task;
    return new Conversation(run, run);
  }

  /** The waiting call of another conversation whose arguments hold the prompt: it started this one. */
  private findStarter(
    prompt: string,
  ): { readonly conversation: Conversation; readonly call: PendingStep } | undefined {
    for (const conversation of this.all.slice(-RECENT).reverse()) {
      for (const call of conversation.waitingCalls) {
        const texts = Object.values(call.facts.args ?? {});
        const isHeld = texts.some(
          (text) => typeof text === 'string' && text.length >= PROMPT_LENGTH && prompt.includes(text.trim()),
        );
        if (isHeld) return { conversation, call };
      }
    }
    return undefined;
  }

  private wait(id: string | undefined, conversation: Conversation): void {
    this.waiting.push({ id, conversation });
    // Requests that were never answered do not pile up.
    if (this.waiting.length > RECENT) this.waiting.shift();
  }

  private takeWaiting(id: string | undefined): Conversation | undefined {
    const found = id === undefined ? -1 : this.waiting.findIndex((one) => one.id === id);
    // Without ids a response answers the request before it.
    const [taken] = this.waiting.splice(found < 0 ? -1 : found, 1);
    return taken?.conversation;
  }
}

/** Conversations and requests that are looked at when something new has to be joined to one of them. */
const RECENT = 64;

/** A hash per beginning of a history. */
function chainOf(keys: readonly string[]): string[] {
  const chain: string[] = [];
  let hash = '';
  for (const key of keys) {
    hash = String(hashText(`${hash} ${key}`));
    chain.push(hash);
  }
  return chain;
}

/** What a conversation begins with: everything before its first answer. */
function openingOf(messages: readonly ChatMessage[], keys: readonly string[]): string {
  const end = messages.findIndex(({ role }) => role === 'assistant');
  return keys.slice(0, end < 0 ? keys.length : end).join(' ');
}

/** Whether an answer is found in no other conversation: its calls have ids, or it says enough. */
function namesItself({ text, calls }: ChatMessage): boolean {
  return calls.some(({ id }) => id.length >= 8) || text.length >= TELLING_LENGTH;
}
