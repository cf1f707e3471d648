import { asObject, asString, type JsonObject, pointer } from '../../base/json.ts';
import type { Millis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { renderAction } from '../shared/render-action.ts';
import { keepBrokenOff, keepPassed } from './keep-passed.ts';
import { OpenCalls } from './open-calls.ts';
import { parseCalls } from './parse-calls.ts';
import { readUserParts, type UserPart } from './read-answers.ts';
import type { RequestIndex } from './read-requests.ts';
import { readResultFacts } from './result-facts.ts';
import { blocksOf, type HistoryMessage } from './schema.ts';
import { COMPLETION, SHELL, TOOL_NAMES } from './tool-names.ts';
import { kindOfUserText, readSurroundings, taskOf } from './user-text.ts';

/** The messages of a task's history, in order, into a run. Call `finish` after the last. */
export class Conversation {
  private readonly run: RunBuilder;
  private readonly requests: RequestIndex;
  private readonly open: OpenCalls;
  /** An answer waits for the message after it: what that one answers tells what was taken for a call. */
  private waiting: { message: HistoryMessage; place: SourceRef } | undefined;
  /** The last call that ended the task, while nothing was called after it. */
  private completion: { text: string; place: SourceRef } | undefined;

  constructor(run: RunBuilder, requests: RequestIndex) {
    this.run = run;
    this.requests = requests;
    this.open = new OpenCalls(run);
  }

  read(message: HistoryMessage, place: SourceRef): void {
    if (message.role === 'assistant') {
      this.flush(new Set());
      this.waiting = { message, place };
      return;
    }
    const parts = readUserParts(message.content);
    this.flush(new Set(parts.flatMap((part) => (part.kind === 'header' ? [part.tool] : []))));
    if (message.isSummary) this.readSummary(message, 'user', place);
    else this.readUser(parts, message, place);
  }

  finish(): void {
    this.flush(new Set());
    keepPassed(this.run, this.requests.rest(), true);
    const { completion } = this;
    // What the call that ended the task said is the final message.
    if (completion) this.run.think(completion.text, completion.place);
  }

  private flush(answered: ReadonlySet<string>): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (!waiting) return;
    const { message, place } = waiting;
    if (message.isSummary) this.readSummary(message, 'assistant', place);
    else this.readAnswer(message, place, answered);
  }

  private readSummary(message: HistoryMessage, role: 'user' | 'assistant', place: SourceRef): void {
    for (const [index, block] of blocksOf(message.content).entries()) {
      const text = asString(block.text);
      if (text === undefined || text.trim() === '') continue;
      this.run.message({ role, kind: 'compaction', text, place: blockPlace(message, place, index) });
    }
    this.run.log.add('compacted-history', 'warning', 'a summary stands for earlier messages', place);
  }

  private readAnswer(message: HistoryMessage, place: SourceRef, answered: ReadonlySet<string>): void {
    const { run } = this;
    const { request, passed } = this.requests.take(message.ts);
    keepPassed(run, passed);
    const usage = message.usage ?? request?.usage;
    run.beginTurn(usage);
    run.model ??= message.modelId;
    this.completion = undefined;
    this.open.nextAnswer();
    const blocks = blocksOf(message.content);
    // The editor's copy has reasoning that older histories lack; where the history has it, once is enough.
    const own = blocks.some(({ type }) => type === 'thinking' || type === 'reasoning');
    if (!own) for (const { text, place: shown } of request?.reasoning ?? []) run.think(text, shown);
    for (const [index, block] of blocks.entries()) {
      this.readAnswerBlock(block, blockPlace(message, place, index), message.ts, answered);
    }
    keepBrokenOff(run, request);
  }

  private readAnswerBlock(
    block: JsonObject,
    place: SourceRef,
    at: Millis | undefined,
    answered: ReadonlySet<string>,
  ): void {
    const { run } = this;
    switch (block.type) {
      case 'tool_use':
        this.call(
          {
            tool: asString(block.name) ?? 'unknown',
            args: asObject(block.input) ?? {},
            raw: undefined,
            complete: true,
            id: asString(block.id),
          },
          place,
          at,
        );
        return;
      case 'thinking':
        run.think(asString(block.thinking), place);
        return;
      case 'reasoning':
        run.think(asString(block.text) ?? asString(block.reasoning) ?? summaryOf(block), place);
        return;
      case 'redacted_thinking':
      case 'thoughtSignature':
        return;
      default:
        break;
    }
    const text = asString(block.text);
    if (text === undefined) {
      run.log.fold('unknown-record', 'info', `a block of type ${asString(block.type) ?? '(none)'}`, place);
      return;
    }
    for (const part of parseCalls(text, TOOL_NAMES, answered)) {
      if (part.kind === 'text') run.think(part.text, place);
      else this.call({ ...part, id: undefined }, place, at);
    }
  }

  private call(
    { tool, args, raw, complete, id }: WrittenCall,
    place: SourceRef,
    at: Millis | undefined,
  ): void {
    const command = tool === SHELL ? asString(args.command) : undefined;
    const step = this.run.call({
      tool,
      action: (complete ? command : undefined) ?? raw ?? renderAction(tool, args),
      args,
      ...(at !== undefined && { startedAt: at }),
      place,
    });
    this.open.add(tool, id, step);
    // Handing in the work is answered only when the user has something to say to it.
    if (tool === COMPLETION) this.run.result(step, { status: 'unknown' });
    const said = asString(args.result);
    this.completion = tool === COMPLETION && said !== undefined ? { text: said, place } : undefined;
  }

  private readUser(parts: readonly UserPart[], message: HistoryMessage, place: SourceRef): void {
    let current: Answer | undefined;
    for (const part of parts) {
      const at = blockPlace(message, place, part.index);
      if (part.kind === 'header' || part.kind === 'result') {
        this.settle(current, message.ts);
        current = this.startAnswer(part, at);
      } else if (part.kind === 'surroundings') {
        this.settle(current, message.ts);
        current = undefined;
        this.readSurroundings(part.text, at);
      } else if (part.kind === 'image') {
        if (current) current.images.push(...part.images);
        else this.run.log.fold('left-out-image', 'info', 'an image in a prompt is kept by name only', at);
      } else if (current && belongsToAnswer(part.text)) {
        current.texts.push(part.text);
        current.place = current.texts.length === 1 ? at : current.place;
      } else {
        this.settle(current, message.ts);
        current = undefined;
        this.readUserText(part.text, at);
      }
    }
    this.settle(current, message.ts);
  }

  private startAnswer(part: Extract<UserPart, { kind: 'header' | 'result' }>, place: SourceRef): Answer {
    if (part.kind === 'result') {
      const found = this.open.takeById(part.id);
      const texts = part.text === '' ? [] : [part.text];
      return { ...found, head: '', texts, images: [...part.images], failed: part.failed, place };
    }
    const found = this.open.takeByName(part.tool);
    const texts = part.rest === '' ? [] : [part.rest];
    return { ...found, head: part.head, texts, images: [], failed: false, place };
  }

  private settle(answer: Answer | undefined, at: Millis | undefined): void {
    if (!answer) return;
    const { run } = this;
    const { step, place } = answer;
    const text = answer.texts.join('\n');
    if (!step) {
      run.log.fold('unpaired-result', 'warning', 'a result answers no call that was seen', place);
      const whole = [answer.head, text].filter((part) => part !== '').join('\n');
      if (whole !== '') run.message({ role: 'environment', kind: 'notice', text: whole, place });
      return;
    }
    // A call that failed may be answered twice, the second time with what there was all the same.
    const failed = answer.failed || step.result?.status === 'error';
    run.result(step, {
      observation: text,
      ...(answer.images.length > 0 && { images: answer.images }),
      ...readResultFacts(step.facts.tool, text, failed),
      ...(at !== undefined && { endedAt: at }),
      place,
    });
  }

  private readSurroundings(text: string, place: SourceRef): void {
    const { cwd, model, agent } = readSurroundings(text);
    if (agent !== undefined) this.run.agent ??= { name: agent };
    this.run.initialCwd ??= cwd;
    this.run.model ??= model;
    this.run.message({ role: 'environment', kind: 'notice', text, place });
  }

  private readUserText(text: string, place: SourceRef): void {
    const { role, kind } = kindOfUserText(text);
    if (kind === 'compaction') {
      this.run.log.add(
        'compacted-history',
        'warning',
        'earlier messages were left out of the history',
        place,
      );
    }
    if (kind === 'prompt' && this.run.calls.length === 0) this.run.task ??= { text: taskOf(text), place };
    this.run.message({ role, kind, text, place });
  }
}

interface WrittenCall {
  readonly tool: string;
  readonly args: JsonObject;
  /** The call as it stands in a text; undefined for a block of its own. */
  readonly raw: string | undefined;
  readonly complete: boolean;
  readonly id: string | undefined;
}

interface Answer {
  readonly tool: string;
  readonly step: PendingStep | undefined;
  readonly head: string;
  readonly texts: string[];
  readonly images: string[];
  readonly failed: boolean;
  place: SourceRef;
}

function belongsToAnswer(text: string): boolean {
  return !(
    text.includes('\n<user_message>') ||
    text.startsWith('<user_message>') ||
    text.startsWith('[TASK RESUMPTION]') ||
    text.startsWith('[ERROR] You did not use a tool') ||
    text.startsWith('<task>')
  );
}

function summaryOf(block: JsonObject): string | undefined {
  const texts = blocksOf(block.summary).flatMap(({ text }) => asString(text) ?? []);
  return texts.length > 0 ? texts.join('\n') : undefined;
}

function blockPlace(message: HistoryMessage, place: SourceRef, index: number): SourceRef {
  const inside = typeof message.content === 'string' ? pointer('content') : pointer('content', index);
  return { ...place, pointer: `${place.pointer ?? ''}${inside}` };
}
