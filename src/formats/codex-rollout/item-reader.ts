import { exhaustive } from '../../base/assert.ts';
import { asString, type JsonObject } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import type { Usage } from '../../model/usage.ts';
import { contentBlocks, type Origin, placeIn } from '../claude-code/record.ts';
import { type CallNote, CallNotes } from '../shared/call-notes.ts';
import { readContent } from '../shared/content-text.ts';
import { OpenCalls } from '../shared/open-calls.ts';
import { kindOfItem } from './item-kind.ts';
import { readCall } from './read-call.ts';
import { readOutput, statusOfItem } from './read-output.ts';
import { SaidOnce } from './said-once.ts';
import { classifyUserText, contextDirectory } from './user-text.ts';

/** Reads the items of one thread (the main agent's, or a sub-agent's) into its builder, in the order of the file. */
export class ItemReader {
  readonly thread: ThreadBuilder;
  readonly said = new SaidOnce();
  /** Working directory of the current turn: every command starts there anew. */
  cwd: string | undefined;
  private readonly run: RunBuilder;
  private readonly calls: OpenCalls;
  private readonly notes = new CallNotes();
  private readonly latest = new Map<string, PendingStep>();
  /** Whether an answer of the model is being read; a result, a prompt or its token count ends it. */
  private answering = false;
  private usageNoted = true;
  /** Calls before this one were open at an interruption already, or had their result. */
  private settled = 0;
  /** Told of token counts that stand inside an output, as in some early rollouts. */
  onInfo: ((info: unknown) => void) | undefined;

  constructor(run: RunBuilder, thread: ThreadBuilder) {
    this.run = run;
    this.thread = thread;
    this.calls = new OpenCalls(run.log);
  }

  /** An item of the conversation; answers whether its kind is known. */
  read(item: JsonObject, origin: Origin): boolean {
    const kind = kindOfItem(item);
    if (kind === undefined) return false;
    switch (kind) {
      case 'message':
        this.readMessage(item, origin);
        break;
      case 'reasoning':
        this.readReasoning(item, origin);
        break;
      case 'call':
        this.readCall(item, origin);
        break;
      case 'own-call':
        this.readOwnCall(item, origin);
        break;
      case 'output':
        this.readResult(item, origin);
        break;
      case 'note':
        this.notice(readContent(item.content ?? item.text).text, origin);
        break;
      case 'silent':
        break;
      default:
        exhaustive(kind);
    }
    return true;
  }

  /** The agent's own words, however they were recorded. */
  say(channel: string, text: string | undefined, origin: Origin): void {
    if (text === undefined || text.trim() === '' || !this.said.isNew(channel, 'agent', text)) return;
    this.answer();
    this.thread.think(text, origin.place);
  }

  prompt(channel: string, text: string | undefined, origin: Origin): void {
    if (text === undefined || text.trim() === '' || !this.said.isNew(channel, 'user', text)) return;
    this.answering = false;
    this.run.initialCwd ??= contextDirectory(text);
    const what = classifyUserText(text);
    const { place } = origin;
    if (what.kind === 'compaction') {
      this.run.log.fold(
        'compacted-history',
        'info',
        'the history was compacted; the steps before it are here',
        place,
      );
    }
    this.thread.message({ ...what, text, place });
    if (what.kind !== 'prompt') return;
    // A prompt after an open call: nothing stopped that call, its result just never came.
    this.settled = this.thread.calls.length;
    if (this.thread === this.run) this.run.task ??= { text, place };
    else this.thread.prompt ??= text;
  }

  /** A text that nobody of the conversation said. */
  notice(text: string | undefined, origin: Origin): void {
    if (text === undefined || text.trim() === '') return;
    this.thread.message({ role: 'environment', kind: 'notice', text, place: origin.place });
  }

  /** Usage of the answer before. */
  noteUsage(usage: Usage | undefined): void {
    this.answering = false;
    if (!usage || this.usageNoted) return;
    this.usageNoted = true;
    this.thread.reviseUsage(usage);
  }

