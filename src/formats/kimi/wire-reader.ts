import { asNumber, asObject, asString, asText, at, type JsonObject } from '../../base/json.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { ThreadBuilder } from '../../model/thread-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { CallsById } from '../shared/calls-by-id.ts';
import { readContent } from '../shared/content-text.ts';
import { placeIn } from '../shared/place-in.ts';
import { parseArguments } from '../shared/render-action.ts';
import type { SessionNotes } from '../shared/session-notes.ts';
import { loopEvent } from './schema.ts';
import { describeCall, readExitCode } from './tool-text.ts';

/** Kinds of lines that say nothing of what the agent did or was shown. */
const SILENT = new Set([
  'llm.tools_snapshot',
  'tools.set_active_tools',
  'permission.set_mode',
  'plan_mode.enter',
  'plan_mode.exit',
  'full_compaction.begin',
  'full_compaction.complete',
  'runtime.set_binding',
  'token_counting.measured',
  'token_counting.turn_recorded',
]);

/** Reads the lines of one agent's wire file into its thread. */
export class WireReader {
  private readonly run: RunBuilder;
  private readonly thread: ThreadBuilder;
  private readonly notes: SessionNotes;
  private readonly calls: CallsById;
  /** Prompts that were read and whose copy in the context is still to come. */
  private readonly announced = new Map<string, number>();
  private readonly systemPrompts = new Set<string>();
  /** What the user answered when asked for consent, by call. */
  private readonly decisions = new Map<string, string>();
  /** Usage as its own lines record it, with what compaction took; and as the ends of steps repeat it. */
  private recorded: Usage | undefined;
  private repeated: Usage | undefined;
  private begun = false;

  constructor(run: RunBuilder, thread: ThreadBuilder, notes: SessionNotes) {
    this.run = run;
    this.thread = thread;
    this.notes = notes;
    this.calls = new CallsById(run.log);
  }

  read(line: JsonObject, place: SourceRef): void {
    const type = asString(line.type) ?? '';
    const time = toMillis(line.time);
    this.notes.time(time);
    const event = loopEvent(line);
    if (event) {
      this.readEvent(event, time, placeIn(place, 'event'));
      return;
    }
    switch (type) {
      case 'metadata':
        this.run.formatVersion ??= asString(line.protocol_version);
        this.notes.time(toMillis(line.created_at));
        return;
      case 'config.update':
      case 'profile.bind':
        return this.readConfig(line, place);
      case 'turn.prompt':
      case 'turn.steer':
        return this.readPrompt(line, place);
      case 'context.append_message':
        return this.readMessage(line, place);
      case 'context.apply_compaction':
        return this.readCompaction(line, place);
      case 'llm.request':
        if (this.thread === this.run) this.run.model ??= asString(line.model);
        return this.readRetry(asString(line.attempt), placeIn(place, 'attempt'));
      case 'usage.record':
        this.recorded = addUsage(this.recorded, readWireUsage(line.usage));
        return;
      case 'permission.record_approval_result':
        return this.readDecision(line);
      case 'turn.cancel':
        return this.thread.message({
          role: 'user',
          kind: 'interruption',
          text: 'the user cancelled the turn',
          place,
        });
      case 'turn.ended':
        if (this.thread === this.run) this.run.exitStatus = asString(line.reason) ?? this.run.exitStatus;
        return;
      case 'plugin.session_start':
        return this.notes.notice(this.thread, 'environment', readContent(line.content).text, place);
      default:
        if (SILENT.has(type)) return;
        this.reportUnknown(`lines of type ${type.slice(0, 40) || '(none)'}`, place);
    }
  }

  finish(): void {
    this.notes.spent(this.recorded ?? this.repeated);
  }

  private readConfig(line: JsonObject, place: SourceRef): void {
    const prompt = asString(line.systemPrompt);
    if (this.thread === this.run) {
      this.run.initialCwd ??= asString(line.cwd) ?? asString(at(line, 'environmentDisclosure', 'cwd'));
    }
    if (prompt === undefined || prompt === '') return;
    // It is written again when the session is opened again or compacted.
    if (this.systemPrompts.has(prompt)) {
      this.run.log.fold('duplicate-record', 'info', 'the system prompt stands there again', place);
      return;
    }
    this.systemPrompts.add(prompt);
    const inside = placeIn(place, 'systemPrompt');
    this.thread.message({ role: 'system', kind: 'prompt', text: prompt, place: inside });
  }

  /** What the user typed; the same text comes again when it enters the context, if it ever does. */
  private readPrompt(line: JsonObject, place: SourceRef): void {
    const { text } = readContent(line.input);
    this.announced.set(text, (this.announced.get(text) ?? 0) + 1);
    this.notes.prompt(this.thread, text, placeIn(place, 'input'));
  }

  private readMessage(line: JsonObject, place: SourceRef): void {
    const message = asObject(line.message);
    const { text, images } = readContent(message?.content);
    const at = placeIn(place, 'message', 'content');
    if (images.length > 0) {
      this.run.log.fold('left-out-image', 'info', 'an image in a message is kept by name only', at);
    }
    const waiting = this.announced.get(text) ?? 0;
    if (waiting > 0) {
      this.announced.set(text, waiting - 1);
      return;
    }
    const origin = asObject(message?.origin);
    if (message?.role === 'user' && (origin === undefined || origin.kind === 'user')) {
      this.notes.prompt(this.thread, text, at);
    } else this.notes.notice(this.thread, 'environment', text, at);
  }

