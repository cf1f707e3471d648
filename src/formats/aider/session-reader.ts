import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { answerEdits, namedPaths, type OpenEdit } from './answer-edits.ts';
import { parseAnswer } from './parse-answer.ts';
import { isSteering, readUserCommand } from './read-command.ts';
import { type Chunk, type HistoryLine, readBanner, readUsageLine } from './schema.ts';

/** Services' errors as aider prints them. */
const API_ERROR =
  /^(?:litellm\.|openai\.|anthropic\.)\w{0,40}(?:Error|Exception|Timeout): |^API (?:error|provider)\b/i;
const LIMIT = /exceeds? the .{0,40}token limit|has hit a token limit|context window exceeded/i;
/** A command that the agent proposed, and that the user let run. */
const RUNNING = /^Running (\S.*)$/;

/** Reads the chunks of one session into a run. */
export class SessionReader {
  private readonly run: RunBuilder;
  private readonly artifact: string;

  constructor(run: RunBuilder, artifact: string) {
    this.run = run;
    this.artifact = artifact;
  }

  read(chunks: readonly Chunk[]): void {
    for (const [index, chunk] of chunks.entries()) {
      const after = chunks[index + 1];
      const printed = after?.kind === 'tool' ? after.lines : [];
      const before = chunks[index - 1]?.kind;
      if (chunk.kind === 'prompt') this.readPrompt(chunk.lines, printed);
      else if (chunk.kind === 'agent') this.readAnswer(chunk.lines, printed, before === undefined);
      else if (before === undefined) this.readNotices(chunk.lines);
    }
  }

  private readPrompt(lines: readonly HistoryLine[], printed: readonly HistoryLine[]): void {
    const { run } = this;
    const text = lines
      .map((line) => line.text)
      .join('\n')
      .trim();
    const place = this.at(lines);
    const command = readUserCommand(text);
    if (command) {
      run.beginTurn();
      const step = run.call({ ...command, place });
      const shown = this.takeFacts(printed);
      run.result(step, {
        ...(shown.length > 0 && { observation: joinLines(shown), place: this.at(shown) }),
        status: 'unknown',
      });
      return;
    }
    if (text !== '') {
      const own = /^# Fix any errors below|^## Running: /.test(text);
      const steers = isSteering(text);
      if (!own && !steers && run.calls.length === 0) run.task ??= { text, place };
      // Aider sends what its checks found in the user's name.
      if (own) run.message({ role: 'environment', kind: 'reply', text, place });
      else run.message({ role: 'user', kind: steers ? 'notice' : 'prompt', text, place });
    }
    this.readNotices(printed);
  }

  private readAnswer(lines: readonly HistoryLine[], after: readonly HistoryLine[], preamble: boolean): void {
    const { run } = this;
    if (preamble) {
      // Before the first prompt nobody has asked anything: words around an excerpt.
      this.notice(lines);
      this.readNotices(after);
      return;
    }
    const [usage, printed] = this.takeUsage(after);
    run.beginTurn(usage);
    const open: OpenEdit[] = [];
    for (const part of parseAnswer(lines, namedPaths(printed))) {
      if (part.kind === 'text') run.think(part.text, { artifact: this.artifact, line: part.line });
      else {
        const { tool, args, raw, line } = part.edit;
        const step = run.call({ tool, action: raw, args, place: { artifact: this.artifact, line } });
        open.push({ edit: part.edit, step });
      }
    }
    const shown = this.takeFacts(printed);
    const [own, commands] = cutCommands(shown);
    if (open.length > 0) answerEdits(run, open, own, this.artifact);
    else this.messages(own);
    for (const command of commands) this.runCommand(command);
  }

  /** A shell command that the agent had proposed. Its output is in the history only where it was shown in the chat. */
  private runCommand(lines: readonly HistoryLine[]): PendingStep {
    const [first, ...rest] = lines;
    const command = RUNNING.exec(first?.text ?? '')?.[1] ?? '';
    const step = this.run.call({ tool: 'shell', action: command, args: { command }, place: this.at(lines) });
    this.run.result(step, {
      ...(rest.length > 0 && { observation: joinLines(rest), place: this.at(rest) }),
      status: 'unknown',
    });
    return step;
  }

  private readNotices(lines: readonly HistoryLine[]): void {
    const [, rest] = this.takeUsage(lines);
    this.messages(this.takeFacts(rest));
  }

  /** Reads version, model, directory, interruptions and faults; answers the lines that hold more than that. */
  private takeFacts(lines: readonly HistoryLine[]): HistoryLine[] {
    const { run } = this;
    const rest: HistoryLine[] = [];
    for (const line of lines) {
      const { text } = line;
      const place = this.at([line]);
      const { version, model, cwd } = readBanner(text);
      if (version !== undefined) run.agent = { name: 'aider', version };
      run.model = model ?? run.model;
      run.initialCwd ??= cwd;
      if (text === '^C KeyboardInterrupt') {
        run.message({ role: 'user', kind: 'interruption', text, place });
        continue;
      }
      if (API_ERROR.test(text)) run.exceptions.push({ kind: 'api', message: text, place });
      else if (LIMIT.test(text)) run.exceptions.push({ kind: 'limit', message: text, place });
      rest.push(line);
    }
    while (rest.at(-1)?.text.trim() === '') rest.pop();
    while (rest[0]?.text.trim() === '') rest.shift();
    return rest;
  }

  /** Takes what a request cost off the lines. */
  private takeUsage(lines: readonly HistoryLine[]): [Usage | undefined, HistoryLine[]] {
    let sum: Usage | undefined;
    const rest: HistoryLine[] = [];
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i];
      if (!line) break;
      const next = lines[i + 1];
      // The cost may stand on the next line of the same message.
      const more = next?.text.startsWith('Cost: ') ? next : undefined;
      const usage = readUsageLine(more ? `${line.text} ${more.text}` : line.text);
      if (!usage) {
        rest.push(line);
        continue;
      }
      sum = addUsage(sum, usage);
      this.notice(more ? [line, more] : [line]);
      if (more) i++;
    }
    this.run.totalUsage = addUsage(this.run.totalUsage, sum);
    return [sum, rest];
  }

  private messages(lines: readonly HistoryLine[]): void {
    if (lines.length > 0) this.notice(lines);
  }

  private notice(lines: readonly HistoryLine[]): void {
    const text = joinLines(lines);
    if (text.trim() === '') return;
    this.run.message({ role: 'environment', kind: 'notice', text, place: this.at(lines) });
  }

  private at(lines: readonly HistoryLine[]): SourceRef {
    const [first] = lines;
    return first ? { artifact: this.artifact, line: first.line } : { artifact: this.artifact };
  }
}

function joinLines(lines: readonly HistoryLine[]): string {
  return lines.map(({ text }) => text).join('\n');
}

/** What was printed before the first command that was run, and the commands with what follows each. */
function cutCommands(lines: readonly HistoryLine[]): [HistoryLine[], HistoryLine[][]] {
  const before: HistoryLine[] = [];
  const commands: HistoryLine[][] = [];
  for (const line of lines) {
    if (RUNNING.test(line.text)) commands.push([line]);
    else (commands.at(-1) ?? before).push(line);
  }
  return [before, commands];
}
