import { asString } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { ResultFacts } from '../../model/thread-builder.ts';
import { describeRequest } from '../openhands/describe-call.ts';
import { distinctTexts } from '../openhands/distinct-texts.ts';
import { readShownShellResult } from '../openhands/read-shell-result.ts';
import type { CallRecord } from './attempts.ts';
import { AnswerIndex } from './match-answers.ts';
import { unwrapTask } from './text-calls.ts';
import { isStep, type ViewCall, type ViewMessage } from './view.ts';
import { WaitingCalls } from './waiting-calls.ts';

const SHELLS = new Set(['execute_bash', 'bash', 'terminal']);

/** Builds one attempt's run: the fullest view in order, then the last answer, which no view shows. */
export class AttemptReader {
  private readonly run: RunBuilder;
  private readonly records: readonly CallRecord[];
  private readonly index: AnswerIndex;
  private readonly waiting = new WaitingCalls();
  private readonly finished = new Set<string>();
  /** Steps that calls asked for which stand neither in the fullest view nor in the last answer. */
  private left = 0;
  private sawPrompt = false;

  constructor(run: RunBuilder, records: readonly CallRecord[]) {
    this.run = run;
    this.records = records;
    // The last answer is read by itself.
    this.index = new AnswerIndex(records.slice(0, -1));
  }

  read(view: readonly ViewMessage[], artifact: string): void {
    const place = (message: ViewMessage): SourceRef => ({ artifact, pointer: message.pointer });
    for (let at = 0; at < view.length; at++) {
      const message = view[at];
      if (!message) continue;
      if (message.role === 'assistant') {
        const answer = takeAnswer(view, at);
        this.readShown(answer, place);
        at += answer.length - 1;
      } else if (message.role === 'tool') this.readResult(message, place(message));
      else this.readPrompt(message, place(message));
    }
    this.keepLeft(this.index.last + 1, this.records.length - 1);
    const last = this.records.at(-1);
    if (last)
      this.readTurn(last.answer, last, (message) => ({ artifact: last.path, pointer: message.pointer }));
    this.report();
  }

  private readPrompt({ role, text }: ViewMessage, place: SourceRef): void {
    if (role === 'system') {
      this.run.message({ role: 'system', kind: 'prompt', text, place });
      return;
    }
    if (!this.sawPrompt) this.run.task = { ...this.run.task, text: unwrapTask(text), place };
    this.run.message({ role: 'user', kind: this.sawPrompt ? 'reply' : 'prompt', text, place });
    this.sawPrompt = true;
  }

  private readShown(answer: readonly ViewMessage[], place: (message: ViewMessage) => SourceRef): void {
    const before = this.index.last + 1;
    const found = this.index.find(answer);
    if (found !== undefined) this.keepLeft(before, found);
    this.readTurn(answer, found === undefined ? undefined : this.records[found], place);
  }

  private readTurn(
    answer: readonly ViewMessage[],
    record: CallRecord | undefined,
    place: (message: ViewMessage) => SourceRef,
  ): void {
    if (answer.length === 0) return;
    this.run.beginTurn(record?.usage);
    for (const message of answer) {
      for (const text of distinctTexts([...message.reasoning, message.text]))
        this.run.think(text, place(message));
      for (const call of message.calls) this.readCall(call, record, place(message));
    }
  }

  private readCall(call: ViewCall, record: CallRecord | undefined, place: SourceRef): void {
    if (!isStep(call)) {
      if (call.id !== undefined) this.finished.add(call.id);
      for (const value of Object.values(call.args ?? {})) {
        const text = asString(value);
        // `task_completed` and the like are flags, not words.
        if (text !== undefined && /\s/.test(text.trim())) this.run.think(text, place);
      }
      return;
    }
    const step = this.run.call({
      tool: call.name,
      action: describeRequest(call.name, call.args),
      ...(call.args && { args: call.args }),
      ...(record?.timestamp !== undefined && { startedAt: record.timestamp }),
      place,
    });
    this.waiting.add(step, call.id);
  }

  private readResult(message: ViewMessage, place: SourceRef): void {
    const { callId, toolName } = message;
    const step = this.waiting.take(callId, toolName);
    if (step) {
      this.run.result(step, toResult(message, step.facts.tool, place));
      return;
    }
    // A finish call is answered with its own message.
    if ((callId !== undefined && this.finished.has(callId)) || toolName === 'finish') return;
    this.run.message({ role: 'environment', kind: 'notice', text: message.text, place });
    this.run.log.fold('unpaired-result', 'warning', 'a result answers no call of the view', place);
  }

  /** Answers that the fullest view does not show are no steps; their words are kept beside the steps. */
  private keepLeft(from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const record = this.records[at];
      if (!record) continue;
      const ids = new Set<string>();
      for (const message of record.answer) {
        const place = { artifact: record.path, pointer: message.pointer };
        const calls = message.calls.map((call) => describeRequest(call.name, call.args));
        for (const text of distinctTexts([...message.reasoning, message.text, ...calls])) {
          this.run.message({ role: 'assistant', kind: 'notice', text, place });
        }
        for (const { id } of message.calls) if (id !== undefined) ids.add(id);
        this.left += message.calls.filter(isStep).length;
      }
      const next = this.records[at + 1];
      for (const message of next?.tail ?? []) {
        if (message.callId === undefined || !ids.has(message.callId)) continue;
        const place = { artifact: next?.path ?? record.path, pointer: message.pointer };
        this.run.message({ role: 'environment', kind: 'notice', text: message.text, place });
      }
    }
  }

  private report(): void {
    if (this.left === 0) return;
    const condensed = this.records.some((record, at) => record.length < (this.records[at - 1]?.length ?? 0));
    if (condensed) {
      const text = `the history was condensed: ${this.left} calls are not in its fullest view and are no steps`;
      this.run.log.add('compacted-history', 'warning', text);
    } else {
      this.run.log.add(
        'abandoned-call',
        'info',
        `${this.left} calls of answers that were not used are no steps`,
      );
    }
  }
}

/** One answer of the model: a message of the chat interface, or the items that stand together in the other one. */
function takeAnswer(view: readonly ViewMessage[], from: number): readonly ViewMessage[] {
  const first = view[from];
  if (!first?.pointer.startsWith('/input/')) return first ? [first] : [];
  let to = from + 1;
  while (view[to]?.role === 'assistant') to++;
  return view.slice(from, to);
}

function toResult({ text, images }: ViewMessage, tool: string, place: SourceRef): ResultFacts {
  const shell = SHELLS.has(tool) ? readShownShellResult(text) : undefined;
  const failed = text.startsWith('ERROR:');
  return {
    observation: text,
    ...(images.length > 0 && { images }),
    ...(shell?.exitCode !== undefined && { exitCode: shell.exitCode }),
    status: failed ? 'error' : (shell?.status ?? 'unknown'),
    ...(shell?.recordedCwd !== undefined && { recordedCwd: shell.recordedCwd }),
    place,
  };
}
