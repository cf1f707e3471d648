import { asObject, asString, isObject, type JsonObject } from '../../base/json.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import { CallsById } from '../shared/calls-by-id.ts';
import { factsField, readDisplayFacts } from '../shared/file-facts.ts';
import { placeIn } from '../shared/place-in.ts';
import { SessionNotes } from '../shared/session-notes.ts';
import { isDelegation, readDelegated } from './delegated.ts';
import { describeCall } from './describe-call.ts';
import { readImages, readResult } from './read-result.ts';
import { readUsageMetadata } from './read-usage.ts';
import { type ChatRecord, chatRecord, partsOf } from './schema.ts';
import { readSystemEvent } from './system-event.ts';

/** Records in the user's name that the user did not write. */
const INJECTED = new Set(['notification', 'cron', 'background_task_completed', 'goal_runtime']);

/** One agent of the chat: the main one, or a sub-agent whose records stand in the same file. */
interface Speaker {
  readonly thread: ThreadBuilder;
  readonly calls: CallsById;
  /** Record that the current turn began with: later records of the answer share its id. */
  answer: string | undefined;
}

/** Reads the records of a chat into a run. Call `finish` after the last. */
export class QwenChat {
  private readonly run: RunBuilder;
  private readonly notes: SessionNotes;
  private readonly main: Speaker;
  private readonly others = new Map<string, Speaker>();
  /** Lengths of the records of an id: one answer may be written as several records, and a record twice. */
  private readonly lengths = new Map<string, Set<number>>();
  private last: string | undefined;

  constructor(run: RunBuilder) {
    this.run = run;
    this.notes = new SessionNotes(run);
    this.main = { thread: run, calls: new CallsById(run.log), answer: undefined };
  }

  read(value: JsonObject, length: number, place: SourceRef): void {
    const parsed = chatRecord.safeParse(value);
    if (!parsed.success) {
      this.run.log.fold('unexpected-shape', 'warning', 'a record lacks what every record has', place);
      return;
    }
    const record = parsed.data;
    if (this.isCopy(record, length, place)) return;
    this.follow(record, value.parentUuid, place);
    this.noteFacts(record, place);
    const speaker = this.speakerOf(record);
    const time = toMillis(value.timestamp);
    this.notes.time(time);
    switch (record.type) {
      case 'user':
        return this.readUser(speaker, record, place);
      case 'assistant':
        return this.readAnswer(speaker, record, time, place);
      case 'tool_result':
        return this.readResults(speaker, record, time, place);
      case 'system':
        return this.readSystem(speaker, record, place);
    }
  }

  finish(): void {
    this.notes.finish();
  }

  private isCopy({ uuid }: ChatRecord, length: number, place: SourceRef): boolean {
    const known = this.lengths.get(uuid);
    if (known?.has(length)) {
      this.run.log.fold('duplicate-record', 'info', 'a record stands there twice', place);
      return true;
    }
    if (known) known.add(length);
    else this.lengths.set(uuid, new Set([length]));
    return false;
  }

  /** Each record names the one before it; a jump back is a rewind, told by its own record too. */
  private follow({ uuid, subtype, isSidechain }: ChatRecord, parent: unknown, place: SourceRef): void {
    if (isSidechain === true) return;
    const jumps = typeof parent === 'string' && this.last !== undefined && parent !== this.last;
    const isTold = subtype === 'rewind';
    if (jumps && !isTold && uuid !== this.last && this.lengths.has(parent)) this.reportRewind(place);
    this.last = uuid;
  }

  private reportRewind(place: SourceRef): void {
    const message = 'the conversation went back to an earlier record; both branches are read as they ran';
    this.run.log.fold('rewound-history', 'info', message, place);
  }

  private noteFacts(record: ChatRecord, place: SourceRef): void {
    const { version, cwd, sessionId } = record;
    this.notes.session(sessionId, place);
    this.run.agent ??= { name: 'qwen-code', ...(version !== undefined && { version }) };
    this.run.formatVersion ??= version;
    this.run.initialCwd ??= cwd;
  }

  private speakerOf({ isSidechain, agentId, agentName }: ChatRecord): Speaker {
    if (isSidechain !== true || agentId === undefined) return this.main;
    const known = this.others.get(agentId);
    if (known) return known;
    // The call that started it is the last one of the main agent that still waits.
    const parent = this.run.calls.findLast((call) => !call.result);
    const thread = this.run.branch(parent, { name: agentName ?? agentId });
    const made = { thread, calls: new CallsById(this.run.log), answer: undefined };
    this.others.set(agentId, made);
    return made;
  }

  private readUser({ thread }: Speaker, record: ChatRecord, place: SourceRef): void {
    const parts = partsOf(record);
    const injected = INJECTED.has(record.subtype ?? '');
    const prompt: string[] = [];
    for (const [index, part] of parts.entries()) {
      const text = isObject(part) ? asString(part.text) : undefined;
      if (text === undefined) continue;
      const at = placeIn(place, 'message', 'parts', index, 'text');
      // What a hook added to the prompt.
      if (/^\s*<qwen:user-prompt-submit-context>/.test(text)) {
        this.notes.notice(thread, 'environment', text, at);
      } else prompt.push(text);
    }
    const images = readImages(parts);
    const at = placeIn(place, 'message', 'parts');
    if (images.length > 0) {
      this.run.log.fold('left-out-image', 'info', 'an image in a prompt is kept by name only', at);
    }
    const text = [...prompt, ...images.map((image) => `[image: ${image}]`)].join('\n');
    if (injected) this.notes.notice(thread, 'environment', text, at);
    else this.notes.prompt(thread, text, at);
  }

