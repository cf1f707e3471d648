import { asNumber, asString, at, pointer } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { CallFacts, PendingStep } from '../../model/thread-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { parseArguments, renderAction } from '../shared/render-action.ts';
import { findActionBlocks, textAround } from './fences.ts';
import { type MiniMessage, readMiniMessage } from './message.ts';
import { readObservation } from './observation.ts';

/** Reads the messages of one trajectory in order and makes steps of its executed actions. */
export class MiniThreadReader {
  /** Usage of all calls of the model, those without an action included. */
  usage: Usage | undefined;
  model: string | undefined;
  /** The command of the last call. */
  lastCommand = '';
  private readonly run: RunBuilder;
  private readonly artifact: string;
  private readonly label: string | undefined;
  /** Calls of the last turn that have no result yet, in order. */
  private open: { readonly id: string | undefined; readonly step: PendingStep }[] = [];
  private readonly late = new Map<string, PendingStep>();
  private turns = 0;
  /** The last turn held no action: what follows says why. */
  private refused = false;
  /** Usage of turns without an action; the next one that acts carries it. */
  private carried: Usage | undefined;

  /** `label` is the recorded label of the fences that hold actions. */
  constructor(run: RunBuilder, artifact: string, label: string | undefined) {
    this.run = run;
    this.artifact = artifact;
    this.label = label;
  }

  read(record: unknown, place: string): void {
    const message = readMiniMessage(record);
    if (!message) {
      const ref = { artifact: this.artifact, pointer: place };
      this.run.log.fold('unexpected-shape', 'warning', 'a message has no role', ref);
      return;
    }
    if (message.oddity !== undefined) {
      this.run.log.fold('unexpected-shape', 'warning', message.oddity, this.at(place));
    }
    if (message.role === 'assistant') this.readTurn(message, place);
    else this.readReply(message, place);
  }

  /** The step to which a result without an id would belong. */
  get awaiting(): PendingStep | undefined {
    return this.open[0]?.step;
  }

  private at(place: string, ...keys: readonly (string | number)[]): SourceRef {
    return { artifact: this.artifact, pointer: place + pointer(...keys) };
  }

  private readTurn(message: MiniMessage, place: string): void {
    this.turns++;
    this.model ??= message.model;
    this.countUsage(message.usage);
    for (const { id, step } of this.open) if (id !== undefined) this.late.set(id, step);
    this.open = [];
    for (const text of message.reasoning) this.run.think(text, this.at(place));
    const acted = message.calls.length > 0 ? this.readCalls(message, place) : this.readText(message, place);
    this.refused = !acted;
  }

  private countUsage(usage: Usage | undefined): void {
    this.usage = addUsage(this.usage, usage);
    this.carried = addUsage(this.carried, usage);
  }

  private readCalls(message: MiniMessage, place: string): boolean {
    this.run.think(message.text, this.at(place, message.textKey));
    if (message.actions?.length === 0) {
      // Recorded, but none was valid: the harness ran nothing.
      this.thinkCalls(message, this.at(place));
      return false;
    }
    this.beginTurn();
    for (const [index, call] of message.calls.entries()) {
      const args = parseArguments(call.arguments);
      const taken = message.actions?.length === message.calls.length ? message.actions[index] : undefined;
      const command = asString(taken?.command) ?? asString(args?.command);
      const action = command ?? renderAction(call.name, args);
      this.call(call.id, message, {
        tool: call.name,
        action,
        ...(args && { args }),
        place: this.at(place, ...call.path),
      });
    }
    return true;
  }

  /** Calls that were written but never ran stay readable in the thought. */
  private thinkCalls(message: MiniMessage, ref: SourceRef): void {
    for (const call of message.calls) {
      this.run.think(renderAction(call.name, parseArguments(call.arguments)), ref);
    }
  }

  private readText(message: MiniMessage, place: string): boolean {
    const { text } = message;
    const ref = this.at(place, message.textKey);
    const recorded = message.actions?.map((action) => asString(action.command) ?? asString(action.action));
    const blocks = findActionBlocks(text, this.label);
    const [block] = blocks;
    const single = blocks.length === 1 ? block : undefined;
    const commands = recorded ?? (single ? [single.content] : []);
    if (single && commands.length === 1 && commands[0] === single.content) {
      for (const part of textAround(text, single)) this.run.think(part, ref);
    } else this.run.think(text, ref);
    if (commands.length === 0) return false;
    this.beginTurn();
    for (const [index, command] of commands.entries()) {
      const own = recorded ? this.at(place, 'extra', 'actions', index) : ref;
      this.call(asString(message.actions?.[index]?.tool_call_id), message, {
        tool: 'bash',
        action: command ?? '',
        place: single ? ref : own,
      });
    }
    return true;
  }

