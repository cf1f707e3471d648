import { asObject, asString, type JsonObject, pointer } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import { contentBlocks } from '../claude-code/record.ts';
import { reportOddContent } from '../claude-code/report-odd-content.ts';
import { readContent } from '../shared/content-text.ts';
import { OpenCalls } from '../shared/open-calls.ts';
import { parseArguments, renderAction } from '../shared/render-action.ts';
import { splitPrompt } from './split-prompt.ts';

const SHELLS = new Set(['Shell', 'Bash', 'run_terminal_cmd', 'run_terminal_command_v2', 'shell', 'bash']);
/** Kinds of blocks as some versions name them, beside those of the model's API. */
const BLOCKS = ['tool-use', 'tool-call', 'tool_call', 'tool-result', 'reasoning', 'redacted-reasoning'];
const STARTERS = new Set(['Agent', 'Task', 'Subagent', 'task', 'subagent']);

/** Reads the lines of one transcript into a thread. Call `finish` after the last. */
export class TranscriptReader {
  /** Calls that started sub-agents, in order. */
  readonly starters: PendingStep[] = [];
  private readonly run: RunBuilder;
  private readonly thread: ThreadBuilder;
  private readonly calls: OpenCalls;
  /** Calls before this one ran: something came after them. */
  private passed = 0;

  constructor(run: RunBuilder, thread: ThreadBuilder) {
    this.run = run;
    this.thread = thread;
    this.calls = new OpenCalls(run.log);
  }

  read(record: JsonObject, place: SourceRef): void {
    const message = asObject(record.message);
    if (message) reportOddContent(message, this.run.log, { place }, BLOCKS);
    if (record.type === 'turn_ended') {
      this.run.exitStatus = asString(record.status) ?? this.run.exitStatus;
      if (record.status === 'success' || record.status === undefined) this.passed = this.thread.calls.length;
    } else if (message && record.role === 'assistant') this.readAgent(message, place);
    else if (message && record.role === 'user') this.readUser(message, place);
    else this.run.log.fold('unknown-record', 'info', 'a line that is no message was passed over', place);
    if (typeof record.model === 'string' && this.thread === this.run) this.run.model ??= record.model;
  }

  /** Results are seldom recorded. A call that something followed has run; how it ended is not known. */
  finish(): void {
    const unknown = this.thread.calls.slice(0, this.passed).filter((call) => !call.result);
    for (const call of unknown) this.thread.result(call, { status: 'unknown' });
    if (unknown.length === 0) return;
    const message = `of ${unknown.length} calls the transcript holds no result`;
    this.run.log.add('unpaired-call', 'info', message, unknown[0]?.facts.place);
  }

  private readAgent(message: JsonObject, place: SourceRef): void {
    this.passed = this.thread.calls.length;
    this.thread.beginTurn();
    for (const [index, block] of contentBlocks(message.content).entries()) {
      const at = blockPlace(message, index, place);
      if (isCall(block)) this.readCall(block, at);
      else this.thread.think(asString(block.thinking) ?? readContent([block]).text, at);
    }
  }

  private readCall(block: JsonObject, place: SourceRef): void {
    const tool = asString(block.name) ?? asString(block.toolName) ?? '';
    const args = parseArguments(block.input ?? block.args);
    const command = SHELLS.has(tool) ? asString(args?.command) : undefined;
    const step = this.thread.call({
      tool,
      action: command ?? renderAction(tool, args),
      ...(args && { args }),
      place,
    });
    this.calls.add(asString(block.id), step);
    if (STARTERS.has(tool)) this.starters.push(step);
  }

  private readUser(message: JsonObject, place: SourceRef): void {
    for (const [index, block] of contentBlocks(message.content).entries()) {
      const at = blockPlace(message, index, place);
      if (/^tool[-_]result$/.test(asString(block.type) ?? '')) this.readResult(block, at);
      else this.readPrompt(block, at);
    }
    this.passed = this.thread.calls.length;
  }

  /** Calls have no ids, so a result goes to the first call that waits, whatever id it names. */
  private readResult(block: JsonObject, place: SourceRef): void {
    const { text, images } = readContent(block.content ?? block.result ?? block.output);
    const step = this.calls.take(undefined);
    if (!step) {
      this.run.log.fold('unpaired-result', 'warning', 'a result answers no call that was seen', place);
      this.notice(text, place);
      return;
    }
    const status = block.is_error === true ? 'error' : block.is_error === false ? 'ok' : 'unknown';
    this.thread.result(step, { observation: text, ...(images.length > 0 && { images }), status, place });
  }

  private readPrompt(block: JsonObject, place: SourceRef): void {
    const { text, images } = readContent([block]);
    if (images.length > 0) {
      this.run.log.fold('left-out-image', 'info', 'an image in a prompt is kept by name only', place);
      this.notice(images.map((image) => `[image: ${image}]`).join('\n'), place);
    }
    const { prompt, around } = splitPrompt(text);
    this.notice(around, place);
    if (prompt.trim() === '') return;
    this.thread.message({ role: 'user', kind: 'prompt', text: prompt, place });
    if (this.thread === this.run) this.run.task ??= { text: prompt, place };
    else this.thread.prompt ??= prompt;
  }

  private notice(text: string, place: SourceRef): void {
    if (text.trim() !== '') this.thread.message({ role: 'environment', kind: 'notice', text, place });
  }
}

function isCall(block: JsonObject): boolean {
  return /^tool[-_](?:use|call)$/.test(asString(block.type) ?? '');
}

function blockPlace(message: JsonObject, index: number, place: SourceRef): SourceRef {
  const listed = Array.isArray(message.content);
  return { ...place, pointer: pointer('message', 'content', ...(listed ? [index] : [])) };
}
