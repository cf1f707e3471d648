import { pointer } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ResultFacts, ThreadBuilder } from '../../model/thread-builder.ts';
import { addUsage } from '../../model/usage.ts';
import { parseArguments, renderAction } from '../shared/render-action.ts';
import {
  type ChatCall,
  type ChatMessage,
  type ChatResult,
  isTelling,
  keyOf,
  wordsKeyOf,
} from './chat-message.ts';
import type { ProxyRequest, ProxyResponse } from './read-record.ts';

interface TurnCall {
  readonly id: string;
  readonly step: PendingStep;
}

/** An assistant message with the steps of its calls. */
interface Turn {
  readonly calls: readonly TurnCall[];
}

/** The place of a line; a message's own keys follow. */
export type LinePlace = (path: readonly (string | number)[]) => SourceRef;

/**
 * One agent's conversation, rebuilt from requests that each repeat what went before. An answer makes a turn when it
 * comes; a request brings the results of earlier calls and what was said besides.
 */
export class Conversation {
  /** The run that it belongs to; a sub-agent's conversation is a branch of another's run. */
  readonly run: RunBuilder;
  readonly thread: ThreadBuilder;
  requests = 0;
  answers = 0;
  /** A request waits for its answer. */
  waiting = false;
  unanswered = 0;
  /** As asked for; the answer's word for it counts where there is an answer. */
  requestedModel: string | undefined;
  private readonly turns = new Map<string, Turn[]>();
  private readonly byId = new Map<string, TurnCall[]>();
  /** Turns since the latest request began. */
  private latest: Turn[] = [];
  private readonly words = new Set<string>();
  private readonly seen = new Set<string>();
  private lastError: { readonly text: string; readonly place: SourceRef } | undefined;

  constructor(run: RunBuilder, thread: ThreadBuilder) {
    this.run = run;
    this.thread = thread;
  }

  readRequest({ messages, at }: ProxyRequest, place: LinePlace): void {
    if (this.waiting) this.unanswered++;
    this.requests++;
    this.waiting = true;
    this.latest = [];
    if (at !== undefined) this.run.startedAt ??= at;
    if (at !== undefined) this.run.endedAt = at;
    if (this.lastError) {
      // The agent went on after it.
      this.thread.message({ role: 'environment', kind: 'notice', ...this.lastError });
      this.lastError = undefined;
    }
    const counts = new Map<string, number>();
    let turn: Turn | undefined;
    let answer = '';
    for (const message of messages) {
      const key = keyOf(message);
      // Equal words after another answer are said anew. What older messages became in between does not matter.
      const base = message.role === 'assistant' ? key : `${key} ${answer}`;
      const nth = counts.get(base) ?? 0;
      counts.set(base, nth + 1);
      if (message.role === 'assistant') {
        turn = this.readRepeated(message, key, nth, place);
        if (isTelling(message)) answer = key;
        continue;
      }
      const isNew = !this.seen.has(`${base} ${nth}`);
      this.seen.add(`${base} ${nth}`);
      for (const result of message.results) this.readResult(result, turn, isNew, place(message.path));
      if (isNew) this.readSaid(message, place(message.path));
    }
  }

  readResponse({ message, usage, error, at }: ProxyResponse, place: LinePlace): void {
    this.waiting = false;
    if (at !== undefined) {
      this.run.startedAt ??= at;
      this.run.endedAt = at;
    }
    if (error) this.lastError = { text: error.text, place: place(error.path) };
    if (!message) return;
    this.answers++;
    this.run.totalUsage = addUsage(this.run.totalUsage, usage);
    this.thread.beginTurn(usage);
    this.addTurn(message, keyOf(message), place, at);
  }

  /** Calls of answers that the conversation did not go on from never ran; a failed last request ended it. */
  finish(): void {
    const { log } = this.run;
    if (this.requestedModel !== undefined) this.run.model ??= this.requestedModel;
    const abandoned = this.dropAbandoned();
    if (abandoned > 0)
      log.add('abandoned-call', 'info', `calls of answers that were not taken never ran: ${abandoned}`);
    const unanswered = this.unanswered + (this.waiting ? 1 : 0);
    if (unanswered > 0)
      log.add('unanswered-request', 'info', `requests without a recorded answer: ${unanswered}`);
    if (this.lastError) {
      const { text, place } = this.lastError;
      this.run.exceptions.push({ kind: 'api', message: text, place });
    }
  }

