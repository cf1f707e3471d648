import { asObject, asString, type JsonObject } from '../../base/json.ts';
import type { Millis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import { OpenCalls } from '../shared/open-calls.ts';
import { readCall } from './read-call.ts';
import { imageOf, readResponse } from './read-result.ts';
import { classifyUserText } from './user-text.ts';

/** What all shapes of a conversation share: prompts, thoughts, and parts with calls and results. */
export class Talk {
  readonly run: RunBuilder;
  readonly thread: ThreadBuilder;
  private readonly calls: OpenCalls;

  constructor(run: RunBuilder, thread: ThreadBuilder) {
    this.run = run;
    this.thread = thread;
    this.calls = new OpenCalls(run.log);
  }

  userText(text: string | undefined, place: SourceRef): void {
    if (text === undefined || text.trim() === '') return;
    const what = classifyUserText(text);
    if (what.kind === 'compaction') this.noteCompaction(place);
    this.thread.message({ ...what, text, place });
    if (what.kind !== 'prompt') return;
    if (this.thread === this.run) this.run.task ??= { text, place };
    else this.thread.prompt ??= text;
  }

  notice(text: string | undefined, place: SourceRef): void {
    if (text === undefined || text.trim() === '') return;
    this.thread.message({ role: 'environment', kind: 'notice', text, place });
  }

  noteCompaction(place: SourceRef): void {
    const message = 'the history was compacted; what was dropped before is kept where the file still has it';
    this.run.log.fold('compacted-history', 'info', message, place);
  }

  /** Long outputs of earlier turns are masked in the history. */
  noteMasked(observation: string | undefined, place: SourceRef): void {
    if (observation?.startsWith('<tool_output_masked>') !== true) return;
    this.run.log.fold('elided-output', 'info', 'an output was masked to save room in the history', place);
  }

  call(
    tool: string,
    args: unknown,
    id: string | undefined,
    time: Millis | undefined,
    place: SourceRef,
  ): PendingStep {
    const step = this.thread.call(readCall(tool, args, time, place));
    this.calls.add(id, step);
    return step;
  }

  /** A part of the agent's message: text, a thought, a call. Answers the call. */
  agentPart(part: JsonObject, time: Millis | undefined, place: SourceRef): PendingStep | undefined {
    const call = asObject(part.functionCall);
    if (call) return this.call(asString(call.name) ?? '', call.args, asString(call.id), time, place);
    this.thread.think(asString(part.text), place);
    const code = asObject(part.executableCode);
    if (code) return this.call('code_execution', code, undefined, time, place);
    const result = asObject(part.codeExecutionResult);
    if (result) this.result(undefined, { output: asString(result.output) ?? '' }, time, place);
    return undefined;
  }

  /** A part in the user's name: a prompt, a file, the result of a call. */
  userPart(part: JsonObject, time: Millis | undefined, place: SourceRef): void {
    const response = asObject(part.functionResponse);
    if (response) {
      this.result(asString(response.id), response.response, time, place);
      return;
    }
    this.userText(asString(part.text), place);
    for (const image of imageOf(part)) {
      this.run.log.fold('left-out-image', 'info', 'a file in a message is kept by name only', place);
      this.notice(`[image: ${image}]`, place);
    }
  }

  /** A result for the call with this id; without an id for the first that waits. */
  result(id: string | undefined, response: unknown, time: Millis | undefined, place: SourceRef): void {
    const step = this.calls.take(id);
    const facts = readResponse(response, step ? step.facts.action === step.facts.args?.command : false);
    if (!step) {
      this.run.log.fold('unpaired-result', 'warning', 'a result answers no call that was seen', place);
      this.notice(facts.observation, place);
      return;
    }
    this.noteMasked(facts.observation, place);
    this.thread.result(step, { ...facts, ...(time !== undefined && { endedAt: time }), place });
  }
}