  private readAnswer(speaker: Speaker, record: ChatRecord, time: Millis | undefined, place: SourceRef): void {
    const usage = readUsageMetadata(record.usageMetadata);
    this.notes.spent(usage);
    this.notes.wentOn();
    if (speaker === this.main) this.run.model ??= record.model;
    if (speaker.answer !== record.uuid) speaker.thread.beginTurn(usage);
    else if (usage) speaker.thread.reviseUsage(usage);
    speaker.answer = record.uuid;
    for (const [index, part] of partsOf(record).entries()) {
      const at = placeIn(place, 'message', 'parts', index);
      if (isObject(part) && isObject(part.functionCall)) this.readCall(speaker, part.functionCall, time, at);
      else if (isObject(part) && typeof part.text === 'string')
        speaker.thread.think(part.text, placeIn(at, 'text'));
      else this.run.log.fold('unknown-record', 'info', 'parts of an answer without text or call', at);
    }
  }

  private readCall(speaker: Speaker, call: JsonObject, time: Millis | undefined, place: SourceRef): void {
    const tool = asString(call.name) ?? 'unknown';
    const args = asObject(call.args);
    const step = speaker.thread.call({
      tool,
      action: describeCall(tool, args),
      ...(args && { args }),
      ...(time !== undefined && { startedAt: time }),
      place: placeIn(place, 'functionCall'),
    });
    speaker.calls.add(asString(call.id), step, place);
  }

  private readResults(
    speaker: Speaker,
    record: ChatRecord,
    time: Millis | undefined,
    place: SourceRef,
  ): void {
    speaker.answer = undefined;
    const parts = partsOf(record);
    const outcome = asObject(record.toolCallResult);
    const responses = parts.filter((part) => isObject(part) && isObject(part.functionResponse)).length;
    const images = readImages(parts);
    for (const [index, part] of parts.entries()) {
      const at = placeIn(place, 'message', 'parts', index);
      const response = isObject(part) ? asObject(part.functionResponse) : undefined;
      if (!response) {
        const text = isObject(part) ? asString(part.text) : undefined;
        this.notes.notice(speaker.thread, 'environment', text ?? '', at);
        continue;
      }
      const id = asString(response.id);
      // The copy for the screen belongs to the record, so it is clear whose it is only by id, or when there is one.
      const own = responses === 1 || outcome?.callId === id ? outcome : undefined;
      const extra = responses === 1 ? images : [];
      const step = this.answer(speaker, id, response, own, {
        time,
        cwd: record.cwd,
        images: extra,
        place: at,
        display: placeIn(place, 'toolCallResult', 'resultDisplay'),
      });
      if (step && own) this.readDisplay(step, own, placeIn(place, 'toolCallResult', 'resultDisplay'));
    }
  }

  private answer(
    speaker: Speaker,
    id: string | undefined,
    response: JsonObject,
    outcome: JsonObject | undefined,
    around: {
      readonly time: Millis | undefined;
      readonly cwd: string | undefined;
      readonly images: readonly string[];
      readonly place: SourceRef;
      readonly display: SourceRef;
    },
  ): PendingStep | undefined {
    const step = speaker.calls.take(id);
    const { images: own = [], ...facts } = readResult(asString(response.name) ?? '', response, outcome);
    const images = [...own, ...around.images];
    if (!step) {
      const message = 'a result answers no call that was seen';
      this.run.log.fold('unpaired-result', 'warning', message, around.place);
      this.notes.notice(speaker.thread, 'environment', facts.observation ?? '', around.place);
      return undefined;
    }
    const display = outcome?.resultDisplay;
    speaker.thread.result(step, {
      ...facts,
      ...(facts.status === 'ok' && factsField(readDisplayFacts(display, step.facts.args, around.display))),
      ...(images.length > 0 && { images }),
      ...(around.cwd !== undefined && { recordedCwd: around.cwd }),
      ...(around.time !== undefined && { endedAt: around.time }),
      place: placeIn(around.place, 'functionResponse', 'response'),
    });
    return step;
  }

  /** A sub-agent's calls stand in the result of the call that started it, unless it has records of its own. */
  private readDisplay(step: PendingStep, outcome: JsonObject, place: SourceRef): void {
    const display = outcome.resultDisplay;
    if (isDelegation(display) && this.others.size === 0) readDelegated(this.run, step, display, place);
  }

  private readSystem({ thread }: Speaker, record: ChatRecord, place: SourceRef): void {
    const event = readSystemEvent(record);
    if (event.kind === 'silent') return;
    if (event.kind === 'rewind') return this.reportRewind(place);
    if (event.kind === 'unknown') {
      const what = `events of subtype ${record.subtype?.slice(0, 40) ?? '(none)'} were passed over`;
      this.run.log.fold('unknown-record', 'info', what, place);
      return;
    }
    const at = placeIn(place, 'systemPayload', event.at);
    if (event.kind === 'compaction') this.notes.compaction(thread, event.text, at);
    else if (event.kind === 'fault')
      this.notes.failed({ kind: 'api', message: event.text, place: placeIn(at, 'error_message') });
    else this.notes.notice(thread, event.kind === 'notice' ? 'environment' : 'user', event.text, at);
  }
}
