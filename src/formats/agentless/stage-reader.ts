import type { Millis } from '../../model/ids.ts';
import type { PlacedText } from '../../model/run.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { splitAnswer } from './answer-text.ts';
import { readApiResponse } from './api-response.ts';
import { type LogRecord, nameCall, readIssue } from './schema.ts';

const PROMPT = /^prompting with (?:[\w-]{1,30} ){0,3}message:\n?/;
const API = 'API response ';
const PATCH = 'extracted patch:';

/**
 * What the next record is. `answer`: what the model said; `locations`: what was taken of it; `sample`: the edits of one
 * sample and its patch; `rest`: nothing that was asked for.
 */
type Phase = 'rest' | 'prompted' | 'answer' | 'answered' | 'locations' | 'sample' | 'patch';

/** Reads the records of one stage on one task into a run. */
export class StageReader {
  private readonly run: RunBuilder;
  private readonly stage: 'localize' | 'repair';
  private readonly artifact: string;
  private phase: Phase = 'rest';
  private tool = 'ask_model';
  private turnOpen = false;
  private step: PendingStep | undefined;
  private taken: { texts: string[]; patch: string | undefined; place: SourceRef | undefined } = nothing();
  /** Answers that a client printed and that no record has repeated yet. */
  private printed: PlacedText[] = [];
  private usage: Usage | undefined;
  private lastNotice: string | undefined;

  constructor(run: RunBuilder, stage: 'localize' | 'repair', artifact: string) {
    this.run = run;
    this.stage = stage;
    this.artifact = artifact;
  }

  read(record: LogRecord): void {
    const { text } = record;
    const place = { artifact: this.artifact, line: record.line };
    this.run.startedAt ??= record.at;
    this.run.endedAt = record.at ?? this.run.endedAt;
    if (PROMPT.test(text)) return this.readPrompt(text.replace(PROMPT, ''), place);
    if (text.startsWith(API)) return this.readApi(text, place);
    if (text === 'Creating API request' || /^Processing bug \S+$/.test(text)) return undefined;
    if (/^={20,}$/.test(text)) {
      if (this.phase === 'locations') this.close(record.at);
      return undefined;
    }
    if (text === '==== raw output ====') {
      this.close(record.at);
      this.phase = 'answer';
      return undefined;
    }
    if (text === '==== extracted locs ====') {
      this.phase = 'locations';
      return undefined;
    }
    if (text.startsWith('raw output:')) {
      this.close(record.at);
      this.answer(text.slice('raw output:'.length), record.at, place);
      this.phase = 'sample';
      return undefined;
    }
    if (/^Can't run \w+ engine|^Error in API|Exception: /.test(text)) {
      this.run.exceptions.push({ kind: 'api', message: text, place });
      return undefined;
    }
    return this.readOther(record, place);
  }

  finish(): void {
    this.close(undefined);
    this.keepPrinted();
  }

  private readPrompt(text: string, place: SourceRef): void {
    this.close(undefined);
    this.keepPrinted();
    const issue = readIssue(text);
    if (issue !== undefined && this.run.task?.text === undefined) {
      this.run.task = { ...this.run.task, text: issue, place };
    }
    this.run.message({ role: 'user', kind: 'prompt', text, place });
    this.tool = nameCall(this.stage, text);
    this.turnOpen = false;
    this.phase = 'prompted';
  }

  private readApi(text: string, place: SourceRef): void {
    const { texts, model, usage } = readApiResponse(text);
    // The stage's own model under its full name; a reflection may ask another one.
    const named = this.run.model;
    if (model !== undefined && (named === undefined || model.startsWith(named))) this.run.model = model;
    this.usage = addUsage(this.usage, usage);
    this.run.totalUsage = addUsage(this.run.totalUsage, usage);
    this.printed.push(...texts.map((said) => ({ text: said, place })));
  }

  private readOther({ text, at }: LogRecord, place: SourceRef): void {
    const { taken } = this;
    switch (this.phase) {
      case 'prompted':
      case 'answer':
        this.answer(text, at, place);
        this.phase = 'answered';
        return;
      case 'locations':
        taken.texts.push(text);
        taken.place ??= place;
        return;
      case 'sample':
        if (text === PATCH) this.phase = 'patch';
        else if (text.trim() !== '') taken.texts.push(text);
        return;
      case 'patch':
        taken.patch = text;
        taken.place = place;
        this.close(at);
        return;
      case 'answered':
      case 'rest':
        this.notice(text, place);
        return;
      default:
        return this.phase;
    }
  }

  /** One answer of the model, taken by the pipeline: a step. */
  private answer(said: string, at: Millis | undefined, place: SourceRef): void {
    const { run } = this;
    if (!this.turnOpen) run.beginTurn(this.usage);
    this.turnOpen = true;
    this.usage = undefined;
    const own = this.printed.findIndex(({ text }) => text.trim() === said.trim());
    if (own >= 0) this.printed.splice(own, 1);
    if (said.trim() === '') {
      run.log.fold('unexpected-shape', 'warning', 'the model gave no answer', place);
      return;
    }
    const { thought, action } = splitAnswer(said);
    run.think(thought, place);
    this.step = run.call({ tool: this.tool, action, ...(at !== undefined && { startedAt: at }), place });
  }

  /** Ends the step with what was taken of its answer. */
  private close(at: Millis | undefined): void {
    const { step, taken, run } = this;
    this.phase = 'rest';
    this.taken = nothing();
    this.step = undefined;
    if (!step) return;
    const whole = taken.texts.join('\n');
    const shown = this.stage === 'repair' ? taken.patch : whole;
    // An answer that names no place, or an edit that fits nowhere, gives nothing: that is its result.
    run.result(step, {
      ...(shown !== undefined && taken.place && { observation: shown, place: taken.place }),
      ...(this.stage === 'repair' && whole !== '' && { rawOutput: whole }),
      status:
        this.stage === 'repair' && taken.patch !== undefined
          ? taken.patch.trim() === ''
            ? 'error'
            : 'ok'
          : 'unknown',
      ...(at !== undefined && { endedAt: at }),
    });
  }

  /** Answers to prompts that the log does not hold (a reflection): what the model thought. */
  private keepPrinted(): void {
    for (const { text, place } of this.printed.splice(0)) this.run.think(text, place);
  }

  /** Later processing is written down as often as its logger was set up: copies right after each other are one. */
  private notice(text: string, place: SourceRef): void {
    if (text.trim() === '') return;
    if (text === this.lastNotice) {
      this.run.log.fold('duplicate-record', 'info', 'a record stands there several times', place);
      return;
    }
    this.lastNotice = text;
    this.run.message({ role: 'environment', kind: 'notice', text, place });
  }
}

function nothing(): { texts: string[]; patch: string | undefined; place: SourceRef | undefined } {
  return { texts: [], patch: undefined, place: undefined };
}