  /** Drops them, and keeps their text where they stood. */
  private dropAbandoned(): number {
    const taken = new Set(this.latest.flatMap(({ calls }) => calls.map(({ step }) => step)));
    const { calls, messages } = this.thread;
    let abandoned = 0;
    for (const [beforeCall, step] of calls.entries()) {
      if (step.result || taken.has(step)) continue;
      this.thread.drop(step);
      const { action, place } = step.facts;
      messages.push({ message: { role: 'assistant', kind: 'notice', text: action, place }, beforeCall });
      abandoned++;
    }
    if (abandoned > 0) messages.sort((a, b) => a.beforeCall - b.beforeCall);
    return abandoned;
  }

  /** Texts of the calls that wait for a result: a sub-agent's prompt is among them. */
  get waitingCalls(): readonly PendingStep[] {
    return this.latest.flatMap(({ calls }) => calls.flatMap(({ step }) => (step.result ? [] : [step])));
  }

  /** An assistant message of a request: an answer that was read, or one that the log does not hold. */
  private readRepeated(message: ChatMessage, key: string, nth: number, place: LinePlace): Turn | undefined {
    const known = this.turns.get(key)?.[nth];
    if (known) return known;
    if (message.calls.length === 0 && (message.text.trim() === '' || this.words.has(wordsKeyOf(message))))
      return undefined;
    this.thread.beginTurn();
    return this.addTurn(message, key, place, undefined);
  }

  private addTurn(message: ChatMessage, key: string, place: LinePlace, at: ResultFacts['endedAt']): Turn {
    const where = place(message.path);
    for (const text of message.reasoning) this.thread.think(text, where);
    this.thread.think(message.text, where);
    const calls = message.calls.map((call) => ({ id: call.id, step: this.addCall(call, place, at) }));
    const turn = { calls };
    const same = this.turns.get(key);
    if (same) same.push(turn);
    else this.turns.set(key, [turn]);
    for (const call of calls) {
      const equal = this.byId.get(call.id);
      if (equal) equal.push(call);
      else this.byId.set(call.id, [call]);
    }
    this.latest.push(turn);
    this.words.add(wordsKeyOf(message));
    return turn;
  }

  private addCall({ name, args, path }: ChatCall, place: LinePlace, at: ResultFacts['endedAt']): PendingStep {
    const parsed = parseArguments(args);
    return this.thread.call({
      tool: name,
      action: describeAction(name, parsed),
      ...(parsed && { args: parsed }),
      ...(at !== undefined && { startedAt: at }),
      place: place(path),
    });
  }

  /** The result of a call of the turn before it: by id, and in order where ids come again or are missing. */
  private readResult(result: ChatResult, turn: Turn | undefined, isNew: boolean, place: SourceRef): void {
    const own = turn?.calls.filter(({ id }) => id === result.id) ?? [];
    const open =
      own.find(({ step }) => !step.result) ?? (own.length === 0 ? this.findOpen(result.id) : undefined);
    if (open) {
      this.thread.result(open.step, {
        observation: result.text,
        ...(result.images.length > 0 && { images: result.images }),
        status: result.failed ? 'error' : 'unknown',
        place,
      });
      return;
    }
    if (own.length > 0 || !isNew) return;
    this.thread.message({ role: 'environment', kind: 'notice', text: result.text, place });
    this.run.log.fold('unpaired-result', 'warning', 'a result answers no call that was seen', place);
  }

  /** The latest call with this id that has no result. */
  private findOpen(id: string): TurnCall | undefined {
    const calls = this.byId.get(id) ?? [];
    while (calls.at(-1)?.step.result) calls.pop();
    return calls.at(-1);
  }

  private readSaid(message: ChatMessage, place: SourceRef): void {
    const { role, text, images } = message;
    const shown = [text, ...images.map((image) => `[${image}]`)].filter((part) => part !== '').join('\n');
    if (shown === '' || role === 'assistant' || role === 'tool') return;
    const kind = role === 'system' || this.answers === 0 ? 'prompt' : 'reply';
    if (role === 'user' && this.thread.prompt === undefined) this.thread.prompt = shown;
    this.thread.message({ role, kind, text: shown, place });
  }
}

/** Tools whose one text argument runs as it stands. */
const SHELLS = /^(?:bash|shell|sh|terminal|execute_bash|run_command|execute_command|run_shell_command)$/i;

function describeAction(name: string, args: ReturnType<typeof parseArguments>): string {
  const command = args && SHELLS.test(name) ? (args.command ?? args.cmd) : undefined;
  return typeof command === 'string' ? command : renderAction(name, args);
}

/** The place of a line of a file, keys as a JSON pointer. */
export function linePlace(artifact: string, line: number): LinePlace {
  return (path) => ({ artifact, line, pointer: pointer(...path) });
}
