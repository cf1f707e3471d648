import { asArray, asNumber, asObject, asString, at, type JsonObject, pointer } from '../../base/json.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { TokenCounter } from '../codex-rollout/token-counter.ts';
import { CallNotes } from '../shared/call-notes.ts';
import { FaultWatch } from '../shared/fault-watch.ts';
import { listObjects } from '../shared/list-objects.ts';
import { OpenCalls } from '../shared/open-calls.ts';
import { parseArguments, renderAction } from '../shared/render-action.ts';
import { isSilent } from './event-kinds.ts';
import { readResult } from './read-result.ts';
import { readTotals } from './read-usage.ts';
import { CopilotThread } from './thread.ts';

/** Events of a thread; the others are of the session as a whole. */
const CONVERSATION = new Set([
  'user.message',
  'assistant.reasoning',
  'assistant.message',
  'tool.execution_start',
  'tool.execution_complete',
]);

const SHELLS = new Set(['bash', 'shell', 'powershell']);

interface KnownCall {
  readonly step: PendingStep;
  requested: boolean;
  started: boolean;
}

/** Reads the events of one session into a run. Call `finish` after the last. */
export class SessionReader {
  private readonly run: RunBuilder;
  private readonly main: CopilotThread;
  private readonly calls: OpenCalls;
  private readonly known = new Map<string, KnownCall>();
  /** Threads of sub-agents, by the id of the call that started them. */
  private readonly threads = new Map<string, CopilotThread>();
  /** The call that started a sub-agent, by the sub-agent's own id. */
  private readonly agents = new Map<string, string>();
  private readonly notes = new CallNotes();
  private readonly fault = new FaultWatch();
  private readonly totals = new TokenCounter();
  private interrupted = 0;
  private answered: Usage | undefined;

  constructor(run: RunBuilder) {
    this.run = run;
    this.main = new CopilotThread(run);
    this.calls = new OpenCalls(run.log);
  }

  read(event: JsonObject, place: SourceRef): void {
    const data = asObject(event.data);
    const type = asString(event.type) ?? '';
    if (!data) {
      this.run.log.fold('unexpected-shape', 'warning', 'an event has no data', place);
      return;
    }
    const time = toMillis(event.timestamp);
    this.noteTime(time);
    const own = { ...place, pointer: '/data' };
    if (!CONVERSATION.has(type)) return this.readOther(type, data, event, own);
    const thread = this.threadOf(event, data);
    switch (type) {
      case 'user.message':
        return this.readPrompt(data, thread, own);
      case 'assistant.reasoning':
        return thread.reason(asString(data.content), inside(own, 'content'));
      case 'assistant.message':
        return this.readMessage(data, thread, time, own);
      case 'tool.execution_start':
        return this.readStarted(data, thread, time, own);
      default:
        return this.readEnd(data, thread, time, own);
    }
  }

  finish(): void {
    const { run } = this;
    for (const { step } of this.known.values()) this.notes.settle(step);
    run.agent ??= { name: 'copilot' };
    // Sessions that were cut off have no totals, only what each answer put out.
    run.totalUsage = this.totals.total() ?? this.answered;
    this.fault.finish(run);
  }

  /** The thread that an event belongs to: its sub-agent's, opened at its first event. */
  private threadOf(event: JsonObject, data: JsonObject): CopilotThread {
    const agent = asString(event.agentId);
    const parent =
      asString(data.parentToolCallId) ?? (agent === undefined ? undefined : this.agents.get(agent));
    const key = parent ?? agent;
    if (key === undefined) return this.main;
    const known = this.threads.get(key);
    if (known) return known;
    const call = this.known.get(key)?.step;
    const name = asString(call?.facts.args?.agent_type) ?? agent;
    const prompt = asString(call?.facts.args?.prompt);
    const facts = { ...(name !== undefined && { name }), ...(prompt !== undefined && { prompt }) };
    const made = new CopilotThread(this.run.branch(call, facts));
    this.threads.set(key, made);
    return made;
  }

