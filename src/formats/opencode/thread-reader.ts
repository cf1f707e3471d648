import { asObject, asString, at, type JsonObject } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import type { RunException } from '../../model/run.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import { placeIn } from '../shared/place-in.ts';
import type { SessionNotes } from '../shared/session-notes.ts';
import { describeFile, readCall, readDelegate, readResult } from './read-tool.ts';
import { readTokens } from './read-usage.ts';
import type { Placed, StoredMessage } from './schema.ts';

/** Parts that hold nothing which the calls do not hold. */
const SILENT = new Set(['snapshot', 'patch', 'agent', 'compaction']);

/** A call that started a sub-agent, and the session in which that ran. */
export interface Delegation {
  readonly call: PendingStep;
  /** Undefined where the call does not say. */
  readonly sessionId: string | undefined;
}

/** Reads the messages of one session into its thread. */
export class ThreadReader {
  readonly thread: ThreadBuilder;
  readonly delegations: Delegation[] = [];
  private readonly run: RunBuilder;
  private readonly notes: SessionNotes;
  private readonly systemPrompts = new Set<string>();
  /** A step of the current message has ended: what begins next is another answer of the model. */
  private ended = false;
  private begun = false;

  constructor(run: RunBuilder, thread: ThreadBuilder, notes: SessionNotes) {
    this.run = run;
    this.thread = thread;
    this.notes = notes;
  }

  read(message: StoredMessage): void {
    const { value } = message.info;
    this.notes.time(toMillis(at(value, 'time', 'created')));
    this.notes.time(toMillis(at(value, 'time', 'completed')));
    if (value.role === 'user') this.readUser(message);
    else this.readAnswer(message);
  }

  /** A part of the agent's answer. */
  readPart({ value: part, place }: Placed, isSummary = false): void {
    if (!this.begun) this.begin(undefined);
    switch (part.type) {
      case 'text':
        if (isSummary) this.notes.compaction(this.thread, asString(part.text) ?? '', placeIn(place, 'text'));
        else this.thread.think(asString(part.text), placeIn(place, 'text'));
        return;
      case 'reasoning':
        return this.thread.think(asString(part.text), placeIn(place, 'text'));
      case 'tool':
        return this.readTool(part, place);
      case 'step-start':
        if (this.ended) this.begin(undefined);
        return;
      case 'step-finish': {
        const usage = readTokens(part);
        this.notes.spent(usage);
        if (usage) this.thread.reviseUsage(usage);
        this.ended = true;
        return;
      }
      case 'retry':
        return this.readRetry(part, place);
      case 'file':
        return this.notes.notice(this.thread, 'assistant', `[file: ${describeFile(part)}]`, place);
      default:
        this.passOver(part, place);
    }
  }

  /** What ended an answer: an abort by the user, or an error of the service or of the harness. */
  readError(error: unknown, place: SourceRef): void {
    const name = asString(at(error, 'name')) ?? 'error';
    const message = asString(at(error, 'data', 'message')) ?? asString(at(error, 'message'));
    const text = message === undefined || message === '' ? name : `${name}: ${message}`;
    if (/Abort/.test(name)) {
      this.thread.message({ role: 'user', kind: 'interruption', text, place });
      return;
    }
    this.notes.notice(this.thread, 'environment', text, place);
    if (this.isMain) this.notes.failed({ kind: kindOf(name), message: text, quote: message ?? name, place });
  }

  private get isMain(): boolean {
    return this.thread === this.run;
  }

  private begin(usage: ReturnType<typeof readTokens>): void {
    this.thread.beginTurn(usage);
    this.begun = true;
    this.ended = false;
  }

  private readUser({ info, parts }: StoredMessage): void {
    const system = asString(info.value.system);
    if (system !== undefined && system !== '' && !this.systemPrompts.has(system)) {
      this.systemPrompts.add(system);
      this.thread.message({
        role: 'system',
        kind: 'prompt',
        text: system,
        place: placeIn(info.place, 'system'),
      });
    }
    let said = false;
    for (const { value: part, place } of parts) said = this.readUserPart(part, place) || said;
    if (said) return;
    // Of old messages only what was made of them for the list of sessions is there.
    for (const field of ['body', 'title']) {
      const text = asString(at(info.value, 'summary', field));
      if (text === undefined || text === '') continue;
      this.notes.prompt(this.thread, text, placeIn(info.place, 'summary', field));
      return;
    }
  }

  /** Answers whether the user spoke in it. */
  private readUserPart(part: JsonObject, place: SourceRef): boolean {
    const text = asString(part.text) ?? '';
    switch (part.type) {
      case 'text':
        if (part.synthetic === true || part.ignored === true) {
          this.notes.notice(this.thread, 'environment', text, placeIn(place, 'text'));
          return false;
        }
        this.notes.prompt(this.thread, text, placeIn(place, 'text'));
        return text.trim() !== '';
      case 'subtask':
        this.notes.prompt(this.thread, asString(part.prompt) ?? '', placeIn(place, 'prompt'));
        return true;
      case 'file':
        if (asString(part.url)?.startsWith('data:')) {
          this.run.log.fold('left-out-image', 'info', 'a file in a prompt is kept by name only', place);
        }
        this.notes.notice(this.thread, 'user', `[file: ${describeFile(part)}]`, place);
        return false;
      default:
        this.passOver(part, place);
        return false;
    }
  }

  private readAnswer({ info, parts }: StoredMessage): void {
    const { value, place } = info;
    const counted = parts.some(({ value: part }) => part.type === 'step-finish');
    const usage = counted ? undefined : readTokens(value);
    this.notes.spent(usage);
    this.begin(usage);
    if (this.isMain) {
      this.run.model ??= asString(value.modelID) ?? asString(at(value, 'model', 'modelID'));
      this.run.initialCwd ??= asString(at(value, 'path', 'cwd'));
      this.run.exitStatus = asString(value.finish) ?? this.run.exitStatus;
      this.notes.wentOn();
    }
    for (const part of parts) this.readPart(part, value.summary === true);
    const error = asObject(value.error);
    if (error) this.readError(error, placeIn(place, 'error'));
  }

  private readTool(part: JsonObject, place: SourceRef): void {
    const call = this.thread.call(readCall(part, place));
    const result = readResult(part, place);
    if (result) this.thread.result(call, result);
    if (part.tool === 'task') this.delegations.push({ call, sessionId: readDelegate(part) });
  }

  private readRetry(part: JsonObject, place: SourceRef): void {
    const text =
      asString(at(part, 'error', 'data', 'message')) ?? asString(at(part, 'error', 'message')) ?? '';
    this.notes.notice(this.thread, 'environment', text, placeIn(place, 'error'));
  }

  private passOver(part: JsonObject, place: SourceRef): void {
    const type = asString(part.type) ?? '(none)';
    if (SILENT.has(type)) return;
    this.run.log.fold('unknown-record', 'info', `parts of type ${type.slice(0, 40)} were passed over`, place);
  }
}

/** The kind of an error by the name of its class. */
function kindOf(name: string): RunException['kind'] {
  if (/OutputLength|ContextOverflow/.test(name)) return 'limit';
  return /API|Auth|Provider/.test(name) ? 'api' : 'harness';
}
