import { asArray, asString, isObject, type JsonObject } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { AgentThread, type Counts, type Place, type ThreadContext } from './agent-thread.ts';
import type { Attachments } from './attachments.ts';
import { readMoment, readNotice } from './read-notice.ts';
import { readSandboxRun, readToolEvent, type SandboxRun, withSandbox } from './read-tool.ts';
import { type Scope, SpanTree, type ToolRun } from './span-tree.ts';

/** Kinds that say nothing of what the agent did or was shown. */
const SILENT = new Set([
  'sample_init',
  'span_end',
  'state',
  'store',
  'score',
  'score_edit',
  'logger',
  'anchor',
  'branch',
  'checkpoint',
]);

/** Events that hold events of their own (a tool's or a subtask's, before spans): one level of that stack. */
interface Nested {
  readonly events: readonly unknown[];
  readonly scope: Scope;
  readonly place: Place;
  next: number;
}

/** Reads one sample's events, in order, and then its messages into a run. */
export class SampleReader {
  private readonly run: RunBuilder;
  private readonly context: ThreadContext;
  private readonly main: AgentThread;
  private readonly spans: SpanTree;
  /** Whether events told the main conversation; decided when the messages begin. */
  private hasEvents: boolean | undefined;
  private readonly counted: Counts = new Map();
  private readonly sandbox = new Map<PendingStep, SandboxRun[]>();

  constructor(run: RunBuilder, context: ThreadContext) {
    this.run = run;
    this.context = context;
    this.main = new AgentThread(run, context);
    this.spans = new SpanTree(this.main, (tool, name) => this.openBranch(tool, name));
  }

  private get attachments(): Attachments {
    return this.context.attachments;
  }

  readEvent(value: unknown, place: Place): void {
    if (!isObject(value)) {
      this.context.reportOdd('an event is no object', place());
      return;
    }
    const stack: Nested[] = [];
    const push = (nested: Nested | undefined): void => {
      if (nested && nested.events.length > 0) stack.push(nested);
    };
    push(this.readOne(value, place, this.spans.scopeOf(value)));
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const index = top.next++;
      const event = top.events[index];
      if (index >= top.events.length) stack.pop();
      else {
        const within = top.place;
        const at: Place = (...path) => within('events', index, ...path);
        if (isObject(event)) push(this.readOne(event, at, top.scope));
        else this.context.reportOdd('an event is no object', at());
      }
    }
  }

  /** The sample's messages; after its events, which know more of most of them. */
  readMessages(messages: readonly unknown[], place: (index: number) => Place): void {
    const hasEvents = this.hasEvents ?? this.main.answers > 0;
    this.hasEvents = hasEvents;
    if (hasEvents) {
      this.main.readInput(messages, (index) => place(index)(), this.counted);
      return;
    }
    for (const [index, message] of messages.entries()) {
      if (!isObject(message)) this.context.reportOdd('a message is no object', place(index)());
      else if (message.role === 'assistant') this.main.readAssistant(message, place(index), this.counted);
      else this.main.readInput([message], () => place(index)(), this.counted);
    }
  }

  finish(): void {
    for (const [call, runs] of this.sandbox) {
      if (call.result) call.result = withSandbox(call.result, runs);
    }
  }

  /** Reads one event; answers with the events inside it. */
  private readOne(event: JsonObject, place: Place, scope: Scope): Nested | undefined {
    const kind = asString(event.event) ?? 'unnamed';
    readMoment(this.run, event);
    if (kind === 'span_begin') this.spans.begin(event);
    else if (kind === 'step') this.spans.step(event);
    else if (kind === 'model') this.readModel(event, place, scope);
    else if (kind === 'tool') return this.readTool(event, place, scope);
    else if (kind === 'subtask') return this.readSubtask(event, place, scope);
    else if (kind === 'sandbox') this.readSandbox(event, scope.tool);
    else if (!SILENT.has(kind) && !readNotice(this.run, kind, event, this.attachments, place())) {
      this.run.log.fold('unknown-record', 'info', `events of the kind ${kind} were passed over`, place());
    }
    return undefined;
  }

  private readModel(event: JsonObject, place: Place, { thread, tool }: Scope): void {
    if (!thread || event.pending === true) return;
    if (!tool) {
      thread.readModel(event, place);
      return;
    }
    tool.own ??= this.openBranch(tool, tool.name);
    tool.own.readModel(event, place);
  }

  private readTool(event: JsonObject, place: Place, { thread, tool }: Scope): Nested | undefined {
    if (!thread) return undefined;
    // A tool that a model inside a tool asked for is that model's.
    const owner = tool?.own ?? thread;
    const call = owner.takeCall(event, place());
    const run = this.spans.claim(event, call);
    const result = readToolEvent(event, this.attachments, place());
    if (result) owner.builder.result(call, result);
    const events = this.eventsIn(event, place);
    return { events, scope: { thread, tool: run }, place, next: 0 };
  }

  private readSubtask(event: JsonObject, place: Place, scope: Scope): Nested | undefined {
    const events = this.eventsIn(event, place);
    const { thread, tool } = scope;
    if (!thread || !tool) return { events, scope, place, next: 0 };
    const branch = this.openBranch(tool, asString(event.name) ?? 'subtask');
    return { events, scope: { thread: branch, tool: undefined }, place, next: 0 };
  }

  private eventsIn(event: JsonObject, place: Place): readonly unknown[] {
    const events = asArray(event.events);
    if (!events && event.events !== undefined && event.events !== null)
      this.context.reportOdd('the events inside an event are no list', place('events'));
    return events ?? [];
  }

  private readSandbox(event: JsonObject, tool: ToolRun | undefined): void {
    const run = tool?.call && readSandboxRun(event, this.attachments);
    if (!run || !tool?.call) return;
    const runs = this.sandbox.get(tool.call);
    if (runs) runs.push(run);
    else this.sandbox.set(tool.call, [run]);
  }

  private openBranch(tool: ToolRun, name: string): AgentThread {
    return new AgentThread(this.run.branch(tool.call, { name }), this.context);
  }
}
