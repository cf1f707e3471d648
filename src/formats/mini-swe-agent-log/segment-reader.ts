import type { Message } from '../../model/run.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { SUBMIT_COMMAND } from '../mini-swe-agent/ending.ts';
import { kindOfExit } from '../mini-swe-agent/exit-status.ts';
import { type FencedBlock, textAround } from '../mini-swe-agent/fences.ts';
import { readObservation } from '../mini-swe-agent/observation.ts';
import { readTaskText } from '../mini-swe-agent/task-text.ts';
import { findCommands } from './find-commands.ts';
import { readRoleMarker, type StepMarker } from './markers.ts';
import { readPreambleFacts } from './preamble-facts.ts';
import type { LogLine } from './read-lines.ts';
import { type Reply, type Segment, splitSegment, textOf, trimLines } from './split-segment.ts';

/** An observation made of tagged parts, which come in a fixed order. */
const TAGGED = /^<(?:returncode|exception)>/;
/** Closing tags after which an observation has nothing more. */
const OUTPUT_END = /^<\/(?:output|output_tail)>\s*$/;
/** The agent's last line: what follows was printed by other programs. */
const SAVED = /^Saved trajectory to /;

/** Makes messages and steps of the text between markers. */
export class SegmentReader {
  private readonly run: RunBuilder;
  private marker: StepMarker | undefined;
  /** A submitting command without an observation yet. */
  private submitting: PendingStep | undefined;

  constructor(run: RunBuilder) {
    this.run = run;
  }

  begin(marker: StepMarker): void {
    this.marker = marker;
  }

  read(lines: readonly LogLine[]): void {
    if (this.marker) this.readSegment(splitSegment(lines));
    else this.readPreamble(lines);
  }

  finish(): void {
    if (this.marker) this.run.totalUsage = { costUsd: this.marker.cost };
    else {
      const place = { artifact: this.run.path };
      this.run.log.add('unexpected-shape', 'warning', 'the log has no step marker of mini-SWE-agent', place);
    }
  }

  /** Before the first step: output of other programs, then the system prompt and the task. */
  private readPreamble(lines: readonly LogLine[]): void {
    const starts: number[] = [];
    for (let i = 0; i < lines.length; i++) {
      const role = readRoleMarker(lines[i]?.text ?? '', lines[i - 1]?.text);
      if (role === 'System' || role === 'User') starts.push(i);
    }
    const before = starts[0] ?? lines.length;
    const skipped = trimLines(lines.slice(0, before)).length;
    const first = lines[0];
    const { version, model } = readPreambleFacts(lines.slice(0, before));
    if (version !== undefined) this.run.agent = { name: 'mini-swe-agent', version };
    this.run.model = model;
    if (skipped > 0 && first) {
      this.run.log.fold('other-text', 'info', `${skipped} lines before the conversation`, first.place);
    }
    for (const [index, start] of starts.entries()) {
      const body = trimLines(lines.slice(start + 1, starts[index + 1]));
      const isTask = lines[start]?.text.startsWith('User') ?? false;
      this.message(isTask ? 'user' : 'system', 'prompt', body);
      const place = body[0]?.place;
      if (isTask && place) this.run.task = { text: readTaskText(textOf(body), undefined), place };
    }
  }

  private readSegment(segment: Segment): void {
    this.submitting = undefined;
    const { assistant } = segment;
    const text = textOf(assistant);
    const commands = findCommands(text, segment);
    const place = assistant[0]?.place;
    if (!place) return;
    if (commands.length === 0) {
      this.run.think(text, place);
      for (const reply of segment.replies) this.readReply(reply, undefined, 'format-error');
      return;
    }
    this.readThoughts(text, commands, place);
    this.run.beginTurn();
    const steps = commands.map((block) =>
      this.run.call({ tool: 'bash', action: block.content, place: placeOf(assistant, text, block) }),
    );
    for (const step of steps) if (SUBMIT_COMMAND.test(step.facts.action)) this.submitting = step;
    const open = [...steps];
    for (const reply of segment.replies) {
      this.readReply(reply, reply.role === 'Exit' ? undefined : open.shift(), 'notice');
    }
  }

  private readThoughts(text: string, commands: readonly FencedBlock[], place: SourceRef): void {
    const [first] = commands;
    const last = commands.at(-1);
    if (!first || !last) return;
    for (const part of textAround(text, { ...first, end: last.end })) this.run.think(part, place);
  }

  private readReply(reply: Reply, step: PendingStep | undefined, kind: Message['kind']): void {
    const end = reply.lines.findIndex(({ text }) => SAVED.test(text));
    const lines = end < 0 ? reply.lines : trimLines(reply.lines.slice(0, end));
    const text = textOf(lines);
    const place = lines[0]?.place;
    const facts = readObservation(text);
    if (reply.role === 'Exit' || (step && step === this.submitting && !facts.recognized)) {
      this.readEnd(text, place);
    } else if (step) {
      const [own, rest] = TAGGED.test(text) ? cutAfterOutput(lines) : [lines, []];
      const observation = textOf(own);
      if (facts.elided) {
        this.run.log.fold('elided-output', 'info', 'the harness left out the middle of an output', place);
      }
      this.run.result(step, {
        observation,
        ...(facts.exitCode !== undefined && { exitCode: facts.exitCode }),
        status: facts.status,
        ...(place && { place }),
      });
      this.readRest(rest);
    } else this.message('user', kind, lines);
  }

  /** The last message: the submission, or what ended the run. */
  private readEnd(text: string, place: SourceRef | undefined): void {
    if (this.submitting) {
      if (!this.submitting.result) this.run.result(this.submitting, { status: 'ok' });
      this.run.exitStatus = 'Submitted';
      if (place) this.run.submission = { text, place };
      return;
    }
    if (!place) return;
    const status = /^\w+/.exec(text)?.[0] ?? '';
    const kind = kindOfExit(status, text) ?? 'crash';
    this.run.exceptions.push({ kind, message: text, place });
    this.run.message({ role: 'environment', kind: 'notice', text, place });
  }

  /** Text below an observation: a crash prints its trace there. */
  private readRest(lines: readonly LogLine[]): void {
    const rest = trimLines(lines);
    this.message('environment', 'notice', rest);
    const last = rest.at(-1);
    const trace = rest.find(({ text }) => text.includes('Traceback (most recent call last)'));
    if (!trace || !last) return;
    const status = /^[\w.]+/.exec(last.text)?.[0].split('.').at(-1) ?? '';
    const kind = kindOfExit(status, last.text) ?? 'crash';
    this.run.exceptions.push({ kind, message: last.text, place: last.place });
  }

  private message(role: Message['role'], kind: Message['kind'], lines: readonly LogLine[]): void {
    const place = lines[0]?.place;
    if (place) this.run.message({ role, kind, text: textOf(lines), place });
  }
}

/** The observation up to its last closing tag, and what stands below. */
function cutAfterOutput(lines: readonly LogLine[]): [readonly LogLine[], readonly LogLine[]] {
  const end = lines.findLastIndex(({ text }) => OUTPUT_END.test(text));
  return end < 0 ? [lines, []] : [lines.slice(0, end + 1), lines.slice(end + 1)];
}

/** The place of the line below a block's opening fence. */
function placeOf(lines: readonly LogLine[], text: string, block: FencedBlock): SourceRef {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < block.start; at = text.indexOf('\n', at + 1)) line++;
  const found = lines[Math.min(line, lines.length - 1)] ?? lines[0];
  return found?.place ?? { artifact: '' };
}
