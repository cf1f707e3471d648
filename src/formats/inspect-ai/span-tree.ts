import { asString, type JsonObject } from '../../base/json.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import type { AgentThread } from './agent-thread.ts';

/** Where events belong: to a conversation, or to none (a scorer's own calls of models); and inside which tool call. */
export interface Scope {
  readonly thread: AgentThread | undefined;
  /** The tool that runs around it, in this conversation. */
  readonly tool: ToolRun | undefined;
}

/** One execution of a tool. */
export interface ToolRun {
  readonly name: string;
  /** Set when the tool's event is read, which comes after the beginning of its span. */
  call: PendingStep | undefined;
  /** The conversation of models that the tool asks by itself, without an agent's span. */
  own: AgentThread | undefined;
}

const SCORING = new Set(['scorer', 'scorers']);
const AGENT = new Set(['agent', 'subtask']);

/** Opens a conversation under a tool's call. */
export type OpenBranch = (tool: ToolRun, name: string) => AgentThread;

/** The spans of a sample. Logs before spans mark phases by `step` events, which this follows too. */
export class SpanTree {
  private readonly main: Scope;
  private readonly openBranch: OpenBranch;
  private readonly scopes = new Map<string, Scope>();
  /** Tool spans whose tool's event was not read yet, by the span around them and the tool's name. */
  private readonly unclaimed = new Map<string, ToolRun[]>();
  /** Tool's events that name the agent's span which they start. */
  private readonly agents = new Map<string, ToolRun>();
  private scoring = 0;

  constructor(main: AgentThread, openBranch: OpenBranch) {
    this.main = { thread: main, tool: undefined };
    this.openBranch = openBranch;
  }

  /** The scope of an event by the span that it names. */
  scopeOf(event: JsonObject): Scope {
    if (this.scoring > 0) return { thread: undefined, tool: undefined };
    return this.scopes.get(asString(event.span_id) ?? '') ?? this.main;
  }

  begin(event: JsonObject): void {
    const id = asString(event.id);
    if (id === undefined) return;
    const type = asString(event.type) ?? '';
    const name = asString(event.name) ?? type;
    const parent = asString(event.parent_id) ?? '';
    const around = this.scopes.get(parent) ?? this.main;
    if (SCORING.has(type)) this.scopes.set(id, { thread: undefined, tool: undefined });
    else if (type === 'tool') {
      const tool: ToolRun = { name, call: undefined, own: undefined };
      const key = `${parent} ${name}`;
      const waiting = this.unclaimed.get(key);
      if (waiting) waiting.push(tool);
      else this.unclaimed.set(key, [tool]);
      this.scopes.set(id, { thread: around.thread, tool });
    } else {
      const starter = this.agents.get(id) ?? (AGENT.has(type) ? around.tool : undefined);
      const isBranch = starter !== undefined && around.thread !== undefined;
      this.scopes.set(id, isBranch ? { thread: this.openBranch(starter, name), tool: undefined } : around);
    }
  }

  /** A phase of a log without spans. */
  step(event: JsonObject): void {
    if (!SCORING.has(asString(event.type) ?? '')) return;
    this.scoring += event.action === 'begin' ? 1 : -1;
  }

  /** Tells the span of a tool, where there is one, which call it runs. */
  claim(event: JsonObject, call: PendingStep): ToolRun {
    const own = this.scopes.get(asString(event.span_id) ?? '')?.tool;
    const key = `${asString(event.span_id) ?? ''} ${asString(event.function) ?? ''}`;
    const isOwn = own !== undefined && own.call === undefined && own.name === event.function;
    const tool = (isOwn ? own : this.unclaimed.get(key)?.shift()) ?? {
      name: asString(event.function) ?? 'unknown',
      call,
      own: undefined,
    };
    tool.call = call;
    const agent = asString(event.agent_span_id);
    if (agent !== undefined) this.agents.set(agent, tool);
    return tool;
  }
}