  private readStart(data: JsonObject): void {
    const version = asString(data.copilotVersion);
    this.run.agent ??= { name: 'copilot', ...(version !== undefined && { version }) };
    this.run.formatVersion ??= version;
    this.run.initialCwd ??= asString(at(data, 'context', 'cwd'));
    this.noteModel(data.selectedModel);
  }

  private readPrompt(data: JsonObject, thread: CopilotThread, place: SourceRef): void {
    thread.end();
    const text = asString(data.content) ?? '';
    const source = asString(data.source);
    const isOwn = source === undefined || source === 'user';
    if (text.trim() !== '') {
      const what = isOwn
        ? ({ role: 'user', kind: 'prompt' } as const)
        : ({ role: 'environment', kind: 'notice' } as const);
      thread.builder.message({ ...what, text, place: inside(place, 'content') });
      if (isOwn && thread === this.main) this.run.task ??= { text, place: inside(place, 'content') };
    }
    // What the model got besides: reminders, the content of attachments.
    const sent = asString(data.transformedContent);
    if (sent !== undefined && sent !== text) this.notice(sent, thread, inside(place, 'transformedContent'));
    for (const attached of asArray(data.attachments) ?? []) {
      const path = asString(at(attached, 'path')) ?? asString(at(attached, 'displayName'));
      if (path !== undefined) this.notice(`[attached: ${path}]`, thread, place);
    }
  }

  private readMessage(
    data: JsonObject,
    thread: CopilotThread,
    time: Millis | undefined,
    place: SourceRef,
  ): void {
    this.fault.wentOn();
    this.noteModel(data.model);
    thread.begin(data);
    const output = asNumber(data.outputTokens);
    if (output !== undefined && output > 0) this.answered = addUsage(this.answered, { outputTokens: output });
    thread.reason(asString(data.reasoningText), inside(place, 'reasoningText'));
    thread.builder.think(asString(data.content), inside(place, 'content'));
    const requests = listObjects(data.toolRequests, 'a request', this.run.log, inside(place, 'toolRequests'));
    for (const { index, value: request } of requests) {
      const id = asString(request.toolCallId);
      const before = id === undefined ? undefined : this.known.get(id);
      if (before && !before.requested && !before.step.result) before.requested = true;
      else {
        const at = inside(place, 'toolRequests', index);
        this.call(id, asString(request.name) ?? '', request.arguments, thread, time, at).requested = true;
      }
    }
  }

  private readStarted(
    data: JsonObject,
    thread: CopilotThread,
    time: Millis | undefined,
    place: SourceRef,
  ): void {
    const id = asString(data.toolCallId);
    const before = id === undefined ? undefined : this.known.get(id);
    if (before && !before.started && !before.step.result) {
      before.started = true;
      return;
    }
    thread.beginLoose();
    this.call(id, asString(data.toolName) ?? '', data.arguments, thread, time, place).started = true;
  }

  private call(
    id: string | undefined,
    tool: string,
    input: unknown,
    thread: CopilotThread,
    time: Millis | undefined,
    place: SourceRef,
  ): KnownCall {
    const args = parseArguments(input);
    const command = SHELLS.has(tool) ? asString(args?.command) : undefined;
    const step = thread.builder.call({
      tool,
      action: command ?? renderAction(tool, typeof args?.raw === 'string' ? args.raw : args),
      ...(args && { args }),
      ...(time !== undefined && { startedAt: time }),
      place,
    });
    this.calls.add(id, step);
    const made = { step, requested: false, started: false };
    this.known.set(id ?? `(no id ${this.known.size})`, made);
    return made;
  }

  private readEnd(data: JsonObject, thread: CopilotThread, time: Millis | undefined, place: SourceRef): void {
    thread.end();
    const step = this.calls.take(asString(data.toolCallId));
    const facts = readResult(data, step ? SHELLS.has(step.facts.tool) : false);
    const at = inside(place, data.result === undefined ? 'error' : 'result');
    if (step) {
      this.run.result(step, { ...facts, ...(time !== undefined && { endedAt: time }), place: at });
      return;
    }
    this.run.log.fold('unpaired-result', 'warning', 'a result answers no call that was seen', at);
    this.notice(facts.observation, thread, at);
  }

