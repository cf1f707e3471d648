import { asArray, asObject, asString, asText, isObject, type JsonObject } from '../../base/json.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { classifyFailure } from '../openhands/classify-failure.ts';
import { CallsById } from '../shared/calls-by-id.ts';
import { readContent } from '../shared/content-text.ts';
import { placeIn } from '../shared/place-in.ts';
import { parseArguments, renderAction } from '../shared/render-action.ts';
import { SessionNotes } from '../shared/session-notes.ts';
import { EntryTree } from './entry-tree.ts';
import { readResult, readUserCommand } from './read-result.ts';
import { readPiUsage } from './read-usage.ts';
import { sessionHeader } from './schema.ts';

/** Entries that say nothing of what the agent did or was shown. */
const SILENT = new Set(['thinking_level_change', 'custom', 'label', 'session_info']);

/** Reads the entries of one session into a run. Call `finish` after the last. */
export class PiSession {
  private readonly run: RunBuilder;
  private readonly notes: SessionNotes;
  private readonly calls: CallsById;
  private readonly tree: EntryTree;
  /** Model of the first answer, though it may have broken off. */
  private firstModel: string | undefined;

  constructor(run: RunBuilder) {
    this.run = run;
    this.notes = new SessionNotes(run);
    this.calls = new CallsById(run.log);
    this.tree = new EntryTree(run.log);
  }

  read(entry: JsonObject, length: number, place: SourceRef): void {
    if (this.tree.isCopy(entry, length, place)) return;
    const time = toMillis(entry.timestamp);
    const type = asString(entry.type) ?? '';
    this.notes.time(time);
    switch (type) {
      case 'session':
        return this.readHeader(entry, place);
      case 'message':
        return this.readMessage(entry, time, place);
      case 'model_change': {
        const model = `${asString(entry.provider) ?? '?'}/${asString(entry.modelId) ?? '?'}`;
        return this.notes.notice(this.run, 'environment', `model: ${model}`, place);
      }
      case 'compaction':
        return this.notes.compaction(this.run, asString(entry.summary) ?? '', placeIn(place, 'summary'));
      case 'branch_summary':
        return this.notes.compaction(this.run, asString(entry.summary) ?? '', placeIn(place, 'summary'));
      case 'custom_message':
        return this.readInjected(entry.content, placeIn(place, 'content'));
      default:
        if (SILENT.has(type)) return;
        this.reportUnknown(`entries of type ${type.slice(0, 40) || '(none)'}`, place);
    }
  }

  finish(): void {
    this.run.model ??= this.firstModel;
    this.notes.finish();
  }

  private readHeader(entry: JsonObject, place: SourceRef): void {
    const parsed = sessionHeader.safeParse(entry);
    if (!parsed.success) return;
    const { id, version, cwd } = parsed.data;
    this.notes.session(id, place);
    this.run.formatVersion ??= String(version ?? 1);
    this.run.initialCwd ??= cwd;
  }

  private readMessage(entry: JsonObject, time: Millis | undefined, place: SourceRef): void {
    const message = asObject(entry.message);
    const inside = placeIn(place, 'message');
    const content = placeIn(inside, 'content');
    switch (message?.role) {
      case 'user':
        return this.readPrompt(message, content);
      case 'assistant':
        return this.readAssistant(message, time, inside);
      case 'toolResult':
        return this.readToolResult(message, time, place);
      case 'bashExecution':
        return this.notes.notice(this.run, 'user', readUserCommand(message), inside);
      case 'custom':
      case 'hookMessage':
        return this.readInjected(message.content, content);
      case 'branchSummary':
      case 'compactionSummary':
        return this.notes.compaction(this.run, asString(message.summary) ?? '', placeIn(inside, 'summary'));
      default:
        if (!message)
          this.run.log.fold('unexpected-shape', 'warning', 'an entry has no message in it', place);
        else
          this.reportUnknown(
            `messages of role ${(asText(message.role) ?? 'without a name').slice(0, 40)}`,
            place,
          );
    }
  }

