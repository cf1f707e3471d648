import { asObject, asString, asText, at, type JsonObject } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { classifyFailure } from '../openhands/classify-failure.ts';
import { distinctTexts } from '../openhands/distinct-texts.ts';
import { metricsGrowth, readMetrics } from '../openhands/read-metrics.ts';
import { readUsage } from '../shared/read-usage.ts';
import { mayBeStep } from './event-kinds.ts';
import { argsOf, readAction, responseOf, responseTexts } from './read-action.ts';
import { readObservation } from './read-observation.ts';

interface OpenCall {
  readonly step: PendingStep;
  readonly thread: ThreadBuilder;
  readonly action: string;
  /** Its place among the calls of its thread. */
  readonly index: number;
}

/** Reads the events of one session in their order into a run. Call `finish` after the last. */
export class EventStream {
  private readonly run: RunBuilder;
  /** Where the agent's text goes: the run, or the innermost delegate at work. */
  private thread: ThreadBuilder;
  private readonly delegates: OpenCall[] = [];
  private readonly calls: OpenCall[] = [];
  private readonly byId = new Map<string, OpenCall>();
  /** The model's answer of the current turn. */
  private response: string | undefined;
  /** The last cumulative reading, and the sum over the model's answers for streams that have none. */
  private metrics: Usage | undefined;
  private spent: Usage | undefined;
  private sawPrompt = false;
  private sawAction = false;

  constructor(run: RunBuilder) {
    this.run = run;
    this.thread = run;
  }

  read(event: JsonObject, place: SourceRef): void {
    const observation = asString(event.observation);
    const action = asString(event.action);
    if (action !== undefined) this.readAction(event, action, place);
    else if (observation !== undefined) this.readObservation(event, observation, place);
    else if (event.action !== null && event.observation !== null) {
      this.run.log.fold('unknown-record', 'info', 'a record is neither action nor observation', place);
    }
  }

  /** Actions that no observation answered never are steps; what they asked for is kept beside the steps. */
  finish(): void {
    const atWork = new Set(this.calls.map((call) => call.thread.parent));
    const unpaired = this.calls.filter((call) => !call.step.result && !atWork.has(call.step));
    for (const call of unpaired) call.thread.drop(call.step);
    keepBeside(unpaired);
    if (unpaired.length > 0) {
      const count = unpaired.length;
      this.run.log.add('unpaired-call', 'info', `${count} actions without an observation are no steps`);
    }
    this.run.totalUsage ??= this.metrics ?? this.spent;
  }

  private readAction(event: JsonObject, action: string, place: SourceRef): void {
    const source = asString(event.source);
    if (action === 'message') this.readMessage(event, source, place);
    else if (action === 'system') this.readSystem(event, place);
    else if (action === 'finish' || action === 'reject') this.readFinish(event, place);
    else if (action === 'condensation') this.readCondensation(event, place);
    else if (mayBeStep(action, source)) this.readCall(event, action, place);
    else if (source === 'user' && mayBeStep(action, undefined)) {
      const text = readAction(event, action, place).action;
      this.thread.message({ role: 'user', kind: 'notice', text, place });
    }
  }

  private readCall(event: JsonObject, action: string, place: SourceRef): void {
    this.beginTurn(event, place, action === 'think' ? [] : [asString(argsOf(event).thought)]);
    const step = this.thread.call(readAction(event, action, place));
    const open: OpenCall = { step, thread: this.thread, action, index: this.thread.calls.length - 1 };
    this.calls.push(open);
    const id = asText(event.id);
    if (id !== undefined) this.byId.set(id, open);
    this.sawAction = true;
    if (action !== 'delegate') return;
    const args = argsOf(event);
    const name = asString(args.agent);
    const prompt = asString(at(args.inputs, 'task')) ?? asString(args.task);
    this.delegates.push(open);
    this.thread = this.run.branch(step, {
      ...(name !== undefined && { name }),
      ...(prompt !== undefined && { prompt }),
    });
  }

  /** A new turn for each answer of the model; its texts come before the thought that the event repeats. */
  private beginTurn(event: JsonObject, place: SourceRef, texts: readonly (string | undefined)[]): void {
    const response = responseOf(event);
    const id = asString(response?.id);
    const sameTurn = id !== undefined && id === this.response;
    const model = asString(response?.model);
    if (this.run.model === undefined && model !== undefined) this.run.model = model;
    const usage = this.account(event, id);
    if (!sameTurn) this.thread.beginTurn(usage);
    // The answer's text stands on each of its actions, and is the thought of the first one only.
    const said = sameTurn ? [] : responseTexts(event);
    const own = sameTurn ? texts.filter((text) => !isRepeated(text, responseTexts(event))) : texts;
    for (const text of distinctTexts([...said, ...own])) this.thread.think(text, place);
  }

  /** Usage of the model's answer that an event came from; undefined when it was counted already. */
  private account(event: JsonObject, response: string | undefined): Usage | undefined {
    const metrics = readMetrics(event.llm_metrics);
    const growth = metricsGrowth(this.metrics, metrics);
    if (metrics) this.metrics = metrics;
    const counted = response !== undefined && response === this.response;
    this.response = response;
    if (counted) return undefined;
    const recorded = readUsage(responseOf(event)?.usage);
    const cost = growth?.costUsd;
    const usage = recorded ? addUsage(recorded, cost === undefined ? undefined : { costUsd: cost }) : growth;
    this.spent = addUsage(this.spent, usage);
    return usage;
  }

