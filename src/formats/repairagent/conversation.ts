import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { renderAction } from '../shared/render-action.ts';
import { parseReply, type Reply } from './parse-reply.ts';
import { type ChatMessage, readBugId, readGoals } from './schema.ts';

const RESULT =
  /^(?:Command \S{1,100} returned\b|Could not execute command|Unable to execute command|Human feedback:|Failure: command )/;

/**
 * The messages of a run, each once. Prompts repeat what came before: a reply and its result stand at the end of the next
 * cycle's prompt, and may stand in later ones too.
 */
export class Conversation {
  private readonly run: RunBuilder;
  private open: PendingStep | undefined;
  /** A reply that a file of its own told; the next prompt shows it again. */
  private told = false;
  /** Replies and results so far, in order: what a later prompt repeats is their end. */
  private readonly said: string[] = [];
  private readonly shown = new Set<string>();
  private before: string | undefined;
  private cycle = 0;

  constructor(run: RunBuilder) {
    this.run = run;
  }

  /** The messages of one cycle's prompt. */
  readPrompt(messages: readonly ChatMessage[]): void {
    const [first] = messages;
    const whole = messages.map(({ role, content }) => `${role}\u0000${content}`).join('\u0000');
    if (whole === this.before && first) {
      this.run.log.fold('duplicate-record', 'info', 'a prompt was sent again', first.place);
      return;
    }
    this.before = whole;
    this.cycle++;
    const known = this.countKnown(messages.filter(isTurn));
    let turn = 0;
    for (const message of messages) {
      if (!isTurn(message)) this.readAround(message);
      else if (turn++ >= known) this.readTurn(message);
    }
  }

  /** The reply of a cycle, from its own file. */
  readAction(reply: Reply, raw: string, place: SourceRef): void {
    this.call(reply, raw, place);
    this.told = true;
  }

  /**
   * How many turns at the start of a prompt came before. Between two prompts a command was run, so the last reply is
   * always new, even if the command and its result are the same as before.
   */
  private countKnown(turns: readonly ChatMessage[]): number {
    const { said } = this;
    const last = turns.findLastIndex(({ role }) => role === 'assistant');
    for (let size = Math.min(last, said.length); size > 0; size--) {
      const start = said.length - size;
      if (turns.slice(0, size).every(({ content }, i) => said[start + i] === content)) return size;
    }
    return 0;
  }

  private readTurn({ role, content, place }: ChatMessage): void {
    this.said.push(content);
    if (role !== 'assistant') {
      this.result(content, place);
      return;
    }
    if (this.told) {
      this.told = false;
      return;
    }
    const reply = parseReply(content);
    if (reply?.tool !== undefined) {
      this.call(reply, content, place);
      return;
    }
    this.run.beginTurn();
    this.run.think(content, place);
    this.run.log.fold('malformed-json', 'warning', 'a reply holds no command', place);
    this.open = undefined;
  }

  private call(reply: Reply, raw: string, place: SourceRef): void {
    const { run } = this;
    run.beginTurn();
    run.think(reply.around, place);
    run.think(reply.thoughts, place);
    const named = reply.tool !== undefined;
    if (!named) run.log.fold('unexpected-shape', 'warning', 'a reply names no command', place);
    const tool = reply.tool ?? 'missing_command';
    const action = named ? renderAction(tool, reply.args) : raw;
    this.open = run.call({ tool, action, args: reply.args, place });
  }

  private result(text: string, place: SourceRef): void {
    const { open, run } = this;
    this.open = undefined;
    this.told = false;
    if (open) {
      run.result(open, { observation: text, status: statusOf(text), place });
      return;
    }
    // What answers a reply without a command tells the model so.
    const refused = /^(?:Could not|Unable to) execute/.test(text);
    if (!refused)
      run.log.fold('unpaired-result', 'warning', 'a result answers no command that was seen', place);
    run.message({ role: 'environment', kind: refused ? 'format-error' : 'notice', text, place });
  }

  /** System prompt, goals and instructions: each text once. Those of later cycles hold what the agent collected so far. */
  private readAround({ role, content, place }: ChatMessage): void {
    const { run } = this;
    const id = readBugId(content);
    if (id !== undefined) run.task ??= { id, text: readGoals(content), place };
    if (content === '' || this.shown.has(content)) return;
    this.shown.add(content);
    if (this.cycle > 1 && role === 'user')
      run.message({ role: 'environment', kind: 'notice', text: content, place });
    else run.message({ role, kind: 'prompt', text: content, place });
  }
}

/** A turn of the conversation: a reply, or what a command gave. */
function isTurn({ role, content }: ChatMessage): boolean {
  return role === 'assistant' || RESULT.test(content);
}

function statusOf(text: string): StepStatus {
  if (/^(?:Could not execute|Unable to execute|Failure: command)/.test(text)) return 'error';
  const result = /^Command \S{1,100} returned(?: a lengthy response[^:]{0,100})?:\s*([^\n]{0,200})/.exec(
    text,
  )?.[1];
  return result !== undefined && /^(?:Error\b|Unknown command|Cannot execute)/i.test(result) ? 'error' : 'ok';
}
