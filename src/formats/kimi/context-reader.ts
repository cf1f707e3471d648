import { asArray, asNumber, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import type { Usage } from '../../model/usage.ts';
import { CallsById } from '../shared/calls-by-id.ts';
import { readContent } from '../shared/content-text.ts';
import { placeIn } from '../shared/place-in.ts';
import { parseArguments } from '../shared/render-action.ts';
import type { SessionNotes } from '../shared/session-notes.ts';
import { describeCall, readExitCode, statusOfText } from './tool-text.ts';

/**
 * Reads the lines of a context file (the conversation as the model gets it, with marks between) into one thread. Around
 * each answer stand two counts of tokens: the request's before it, the whole context's after it.
 */
export class ContextReader {
  private readonly run: RunBuilder;
  private readonly thread: ThreadBuilder;
  private readonly notes: SessionNotes;
  private readonly calls: CallsById;
  /** Tokens of the request whose answer comes next; only when the line before said so. */
  private request: number | undefined;
  /** The answer that the line before held, with its request's tokens. */
  private answered: number | undefined;

  constructor(run: RunBuilder, thread: ThreadBuilder, notes: SessionNotes) {
    this.run = run;
    this.thread = thread;
    this.notes = notes;
    this.calls = new CallsById(run.log);
  }

  read(line: JsonObject, place: SourceRef): void {
    const { request, answered } = this;
    this.request = undefined;
    this.answered = undefined;
    const text = placeIn(place, 'content');
    switch (line.role) {
      case 'user':
        return this.readUser(readContent(line.content).text, text);
      case 'assistant':
        this.readAnswer(line, request, place);
        this.answered = request;
        return;
      case 'tool':
        return this.readResult(line, text);
      case 'system':
      case '_system_prompt': {
        const { text: prompt } = readContent(line.content);
        if (prompt !== '') this.thread.message({ role: 'system', kind: 'prompt', text: prompt, place: text });
        return;
      }
      case '_usage':
        return this.readTokens(asNumber(line.token_count), answered);
      case '_checkpoint':
        return;
      default: {
        const role = asString(line.role)?.slice(0, 40) ?? '(none)';
        this.run.log.fold('unknown-record', 'info', `lines of role ${role} were passed over`, place);
      }
    }
  }

  private readUser(text: string, place: SourceRef): void {
    // Reminders and notes of the CLI stand in the user's name.
    if (/^\s*<system(?:-reminder)?>/.test(text)) this.notes.notice(this.thread, 'environment', text, place);
    else this.notes.prompt(this.thread, text, place);
  }

  private readTokens(count: number | undefined, answered: number | undefined): void {
    if (answered === undefined || count === undefined) {
      this.request = count;
      return;
    }
    if (count < answered) return;
    const usage: Usage = { inputTokens: answered, outputTokens: count - answered };
    this.thread.reviseUsage(usage);
    this.notes.spent({ outputTokens: count - answered });
  }

  private readAnswer(line: JsonObject, request: number | undefined, place: SourceRef): void {
    const usage = request === undefined ? undefined : { inputTokens: request };
    this.notes.spent(usage);
    this.thread.beginTurn(usage);
    this.thread.think(asString(line.reasoning_content), placeIn(place, 'reasoning_content'));
    if (typeof line.content === 'string') this.thread.think(line.content, placeIn(place, 'content'));
    for (const [index, part] of (asArray(line.content) ?? []).entries()) {
      this.readPart(part, placeIn(place, 'content', index));
    }
    for (const [index, call] of (asArray(line.tool_calls) ?? []).entries()) {
      this.readCall(call, placeIn(place, 'tool_calls', index));
    }
  }

  private readPart(part: unknown, place: SourceRef): void {
    const field = isObject(part) && part.type === 'think' ? 'think' : 'text';
    const text = typeof part === 'string' ? part : asString(at(part, field));
    if (text !== undefined) this.thread.think(text, placeIn(place, field));
    else this.run.log.fold('unknown-record', 'info', 'parts of an answer without text', place);
  }

  private readCall(call: unknown, place: SourceRef): void {
    const tool = asString(at(call, 'function', 'name')) ?? 'unknown';
    const raw = at(call, 'function', 'arguments');
    const args = parseArguments(raw);
    const step = this.thread.call({
      tool,
      action: describeCall(tool, args, raw),
      ...(args && { args }),
      place,
    });
    this.calls.add(asString(at(call, 'id')), step, place);
  }

  private readResult(line: JsonObject, place: SourceRef): void {
    const { text, images } = readContent(line.content);
    const step = this.calls.take(asString(line.tool_call_id));
    if (!step) {
      this.run.log.fold('unpaired-result', 'warning', 'a result answers no call that was seen', place);
      this.notes.notice(this.thread, 'environment', text, place);
      return;
    }
    this.answer(step, text, images, place);
  }

  private answer(step: PendingStep, text: string, images: readonly string[], place: SourceRef): void {
    const exitCode = readExitCode(text);
    this.thread.result(step, {
      observation: text,
      ...(images.length > 0 && { images }),
      ...(exitCode !== undefined && { exitCode }),
      status: statusOfText(text),
      place,
    });
  }
}