  private readOther(type: string, data: JsonObject, event: JsonObject, place: SourceRef): void {
    switch (type) {
      case 'session.start':
        return this.readStart(data);
      case 'session.model_change':
        return this.noteModel(data.newModel);
      case 'session.info':
      case 'session.warning':
        return this.notice(asString(data.message), this.main, place);
      case 'session.error':
        this.notice(asString(data.message), this.main, place);
        return this.fault.note(asString(data.message) ?? 'an error without a message', place);
      case 'system.message':
        return this.readSystem(asString(data.content) ?? '', place);
      case 'system.notification':
      case 'skill.invoked':
        return this.notice(asString(data.content), this.threadOf(event, data), place);
      case 'subagent.started':
      case 'subagent.failed':
        return this.readSubagent(data, event, place);
      case 'session.task_complete':
        return this.run.think(asString(data.summary), place);
      case 'session.shutdown':
        return this.readShutdown(data);
      case 'abort':
        return this.readAbort(data, place);
      case 'session.truncation':
      case 'session.compaction_complete':
      case 'session.snapshot_rewind':
        return this.readShortened(type, data, place);
      default:
        if (!isSilent(type)) {
          this.run.log.fold(
            'unknown-record',
            'info',
            `events of the kind ${type || '(none)'} were passed over`,
            place,
          );
        }
    }
  }

  private readSystem(text: string, place: SourceRef): void {
    if (text.trim() !== '') this.run.message({ role: 'system', kind: 'prompt', text, place });
  }

  private readSubagent(data: JsonObject, event: JsonObject, place: SourceRef): void {
    const call = asString(data.toolCallId);
    const agent = asString(event.agentId) ?? asString(data.agentId);
    if (call !== undefined && agent !== undefined) this.agents.set(agent, call);
    this.notice(asString(data.error), this.main, place);
  }

  private readShutdown(data: JsonObject): void {
    this.run.exitStatus = asString(data.shutdownType);
    this.noteModel(data.currentModel);
    const total = readTotals(data);
    if (total) this.totals.noteTotal(total);
  }

  private readAbort(data: JsonObject, place: SourceRef): void {
    const reason = asString(data.reason);
    const text = reason === undefined ? 'the turn was aborted' : `the turn was aborted: ${reason}`;
    this.run.message({ role: 'user', kind: 'interruption', text, place });
    const known = [...this.known.values()];
    for (const { step } of known.slice(this.interrupted)) if (!step.result) this.notes.interrupt(step, place);
    this.interrupted = known.length;
  }

  private readShortened(type: string, data: JsonObject, place: SourceRef): void {
    if (type === 'session.snapshot_rewind') {
      const message = 'the conversation was taken back; the steps of the path that was left are kept';
      this.run.log.fold('rewound-history', 'info', message, place);
      return;
    }
    this.run.log.fold(
      'compacted-history',
      'info',
      'the history was compacted; the steps before it are here',
      place,
    );
    const text = asString(data.summaryContent);
    if (text !== undefined) this.run.message({ role: 'environment', kind: 'compaction', text, place });
  }

  private notice(text: string | undefined, thread: CopilotThread, place: SourceRef): void {
    if (text === undefined || text.trim() === '') return;
    thread.builder.message({ role: 'environment', kind: 'notice', text, place });
  }

  private noteModel(model: unknown): void {
    const name = asString(model);
    if (name !== undefined && name !== 'auto') this.run.model ??= name;
  }

  private noteTime(time: Millis | undefined): void {
    if (time === undefined) return;
    this.run.startedAt ??= time;
    if (this.run.endedAt === undefined || time > this.run.endedAt) this.run.endedAt = time;
  }
}

function inside(place: SourceRef, ...path: readonly (string | number)[]): SourceRef {
  return { ...place, pointer: `${place.pointer ?? ''}${pointer(...path)}` };
}