  private readPrompt(message: JsonObject, place: SourceRef): void {
    const { text, images } = readContent(message.content);
    if (images.length > 0) {
      this.run.log.fold('left-out-image', 'info', 'an image in a prompt is kept by name only', place);
    }
    const named = images.map((image) => `[image: ${image}]`);
    this.notes.prompt(this.run, [text, ...named].filter((part) => part !== '').join('\n'), place);
  }

  /** Text that an extension put into the conversation. */
  private readInjected(content: unknown, place: SourceRef): void {
    this.notes.notice(this.run, 'environment', readContent(content).text, place);
  }

  private readAssistant(message: JsonObject, time: Millis | undefined, place: SourceRef): void {
    const stop = asString(message.stopReason);
    const usage = readPiUsage(message.usage);
    this.notes.spent(usage);
    this.run.beginTurn(usage);
    this.firstModel ??= asString(message.model);
    this.run.exitStatus = stop ?? this.run.exitStatus;
    // An answer that broke off is not acted on: its calls never ran.
    const broken = stop === 'aborted' || stop === 'error';
    if (!broken) this.run.model ??= asString(message.model);
    const blocks = asArray(message.content) ?? [message.content];
    for (const [index, block] of blocks.entries()) {
      const at = Array.isArray(message.content)
        ? placeIn(place, 'content', index)
        : placeIn(place, 'content');
      if (isObject(block) && block.type === 'toolCall') this.readCall(block, broken, time, at);
      else this.readThought(block, at);
    }
    if (broken) this.readBreak(message, stop, place);
    else this.notes.wentOn();
  }

  private readThought(block: unknown, place: SourceRef): void {
    if (typeof block === 'string') this.run.think(block, place);
    else if (isObject(block) && block.type === 'text')
      this.run.think(asString(block.text), placeIn(place, 'text'));
    else if (isObject(block) && block.type === 'thinking')
      this.run.think(asString(block.thinking), placeIn(place, 'thinking'));
    else if (block !== undefined && block !== null) {
      const type = isObject(block) ? asString(block.type) : undefined;
      this.reportUnknown(`blocks of type ${type?.slice(0, 40) ?? '(none)'}`, place);
    }
  }

  private readCall(block: JsonObject, broken: boolean, time: Millis | undefined, place: SourceRef): void {
    const tool = asString(block.name) ?? 'unknown';
    const args = parseArguments(block.arguments);
    const command = tool === 'bash' ? asString(args?.command) : undefined;
    const action = command ?? renderAction(tool, block.arguments);
    if (broken) {
      this.run.message({ role: 'assistant', kind: 'notice', text: action, place });
      const message = 'calls of an answer that broke off never ran and are no steps';
      this.run.log.fold('abandoned-call', 'info', message, place);
      return;
    }
    const step = this.run.call({
      tool,
      action,
      ...(args && { args }),
      ...(time !== undefined && { startedAt: time }),
      place,
    });
    this.calls.add(asString(block.id), step, place);
  }

  private readBreak(message: JsonObject, stop: 'aborted' | 'error', place: SourceRef): void {
    const text = asString(message.errorMessage) ?? stop;
    const at = message.errorMessage === undefined ? place : placeIn(place, 'errorMessage');
    if (stop === 'aborted') this.run.message({ role: 'user', kind: 'interruption', text, place: at });
    else {
      this.notes.notice(this.run, 'environment', text, at);
      const known = classifyFailure(text);
      this.notes.failed({ kind: known === 'harness' ? 'api' : known, message: text, place: at });
    }
  }

  private readToolResult(message: JsonObject, time: Millis | undefined, place: SourceRef): void {
    const facts = readResult(message, time, place);
    const step = this.calls.take(asString(message.toolCallId));
    if (step) {
      this.run.result(step, facts);
      return;
    }
    const at = facts.place ?? place;
    this.run.log.fold('unpaired-result', 'warning', 'a result answers no call that was seen', at);
    this.notes.notice(this.run, 'environment', facts.observation ?? '', at);
  }

  private reportUnknown(what: string, place: SourceRef): void {
    this.run.log.fold('unknown-record', 'info', `${what} were passed over`, place);
  }
}