  private beginTurn(): void {
    this.run.beginTurn(this.carried);
    this.carried = undefined;
  }

  private call(id: string | undefined, message: MiniMessage, facts: CallFacts): void {
    this.lastCommand = facts.action;
    const step = this.run.call(message.time === undefined ? facts : { ...facts, startedAt: message.time });
    this.open.push({ id, step });
  }

  private readReply(message: MiniMessage, place: string): void {
    const interrupt = asString(message.extra.interrupt_type);
    const step = interrupt === undefined ? this.takeOpen(message) : undefined;
    if (step) this.giveResult(step, message, place);
    else this.readNotice(message, place, interrupt);
  }

  /** The call that a reply answers: by id where it names one, else the first that is open. */
  private takeOpen(message: MiniMessage): PendingStep | undefined {
    const { callId } = message;
    if (callId === undefined) {
      return message.role === 'user' || message.role === 'tool' ? this.open.shift()?.step : undefined;
    }
    const index = this.open.findIndex(({ id }) => id === callId);
    if (index >= 0) return this.open.splice(index, 1)[0]?.step;
    const late = this.late.get(callId);
    this.late.delete(callId);
    return late ?? (this.open[0]?.id === undefined ? this.open.shift()?.step : undefined);
  }

  private giveResult(step: PendingStep, message: MiniMessage, place: string): void {
    const { extra, text } = message;
    const exitCode = asNumber(extra.returncode);
    const exception = asString(extra.exception_info);
    const facts = readObservation(text, {
      ...(exitCode !== undefined && { exitCode }),
      ...(exception !== undefined && exception !== '' && { exception }),
    });
    const raw = asString(extra.raw_output);
    const longer = raw !== undefined && !text.includes(raw);
    const ref = this.at(place, message.textKey);
    if (facts.elided && !longer) {
      this.run.log.fold('elided-output', 'info', 'the harness left out the middle of an output', ref);
    }
    if (message.time !== undefined && message.time < (step.facts.startedAt ?? message.time)) {
      this.run.log.fold('time-order', 'info', 'a result is older than its call', ref);
    }
    this.run.result(step, {
      observation: text,
      ...(longer && { rawOutput: raw }),
      ...(message.images.length > 0 && { images: message.images }),
      ...(facts.exitCode !== undefined && { exitCode: facts.exitCode }),
      status: facts.status,
      ...(message.time !== undefined && { endedAt: message.time }),
      place: ref,
    });
  }

  private readNotice(message: MiniMessage, place: string, interrupt: string | undefined): void {
    const { role, text } = message;
    const ref = this.at(place, message.textKey);
    if (role === 'tool' || (this.refused && readObservation(text).recognized)) {
      this.run.log.fold('unpaired-result', 'warning', 'a result answers no open call', ref);
    }
    const isError = interrupt === 'FormatError' || (interrupt === undefined && this.refused);
    if (isError) this.readRefusedAnswer(message, place);
    this.refused = false;
    if (text === '') return;
    const kind =
      this.turns === 0 && !isError
        ? 'prompt'
        : isError
          ? 'format-error'
          : interrupt
            ? 'interruption'
            : 'notice';
    const who = role === 'system' || role === 'user' ? role : 'environment';
    this.run.message({ role: who, kind, text, place: ref });
  }

  /** v2 keeps an answer without a valid action only beside the reply to it. */
  private readRefusedAnswer(message: MiniMessage, place: string): void {
    const { extra } = message;
    const answer = at(extra, 'response', 'choices', 0, 'message');
    const refused = readMiniMessage(answer) ?? readMiniMessage(extra.response);
    const written = asString(extra.model_response);
    const ref = this.at(place, 'extra');
    if (written !== undefined) this.run.think(written, ref);
    if (refused) {
      for (const text of refused.reasoning) this.run.think(text, ref);
      if (refused.text !== written) this.run.think(refused.text, ref);
      this.thinkCalls(refused, ref);
    }
    this.countUsage(message.usage);
  }
}
