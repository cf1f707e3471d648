import { asString, at, type JsonObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { classifyFailure } from '../openhands/classify-failure.ts';
import { distinctTexts } from '../openhands/distinct-texts.ts';
import { metricsGrowth, readServiceMetrics } from '../openhands/read-metrics.ts';
import { readContent } from '../shared/content-text.ts';
import { readBaseState, readStats, type UsageByResponse } from './read-base-state.ts';
import { readArguments, readCall, readResult, readThoughts } from './read-parts.ts';

/** Kinds that say nothing of what the agent did or was shown. */
const SILENT = new Set([
  'LLMCompletionLogEvent',
  'TokenEvent',
  'StreamingDeltaEvent',
  'CondensationRequest',
  'ConversationStateUpdateEvent',
]);

/** Reads the events of one conversation in order into a run. Call `finish` after the last. */
export class Conversation {
  private readonly run: RunBuilder;
  private usages: UsageByResponse = new Map();
  private readonly byAction = new Map<string, PendingStep>();
  /** Calls by the model's id, the latest last: ids come again. */
  private readonly byCall = new Map<string, PendingStep[]>();
  private readonly finishIds = new Set<string>();
  private readonly eventIds = new Set<string>();
  private readonly systemPrompts = new Set<string>();
  private response: string | undefined;
  /** Totals of the last update, and their growth since the last answer. */
  private totals: Usage | undefined;
  private grown: Usage | undefined;
  private sawPrompt = false;

  constructor(run: RunBuilder) {
    this.run = run;
  }

  /** The conversation's `base_state.json`; before the first event, since it knows what each answer cost. */
  readState(state: unknown): void {
    this.usages = readBaseState(this.run, state);
  }

  read(event: JsonObject & { readonly kind: string }, place: SourceRef): void {
    const id = asString(event.id);
    if (id !== undefined && this.eventIds.has(id)) {
      this.run.log.fold('duplicate-record', 'info', 'an event stands there twice', place);
      return;
    }
    if (id !== undefined) this.eventIds.add(id);
    switch (event.kind) {
      case 'SystemPromptEvent':
      case 'SystemPromptUpdateEvent':
        return this.readSystem(event, place);
      case 'MessageEvent':
        return this.readMessage(event, place);
      case 'ActionEvent':
        return this.readAction(event, id, place);
      case 'ObservationEvent':
        return this.readObservation(event, place);
      case 'AgentErrorEvent':
        return this.answer(event, asString(event.error) ?? '', 'error', place);
      case 'UserRejectObservation':
        return this.answer(event, asString(event.rejection_reason) ?? '', 'rejected', place);
      default:
        return this.readOther(event, place);
    }
  }

  /** Calls that wait for the user's consent never ran; other calls without a result keep their place. */
  finish(): void {
    if (this.run.exitStatus !== 'waiting_for_confirmation') return;
    const waiting = this.run.calls.filter((call) => !call.result);
    for (const call of waiting) this.run.drop(call);
    for (const { facts } of waiting) {
      this.run.message({ role: 'assistant', kind: 'notice', text: facts.action, place: facts.place });
    }
    if (waiting.length === 0) return;
    this.run.log.add(
      'unpaired-call',
      'info',
      `${waiting.length} calls wait for the user's consent and are no steps`,
    );
  }

  private readSystem(event: JsonObject, place: SourceRef): void {
    const parts = [event.system_prompt, event.dynamic_context].map((part) => readContent(part).text);
    const text = parts.filter((part) => part !== '').join('\n\n');
    if (this.systemPrompts.has(text)) {
      // Opening a stored conversation writes its system prompt again.
      this.run.log.fold('duplicate-record', 'info', 'the system prompt stands there again', place);
      return;
    }
    this.systemPrompts.add(text);
    this.run.message({ role: 'system', kind: 'prompt', text, place });
  }

  private readMessage(event: JsonObject, place: SourceRef): void {
    if (event.source === 'agent') {
      this.takeUsage(undefined);
      for (const text of distinctTexts(readThoughts(event))) this.run.think(text, place);
      this.response = undefined;
      return;
    }
    const { text } = readContent(at(event, 'llm_message', 'content'));
    this.readUserText(text, event.source === 'user', place);
    const extra = readContent(event.extended_content).text;
    if (extra !== '') this.run.message({ role: 'environment', kind: 'notice', text: extra, place });
  }

  private readUserText(text: string, isUser: boolean, place: SourceRef): void {
    if (!isUser) {
      this.run.message({ role: 'environment', kind: 'notice', text, place });
      return;
    }
    if (!this.sawPrompt && text !== '') this.run.task = { ...this.run.task, text, place };
    this.run.message({ role: 'user', kind: this.sawPrompt ? 'reply' : 'prompt', text, place });
    this.sawPrompt = true;
  }

  private readAction(event: JsonObject, id: string | undefined, place: SourceRef): void {
    const response = asString(event.llm_response_id);
    const sameTurn = response !== undefined && response === this.response;
    if (!sameTurn) this.run.beginTurn(this.takeUsage(response));
    this.response = response;
    for (const text of distinctTexts(readThoughts(event))) this.run.think(text, place);
    const call = asString(event.tool_call_id);
    if (event.tool_name === 'finish') {
      const message = asString(readArguments(event)?.message);
      if (message !== undefined) this.run.think(message, place);
      for (const known of [id, call]) if (known !== undefined) this.finishIds.add(known);
      return;
    }
    const step = this.run.call(readCall(event, place));
    if (id !== undefined) this.byAction.set(id, step);
    if (call === undefined) return;
    const same = this.byCall.get(call);
    if (same) same.push(step);
    else this.byCall.set(call, [step]);
  }

  /** What an answer cost: by its id where the state lists answers, else what the totals grew by before it. */
  private takeUsage(response: string | undefined): Usage | undefined {
    const { grown } = this;
    this.grown = undefined;
    return (response === undefined ? undefined : this.usages.get(response)) ?? grown;
  }

  private readObservation(event: JsonObject, place: SourceRef): void {
    const step = this.findCall(event);
    const facts = readResult(event, step?.facts.args, place);
    if (step) this.run.result(step, facts);
    else this.keepUnpaired(event, facts.observation ?? '', place);
  }

  private answer(event: JsonObject, text: string, status: 'error' | 'rejected', place: SourceRef): void {
    const step = this.findCall(event);
    const endedAt = toMillis(event.timestamp);
    if (step)
      this.run.result(step, { observation: text, status, ...(endedAt !== undefined && { endedAt }), place });
    else this.keepUnpaired(event, text, place);
  }

  private findCall(event: JsonObject): PendingStep | undefined {
    const action = asString(event.action_id);
    const step = action === undefined ? undefined : this.byAction.get(action);
    if (step) return step;
    const call = asString(event.tool_call_id);
    return call === undefined ? undefined : this.byCall.get(call)?.findLast((one) => !one.result);
  }

  private keepUnpaired(event: JsonObject, text: string, place: SourceRef): void {
    const ids = [asString(event.action_id), asString(event.tool_call_id)];
    if (event.tool_name === 'finish' || ids.some((id) => id !== undefined && this.finishIds.has(id))) {
      // A finish call is answered with its own message, or with the check that it failed.
      if (text !== '' && !this.run.trailing.thought?.includes(text)) {
        this.run.message({ role: 'environment', kind: 'notice', text, place });
      }
      return;
    }
    this.run.message({ role: 'environment', kind: 'notice', text, place });
    this.run.log.fold('unpaired-result', 'warning', 'a result answers no call that was seen', place);
  }

  private readOther(event: JsonObject & { readonly kind: string }, place: SourceRef): void {
    const { kind } = event;
    if (kind === 'ConversationStateUpdateEvent') this.readUpdate(event);
    else if (kind === 'Condensation' || kind === 'CondensationSummaryEvent') {
      const text = asString(event.summary) ?? '';
      if (text !== '') this.run.message({ role: 'environment', kind: 'compaction', text, place });
    } else if (kind === 'PauseEvent' || kind === 'InterruptEvent') {
      const text = `${asString(event.source) ?? 'unknown'} interrupted the agent (${kind})`;
      this.run.message({ role: 'environment', kind: 'interruption', text, place });
    } else if (kind.endsWith('ErrorEvent')) this.readError(event, place);
    else if (!SILENT.has(kind)) {
      this.run.log.fold('unknown-record', 'info', `events of the kind ${kind} were passed over`, place);
    }
  }

  private readUpdate(event: JsonObject): void {
    const { key, value } = event;
    if (key === 'execution_status') this.run.exitStatus = asString(value) ?? this.run.exitStatus;
    else if (key === 'stats') this.addStats(value, readStats(this.run, value));
    else if (key === 'full_state') this.addStats(at(value, 'stats'), readBaseState(this.run, value));
  }

  private addStats(stats: unknown, more: UsageByResponse): void {
    const totals = readServiceMetrics(stats);
    this.grown = addUsage(this.grown, metricsGrowth(this.totals, totals));
    this.totals = totals ?? this.totals;
    if (more.size > 0) this.usages = new Map([...this.usages, ...more]);
  }

  private readError(event: JsonObject, place: SourceRef): void {
    const parts = [event.code, event.detail, event.error, event.message].flatMap(
      (part) => asString(part) ?? [],
    );
    const message = distinctTexts(parts).join(': ') || 'the conversation ended with an error';
    this.run.exceptions.push({ kind: classifyFailure(message), message, place });
  }
}
