import { asArray, asString, at, isObject, type JsonObject, pointer } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { JsonElement } from '../port.ts';
import { readContent } from '../shared/content-text.ts';
import { parseArguments } from '../shared/render-action.ts';
import { readPromptDirectory, readTaskText } from './task-text.ts';

/** An answer in the history: what it did, and the structured call behind it where the agent used tool calls. */
export interface HistoryAnswer {
  readonly action: string | undefined;
  readonly text: string;
  readonly tool: string | undefined;
  readonly args: JsonObject | undefined;
  readonly place: string;
}

/**
 * The history is the prompt as the model last saw it. It gives what the trajectory lacks: system prompt, demonstrations
 * and task (kept as prompts, never as steps), and the structured arguments of tool calls.
 */
export class HistoryReader {
  readonly answers: HistoryAnswer[] = [];
  private readonly run: RunBuilder;
  private readonly root: SourceRef;
  private tasked = false;
  /** Messages after the first answer repeat the trajectory; without one they are all there is. */
  private readonly alone: boolean;

  /** `root` is the place of the document. */
  constructor(run: RunBuilder, root: SourceRef, alone: boolean) {
    this.run = run;
    this.root = root;
    this.alone = alone;
  }

  read({ value, index }: JsonElement): void {
    if (!isObject(value)) {
      const place = this.at(index);
      this.run.log.fold('unexpected-shape', 'warning', 'an entry of the history is no message', place);
      return;
    }
    const { text } = readContent(value.content);
    const role = asString(value.role);
    if (role === 'assistant' && value.is_demo !== true) this.readAnswer(value, text, index);
    else if (this.alone || this.answers.length === 0) this.readPrompt(value, role, text, index);
  }

  private at(index: number, ...keys: string[]): SourceRef & { readonly pointer: string } {
    const { artifact, pointer: root = '' } = this.root;
    return { artifact, pointer: root + pointer('history', index, ...keys) };
  }

  private readPrompt(value: JsonObject, role: string | undefined, text: string, index: number): void {
    const place = this.at(index, 'content');
    if (text.trim() === '') return;
    const who =
      role === 'system' || role === 'user' || role === 'assistant' ? role : ('environment' as const);
    const kind = this.answers.length === 0 ? 'prompt' : 'notice';
    this.run.message({ role: who, kind, text, place });
    if (role !== 'user' || value.is_demo === true || this.tasked) return;
    this.tasked = true;
    this.run.task = { ...this.run.task, text: readTaskText(text), place };
    const directory = readPromptDirectory(text);
    if (directory !== undefined) this.run.initialCwd = directory;
  }

  private readAnswer(value: JsonObject, text: string, index: number): void {
    const calls = asArray(value.tool_calls) ?? [];
    // One call per answer is what the agent executes; of several none belongs to the action for sure.
    const call = calls.length === 1 ? calls[0] : undefined;
    const thought = asString(value.thought);
    this.answers.push({
      action: asString(value.action),
      text: text === '' ? (thought ?? '') : text,
      tool: asString(at(call, 'function', 'name')),
      args: parseArguments(at(call, 'function', 'arguments')),
      place: this.at(index).pointer,
    });
    if (this.alone) {
      const place = this.at(index, 'content');
      const parts = [text, thought, asString(value.action)].filter(
        (part, at, all) => part !== undefined && part !== '' && all.indexOf(part) === at,
      );
      this.run.message({ role: 'assistant', kind: 'notice', text: parts.join('\n\n'), place });
    }
  }
}

/** How far ahead an action is looked for: answers that were asked for again stand between. */
const WINDOW = 20;

/** Walks along the history's answers beside the trajectory and finds the one that each action came from. */
export class AnswerMatcher {
  private next = 0;
  private readonly answers: readonly HistoryAnswer[];

  constructor(answers: readonly HistoryAnswer[]) {
    this.answers = answers;
  }

  /** The answer of an action, and those passed over on the way to it. */
  match(action: string): { readonly answer?: HistoryAnswer; readonly skipped: readonly HistoryAnswer[] } {
    const wanted = action.trim();
    const end = Math.min(this.answers.length, this.next + WINDOW);
    for (let i = this.next; i < end; i++) {
      const answer = this.answers[i];
      if (answer?.action?.trim() !== wanted) continue;
      const skipped = this.answers.slice(this.next, i);
      this.next = i + 1;
      return { answer, skipped };
    }
    return { skipped: [] };
  }

  /** Answers after the last match. */
  rest(): readonly HistoryAnswer[] {
    return this.answers.slice(this.next);
  }
}