  private readCompaction(line: JsonObject, place: SourceRef): void {
    const texts = [asString(line.summary), asString(line.contextSummary)].flatMap((text) => text ?? []);
    const [summary = '', shown = summary] = texts;
    this.notes.compaction(this.thread, summary, placeIn(place, 'summary'));
    // What the model gets instead of the history: the summary behind an introduction.
    if (shown !== summary) this.notes.compaction(this.thread, shown, placeIn(place, 'contextSummary'));
  }

  /** A request that was sent again (`3/10`): when no answer follows, the service is what ended the run. */
  private readRetry(attempt: string | undefined, place: SourceRef): void {
    if (attempt === undefined || attempt.startsWith('1/') || this.thread !== this.run) return;
    const message = `the model's service gave no answer: attempt ${attempt}`;
    this.notes.failed({ kind: 'api', message, quote: attempt, place });
  }

  private readDecision(line: JsonObject): void {
    const id = asString(line.toolCallId);
    const decision = asString(at(line, 'result', 'decision'));
    if (id !== undefined && decision !== undefined) this.decisions.set(id, decision);
  }

  private readEvent(event: JsonObject, time: Millis | undefined, place: SourceRef): void {
    if (event.type === 'step.begin') {
      this.begun = true;
      this.thread.beginTurn();
      return;
    }
    // A file that was cut at its front may begin inside a turn.
    if (!this.begun) this.thread.beginTurn();
    this.begun = true;
    if (this.thread === this.run) this.notes.wentOn();
    switch (event.type) {
      case 'content.part':
        return this.readPart(event, placeIn(place, 'part'));
      case 'tool.call':
        return this.readCall(event, time, place);
      case 'tool.result':
        return this.readResult(event, time, place);
      case 'step.end': {
        const usage = readWireUsage(event.usage);
        if (usage) this.thread.reviseUsage(usage);
        this.repeated = addUsage(this.repeated, usage);
        return;
      }
      default:
        this.reportUnknown(`events of type ${(asText(event.type) ?? 'without a name').slice(0, 40)}`, place);
    }
  }

  private readPart(event: JsonObject, place: SourceRef): void {
    const part = asObject(event.part);
    const field = part?.type === 'think' ? 'think' : 'text';
    const text = asString(part?.[field]);
    if (text !== undefined) this.thread.think(text, placeIn(place, field));
    else this.reportUnknown(`parts of type ${(asText(part?.type) ?? 'without a name').slice(0, 40)}`, place);
  }

  private readCall(event: JsonObject, time: Millis | undefined, place: SourceRef): void {
    const tool = asString(event.name) ?? 'unknown';
    const args = parseArguments(event.args);
    const step = this.thread.call({
      tool,
      action: describeCall(tool, args, event.args),
      ...(args && { args }),
      ...(time !== undefined && { startedAt: time }),
      place,
    });
    this.calls.add(asString(event.toolCallId) ?? asString(event.uuid), step, place);
  }

  private readResult(event: JsonObject, time: Millis | undefined, place: SourceRef): void {
    const result = asObject(event.result);
    const at = placeIn(place, 'result');
    const { text, images } = readContent(result?.output);
    const shown = [text, asString(result?.note) ?? ''].filter((part) => part !== '').join('\n');
    const id = asString(event.toolCallId) ?? asString(event.parentUuid);
    const step = this.calls.take(id);
    if (!step) {
      this.run.log.fold('unpaired-result', 'warning', 'a result answers no call that was seen', at);
      this.notes.notice(this.thread, 'environment', shown, at);
      return;
    }
    const exitCode = readExitCode(text);
    this.thread.result(step, {
      observation: shown,
      ...(images.length > 0 && { images }),
      ...(exitCode !== undefined && { exitCode }),
      status: this.statusOf(result, id),
      ...(time !== undefined && { endedAt: time }),
      place: at,
    });
  }

  private statusOf(result: JsonObject | undefined, id: string | undefined): StepStatus {
    const decision = id === undefined ? undefined : this.decisions.get(id);
    if (decision === 'rejected' || decision === 'cancelled') return 'rejected';
    if (result?.isError !== true) return result ? 'ok' : 'unknown';
    return /killed by timeout|timed out/i.test(asString(result.output)?.slice(-300) ?? '')
      ? 'timeout'
      : 'error';
  }

  private reportUnknown(what: string, place: SourceRef): void {
    this.run.log.fold('unknown-record', 'info', `${what} were passed over`, place);
  }
}

/** `inputOther` is without what came from the cache or went there. */
function readWireUsage(raw: unknown): Usage | undefined {
  const fresh = asNumber(at(raw, 'inputOther'));
  const cached = asNumber(at(raw, 'inputCacheRead'));
  const written = asNumber(at(raw, 'inputCacheCreation'));
  const output = asNumber(at(raw, 'output'));
  if (fresh === undefined && output === undefined) return undefined;
  return {
    ...(fresh !== undefined && { inputTokens: fresh + (cached ?? 0) + (written ?? 0) }),
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(written !== undefined && { cacheWriteTokens: written }),
    ...(output !== undefined && { outputTokens: output }),
  };
}
