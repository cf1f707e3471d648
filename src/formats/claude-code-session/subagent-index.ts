import { asObject, asString, at, type JsonObject } from '../../base/json.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import type { Conversation } from '../claude-code/conversation.ts';
import { isSubagentTool } from '../claude-code/read-call.ts';
import { type Origin, withOwnTime } from '../claude-code/record.ts';
import type { ThreadReader } from '../claude-code/thread-reader.ts';

/** A sub-agent's message that a progress line of its parent holds. */
export interface ProgressCopy {
  readonly record: JsonObject;
  readonly origin: Origin;
}

/**
 * Which call started which sub-agent. The result of the call names the sub-agent (`agentId`), and so do the progress
 * lines while it runs, which hold copies of its messages: they stand in for its own file where that is missing.
 */
export class SubagentIndex {
  private readonly conversation: Conversation;
  private readonly calls = new Map<string, PendingStep>();
  private readonly names: string[] = [];
  private readonly copies = new Map<string, ProgressCopy[]>();
  /** Threads of sub-agents whose records stand in the session's own file: by agent, or by the record before. */
  private readonly inline = new Map<string, ThreadReader>();

  constructor(conversation: Conversation) {
    this.conversation = conversation;
  }

  noteCall(agentId: string, call: PendingStep): void {
    this.noteName(agentId);
    this.calls.set(agentId, call);
  }

  callOf(agentId: string): PendingStep | undefined {
    return this.calls.get(agentId);
  }

  /** Sub-agents that are known so far, in the order in which they were first named; it grows while they are read. */
  get agents(): readonly string[] {
    return this.names;
  }

  copiesOf(agentId: string): readonly ProgressCopy[] {
    return this.copies.get(agentId) ?? [];
  }

  noteProgress(record: JsonObject, origin: Origin): void {
    const data = asObject(record.data);
    const agentId = asString(data?.agentId);
    const message = asObject(data?.message);
    if (data?.type !== 'agent_progress' || agentId === undefined || !message) return;
    this.noteName(agentId);
    const parentId = asString(record.parentToolUseID);
    const call = parentId === undefined ? undefined : this.conversation.latestCall(parentId);
    if (call && !this.calls.has(agentId)) this.calls.set(agentId, call);
    const place = { ...origin.place, pointer: '/data/message' };
    const copy = { record: message, origin: withOwnTime(message, { ...origin, place }) };
    const known = this.copies.get(agentId);
    if (known) known.push(copy);
    else this.copies.set(agentId, [copy]);
  }

  private noteName(agentId: string): void {
    if (!this.calls.has(agentId) && !this.copies.has(agentId)) this.names.push(agentId);
  }

  /** The thread of a record that older versions wrote into the session's own file. */
  inlineThread(record: JsonObject): ThreadReader {
    const agentId = asString(record.agentId);
    const parent = asString(record.parentUuid);
    const known = this.inline.get(agentId ?? parent ?? '');
    const thread = known ?? this.openInline(record, agentId);
    if (agentId !== undefined) this.inline.set(agentId, thread);
    const uuid = asString(record.uuid);
    if (uuid !== undefined) this.inline.set(uuid, thread);
    return thread;
  }

  private openInline(record: JsonObject, agentId: string | undefined): ThreadReader {
    const call = (agentId === undefined ? undefined : this.calls.get(agentId)) ?? this.findByPrompt(record);
    return this.conversation.branchOf(call, agentId ?? asString(record.uuid) ?? 'inline');
  }

  /** The call whose prompt a sub-agent's first record repeats, as long as no other sub-agent is known to be its own. */
  callOfPrompt(record: JsonObject): PendingStep | undefined {
    const prompt = promptOf(record);
    const taken = new Set(this.calls.values());
    return this.conversation.main.thread.calls.find(
      (call) =>
        isSubagentTool(call.facts.tool) && !taken.has(call) && at(call.facts.args, 'prompt') === prompt,
    );
  }

  /** The call whose prompt the sub-agent's first record repeats, else the last one that still waits. */
  private findByPrompt(record: JsonObject): PendingStep | undefined {
    const prompt = promptOf(record);
    const waiting = this.conversation.main.thread.calls.filter(
      (call) => isSubagentTool(call.facts.tool) && !call.result,
    );
    return waiting.findLast((call) => at(call.facts.args, 'prompt') === prompt) ?? waiting.at(-1);
  }
}

function promptOf(record: JsonObject): string | undefined {
  const content = at(record, 'message', 'content');
  return asString(content) ?? asString(at(content, 0, 'text'));
}