  private readMessage(event: JsonObject, source: string | undefined, place: SourceRef): void {
    const args = argsOf(event);
    const text = asString(args.content) ?? asString(event.message) ?? '';
    const fromUser = source === 'user' || (source === undefined && !this.sawAction);
    if (fromUser) {
      if (this.run.task?.text === undefined && text !== '') this.run.task = { ...this.run.task, text, place };
      this.thread.message({ role: 'user', kind: this.sawPrompt ? 'reply' : 'prompt', text, place });
      this.sawPrompt = true;
      return;
    }
    this.sawAction = true;
    this.account(event, asString(responseOf(event)?.id));
    for (const said of distinctTexts([...responseTexts(event), text])) this.thread.think(said, place);
  }

  private readSystem(event: JsonObject, place: SourceRef): void {
    const text = asString(argsOf(event).content) ?? asString(event.message) ?? '';
    this.thread.message({ role: 'system', kind: 'prompt', text, place });
  }

  private readFinish(event: JsonObject, place: SourceRef): void {
    const args = argsOf(event);
    const outputs = asObject(args.outputs) ?? {};
    this.account(event, asString(responseOf(event)?.id));
    const texts = [
      ...responseTexts(event),
      asString(args.thought),
      asString(args.final_thought),
      ...Object.values(outputs).map(asString),
    ];
    for (const text of distinctTexts(texts)) this.thread.think(text, place);
  }

  private readCondensation(event: JsonObject, place: SourceRef): void {
    const text = asString(argsOf(event).summary) ?? asString(event.message) ?? '';
    this.thread.message({ role: 'environment', kind: 'compaction', text, place });
  }

  private readObservation(event: JsonObject, kind: string, place: SourceRef): void {
    if (kind === 'agent_state_changed') {
      this.readState(event, place);
      return;
    }
    const call = this.findCall(event, kind);
    if (!call) {
      this.keepUnpaired(event, kind, place);
      return;
    }
    if (kind === 'null' && call.step.result) return;
    call.thread.result(call.step, readObservation(event, kind, call.step.facts.args, place));
    const delegate = this.delegates.at(-1);
    if (delegate && call.step === delegate.step) {
      this.delegates.pop();
      this.thread = call.thread;
    }
  }

  private findCall(event: JsonObject, kind: string): OpenCall | undefined {
    const { cause } = event;
    if (typeof cause === 'number' || typeof cause === 'string') return this.byId.get(String(cause));
    if (kind === 'delegate') return this.delegates.at(-1);
    // The oldest events have neither ids nor causes: an observation follows its action.
    if (event.id !== undefined || kind === 'null') return undefined;
    const last = this.calls.at(-1);
    return last && !last.step.result && (last.action === kind || kind === 'error') ? last : undefined;
  }

  /** Observations that answer no step: the harness's own words to the agent, or to nobody. */
  private keepUnpaired(event: JsonObject, kind: string, place: SourceRef): void {
    const text = asString(event.content) ?? '';
    if (kind === 'null' || text.trim() === '') return;
    const answersAction = event.cause !== undefined && event.cause !== null;
    if (kind === 'error' && !answersAction) {
      this.thread.message({ role: 'environment', kind: 'format-error', text, place });
      return;
    }
    this.thread.message({ role: 'environment', kind: 'notice', text, place });
    if (answersAction) {
      this.run.log.fold('unpaired-result', 'info', 'an observation answers no step of the agent', place);
    }
  }

  private readState(event: JsonObject, place: SourceRef): void {
    const state = asString(at(event, 'extras', 'agent_state'));
    if (state === undefined) return;
    this.run.exitStatus = state;
    const reason = asString(at(event, 'extras', 'reason')) || asString(event.content);
    if (state !== 'error' && state !== 'rate_limited') return;
    const message = reason || `the agent's state became ${state}`;
    this.run.exceptions.push({
      kind: state === 'rate_limited' ? 'api' : classifyFailure(message),
      message,
      place,
    });
  }
}

/** Puts what dropped calls asked for among the messages of their threads, where they stood. */
function keepBeside(dropped: readonly OpenCall[]): void {
  for (const thread of new Set(dropped.map((call) => call.thread))) {
    const own = dropped.filter((call) => call.thread === thread);
    const kept = own.map(({ step: { facts }, index }) => ({
      message: { role: 'assistant', kind: 'notice', text: facts.action, place: facts.place } as const,
      beforeCall: index,
    }));
    const all = [...thread.messages, ...kept].sort((a, b) => a.beforeCall - b.beforeCall);
    thread.messages.length = 0;
    for (const entry of all) thread.messages.push(entry);
  }
}

function isRepeated(text: string | undefined, said: readonly (string | undefined)[]): boolean {
  const core = text?.trim();
  return !core || said.some((other) => other?.includes(core));
}
