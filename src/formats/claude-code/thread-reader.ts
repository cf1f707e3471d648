import { asString, type JsonObject } from '../../base/json.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import { readContent } from '../shared/content-text.ts';
import { OpenCalls } from '../shared/open-calls.ts';
import { readCall } from './read-call.ts';
import { readResult } from './read-result.ts';
import { blockPath, contentBlocks, isCallBlock, isResultBlock, type Origin, placeIn } from './record.ts';
import { reportOddContent } from './report-odd-content.ts';
import type { UsageLedger } from './usage-ledger.ts';
import { kindOfUserText } from './user-text.ts';

/** What a user record says beside its message. */
export interface UserFacts {
  readonly structured?: unknown;
  readonly isMeta?: boolean;
  readonly cwd?: string;
}

/** A call as it was read, with the id that sub-agents and results refer to. */
export interface ReadCall {
  readonly id: string | undefined;
  readonly step: PendingStep;
}

/** Reads the messages of one thread (the main agent's, or a sub-agent's) into its builder. */
export class ThreadReader {
  readonly thread: ThreadBuilder;
  private readonly log: DiagnosticLog;
  private readonly usage: UsageLedger;
  private readonly calls: OpenCalls;
  /** Id of the message that is being read: its records follow each other, one block each. */
  private messageId: string | undefined;
  private begun = false;
  /** Texts and calls of the current message so far: some versions repeat the whole content on each record. */
  private texts = new Set<string>();
  private inputs = new Map<string, unknown>();

  constructor(thread: ThreadBuilder, log: DiagnosticLog, usage: UsageLedger) {
    this.thread = thread;
    this.log = log;
    this.usage = usage;
    this.calls = new OpenCalls(log);
  }

  /** A record of an assistant message; answers the calls in it. */
  assistant(message: JsonObject, fallbackId: string | undefined, origin: Origin): ReadCall[] {
    this.startMessage(asString(message.id) ?? fallbackId, message.usage);
    const made: ReadCall[] = [];
    reportOddContent(message, this.log, origin);
    for (const [index, block] of contentBlocks(message.content).entries()) {
      if (isCallBlock(block)) {
        const call = this.readCall(block, origin, blockPath(message, index));
        if (call) made.push(call);
      } else if (isResultBlock(block)) {
        this.result(block, undefined, origin, blockPath(message, index));
      } else this.readThought(message, block, origin, index);
    }
    return made;
  }

  /** A record in the user's name: results of calls, prompts, notices. Answers the calls that got their result. */
  user(message: JsonObject, facts: UserFacts, origin: Origin): PendingStep[] {
    const blocks = contentBlocks(message.content);
    reportOddContent(message, this.log, origin);
    const results = blocks.filter(isResultBlock).length;
    const answered: PendingStep[] = [];
    for (const [index, block] of blocks.entries()) {
      if (!isResultBlock(block)) {
        this.readUserText(block, facts, placeIn(origin, ...blockPath(message, index, 'text')));
        continue;
      }
      // The structured copy belongs to the record, so it is clear whose it is only when there is one result.
      const structured = results === 1 ? facts.structured : undefined;
      const step = this.result(block, structured, origin, blockPath(message, index), facts.cwd);
      if (step) answered.push(step);
    }
    return answered;
  }

  private startMessage(id: string | undefined, rawUsage: unknown): void {
    const usage = this.usage.note(id, rawUsage);
    if (this.begun && id !== undefined && id === this.messageId) {
      if (usage) this.thread.reviseUsage(usage);
      return;
    }
    this.calls.nextMessage();
    this.thread.beginTurn(usage);
    this.messageId = id;
    this.begun = true;
    this.texts = new Set();
    this.inputs = new Map();
  }

  private readCall(
    block: JsonObject,
    origin: Origin,
    path: readonly (string | number)[],
  ): ReadCall | undefined {
    const id = asString(block.id);
    if (id !== undefined) {
      if (this.inputs.has(id) && JSON.stringify(this.inputs.get(id)) === JSON.stringify(block.input)) {
        this.reportRepeated(origin);
        return undefined;
      }
      this.inputs.set(id, block.input);
    }
    const step = this.thread.call(readCall(block, origin, path));
    this.calls.add(id, step);
    return { id, step };
  }

  private readThought(message: JsonObject, block: JsonObject, origin: Origin, index: number): void {
    const field = block.type === 'thinking' ? 'thinking' : 'text';
    const text = asString(block[field]);
    if (text === undefined || text.trim() === '') return;
    if (this.texts.has(text)) {
      this.reportRepeated(origin);
      return;
    }
    this.texts.add(text);
    this.thread.think(text, placeIn(origin, ...blockPath(message, index, field)));
  }

  private reportRepeated(origin: Origin): void {
    this.log.fold('duplicate-record', 'info', 'a block of a message stands there twice', origin.place);
  }

  private result(
    block: JsonObject,
    structured: unknown,
    origin: Origin,
    path: readonly (string | number)[],
    cwd?: string,
  ): PendingStep | undefined {
    const facts = readResult(block, structured, origin, path);
    const step = this.calls.take(asString(block.tool_use_id));
    if (step) {
      this.thread.result(step, { ...facts, ...(cwd !== undefined && { recordedCwd: cwd }) });
      return step;
    }
    const place = placeIn(origin, ...path);
    this.log.fold('unpaired-result', 'warning', 'a result answers no call that was seen', place);
    if (facts.observation !== undefined && facts.observation !== '') {
      this.thread.message({ role: 'environment', kind: 'notice', text: facts.observation, place });
    }
    return undefined;
  }

  private readUserText(block: JsonObject, facts: UserFacts, place: SourceRef): void {
    const { text, images } = readContent([block]);
    if (images.length > 0) {
      this.log.fold('left-out-image', 'info', 'an image in a prompt is kept by name only', place);
    }
    const shown = text !== '' ? text : images.map((image) => `[image: ${image}]`).join('\n');
    if (shown.trim() === '') return;
    const kind = kindOfUserText(shown, facts.isMeta === true);
    if (kind === 'prompt' || kind === 'interruption') this.calls.prompted();
    this.thread.message({ role: 'user', kind, text: shown, place });
  }
}