  /** What an event knows of a call beside its items: exit code, whole output. */
  note(id: string | undefined, note: CallNote, origin: Origin): void {
    const step = id === undefined ? undefined : this.latest.get(id);
    if (step) this.notes.add(step, note);
    else this.notice(note.text, origin);
  }

  /** The user stopped the turn: calls that never get a result were cut off by it. */
  interrupt(origin: Origin): void {
    this.answering = false;
    for (const call of this.thread.calls.slice(this.settled)) {
      if (!call.result) this.notes.interrupt(call, origin.place);
    }
    this.settled = this.thread.calls.length;
  }

  finish(): void {
    for (const call of this.thread.calls) this.notes.settle(call);
  }

  private answer(): void {
    if (this.answering) return;
    this.answering = true;
    this.usageNoted = false;
    this.thread.beginTurn();
  }

  private readMessage(item: JsonObject, origin: Origin): void {
    const content = item.content ?? item.message ?? item.text;
    const listed = Array.isArray(content);
    for (const [index, block] of contentBlocks(content).entries()) {
      const { text, images } = readContent([block]);
      const key = item.content === undefined ? (item.message === undefined ? 'text' : 'message') : 'content';
      const at = { ...origin, place: placeIn(origin, key, ...(listed ? [index] : [])) };
      if (images.length > 0 && hasImage(block)) {
        this.run.log.fold('left-out-image', 'info', 'an image in a message is kept by name only', at.place);
        this.notice(images.map((image) => `[image: ${image}]`).join('\n'), at);
      }
      if (item.role === 'assistant') this.say('item', text, at);
      else if (item.role === 'user') this.prompt('item', text, at);
      else if (text.trim() !== '') {
        this.thread.message({ role: 'system', kind: 'prompt', text, place: at.place });
      }
    }
  }

  private readReasoning(item: JsonObject, origin: Origin): void {
    for (const key of ['summary', 'content', 'text']) {
      const parts = contentBlocks(item[key]);
      for (const [index, block] of parts.entries()) {
        const path = Array.isArray(item[key]) ? [key, index] : [key];
        this.say('item', readContent([block]).text, { ...origin, place: placeIn(origin, ...path) });
      }
    }
  }

  private readCall(item: JsonObject, origin: Origin): void {
    this.answer();
    const step = this.thread.call(readCall(item, origin));
    const id = asString(item.call_id) ?? asString(item.id);
    this.calls.add(id, step);
    if (id !== undefined) this.latest.set(id, step);
  }

  /** A tool that the model's service runs itself: the item is written when it is done, its result is seldom recorded. */
  private readOwnCall(item: JsonObject, origin: Origin): void {
    this.answer();
    const step = this.thread.call(readCall(item, origin));
    const image = item.type === 'image_generation_call' && typeof item.result === 'string';
    this.thread.result(step, { status: statusOfItem(item), ...(image && { images: ['inline image'] }) });
    for (const id of [item.id, item.call_id]) if (typeof id === 'string') this.latest.set(id, step);
  }

  private readResult(item: JsonObject, origin: Origin): void {
    this.answering = false;
    const place = placeIn(
      origin,
      item.output === undefined ? (item.result === undefined ? 'tools' : 'result') : 'output',
    );
    const facts = readOutput(item);
    const step = this.calls.take(asString(item.call_id));
    if (!step) {
      this.run.log.fold('unpaired-result', 'warning', 'a result answers no call that was seen', place);
      this.notice(facts.observation, { ...origin, place });
      return;
    }
    this.thread.result(step, {
      ...facts,
      ...(this.cwd !== undefined && { recordedCwd: this.cwd }),
      ...(origin.time !== undefined && { endedAt: origin.time }),
      place,
    });
    if (item.info !== undefined) this.onInfo?.(item.info);
  }

  /** The call that an id names. */
  callOf(id: string): PendingStep | undefined {
    return this.latest.get(id);
  }
}

function hasImage(block: JsonObject): boolean {
  return block.image_url !== null && block.image_url !== '';
}
