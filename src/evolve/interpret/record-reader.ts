import { exhaustive } from '../../base/assert.ts';
import { asNumber, type JsonObject } from '../../base/json.ts';
import { parseArguments, renderAction } from '../../formats/shared/render-action.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { StepStatus } from '../../model/step.ts';
import type { ResultFacts } from '../../model/thread-builder.ts';
import { MAX_REACHED, reach } from '../spec/path.ts';
import type { CallRule, ExtractorSpec, ResultRule, SpecRule } from '../spec/spec.ts';
import {
  type CompiledRule,
  compileRules,
  findText,
  type RuleGroup,
  reachesText,
  valueAt,
} from './compile-spec.ts';
import { FactReader } from './fact-reader.ts';
import { findFences } from './find-fences.ts';
import type { SourceRecord } from './source-record.ts';
import { countCharacters, countDifferentCharacters, describeKind, noteUnread, type Tally } from './tally.ts';
import { SpecThread, TimeWatch } from './thread-reader.ts';

/** More applications of rules to items are not made for one artifact: 100,000 records with 100 rules come near it. */
export const MAX_WORK = 20_000_000;

/** An item of a record that the rules look at: the record itself, or what `each` reached in it. */
interface Item {
  readonly value: unknown;
  readonly place: SourceRef;
  readonly record: JsonObject;
  readonly time: Millis | undefined;
  readonly thread: SpecThread;
}

/** Applies the rules of a spec to the records of one artifact, in order. */
export class RecordReader {
  readonly facts: FactReader;
  private readonly spec: ExtractorSpec;
  private readonly run: RunBuilder;
  private readonly tally: Tally;
  private readonly groups: readonly RuleGroup[];
  private readonly main: SpecThread;
  private readonly branches = new Map<string, SpecThread>();
  private readonly times: TimeWatch;
  private number = 0;
  private work = 0;
  private readonly maxWork: number;
  /** What the current record gave: undefined nothing, else whether more than `ignore` rules met it. */
  private met: 'used' | 'ignored' | undefined;
  private read = 0;

  constructor(spec: ExtractorSpec, run: RunBuilder, tally: Tally, maxWork: number = MAX_WORK) {
    this.spec = spec;
    this.run = run;
    this.tally = tally;
    this.maxWork = maxWork;
    this.groups = compileRules(spec);
    this.main = new SpecThread(run, run.log, tally);
    this.times = new TimeWatch(run.log, tally);
    this.facts = new FactReader(spec, run);
  }

  /** Whether the bound of work is used up; then no further record is read. */
  get exhausted(): boolean {
    return this.work > this.maxWork;
  }

  push({ value, place }: SourceRecord): void {
    this.number++;
    this.tally.records++;
    this.met = undefined;
    this.read = 0;
    const time = toMillis(valueAt(value, this.spec.time));
    this.times.note(time, place);
    this.facts.readRecord(value, place);
    const whole: Item = { value, place, record: value, time, thread: this.threadOf(value) };
    for (const group of this.groups) this.applyGroup(group, whole);
    const characters = countDifferentCharacters(value);
    this.tally.characters += characters;
    this.tally.charactersRead += Math.min(characters, this.read);
    if (this.met === 'used') this.tally.used++;
    else if (this.met === 'ignored') this.tally.ignored++;
    else this.noteUnread(value, place);
    if (this.exhausted) {
      this.run.log.add(
        'limit-reached',
        'warning',
        `the rules were applied ${this.maxWork} times; the rest was not read`,
        place,
      );
    }
  }

  private noteUnread(value: JsonObject, place: SourceRef): void {
    const kinds = this.spec.fingerprint.kinds.map(({ path }) => {
      const kind = valueAt(value, path);
      return typeof kind === 'string' ? `${path}=${kind.slice(0, 60)}` : undefined;
    });
    const kind = describeKind(value, kinds);
    noteUnread(this.tally, kind);
    // The message names no kind: kinds may be many, and each message is kept.
    this.run.log.fold(
      'unknown-record',
      'info',
      'a record that no rule of the extractor reads was passed over',
      place,
    );
  }

  private threadOf(record: JsonObject): SpecThread {
    const key = valueAt(record, this.spec.subagent);
    const name = typeof key === 'string' && key !== '' ? key : key === true ? 'sub-agent' : undefined;
    if (name === undefined) return this.main;
    const known = this.branches.get(name);
    if (known) return known;
    const parent =
      this.main.lastCall(name) ??
      [...this.branches.values()].find((one) => one.lastCall(name))?.lastCall(name);
    const thread = new SpecThread(this.run.branch(parent, { name }), this.run.log, this.tally);
    this.branches.set(name, thread);
    return thread;
  }

  private applyGroup({ each, rules }: RuleGroup, whole: Item): void {
    const active = rules.filter((rule) => {
      this.work++;
      return rule.when(whole.value);
    });
    if (active.length === 0) return;
    if (each === undefined) {
      this.applyRules(active, whole);
      return;
    }
    const items = reach(whole.value, each);
    if (items.length >= MAX_REACHED) {
      this.run.log.fold(
        'limit-reached',
        'warning',
        `more than ${MAX_REACHED} items of one record were not read`,
        whole.place,
      );
    }
    for (const { value, pointer } of items) {
      this.applyRules(active, { ...whole, value, place: placeBelow(whole.place, pointer) });
      if (this.exhausted) return;
    }
  }

  private applyRules(rules: readonly CompiledRule[], item: Item): void {
    for (const { rule, where } of rules) {
      this.work++;
      if (where(item.value) && this.apply(rule, item))
        this.met = rule.role === 'ignore' ? (this.met ?? 'ignored') : 'used';
    }
  }

  /** Whether the rule found what it is about. */
  private apply(rule: SpecRule, item: Item): boolean {
    switch (rule.role) {
      case 'call':
        return this.applyCall(rule, item);
      case 'result':
        return this.applyResult(rule, item);
      case 'thought': {
        const found = findText(item.value, rule.text);
        if (!found) return false;
        this.openTurn(item);
        this.think(found.text, placeBelow(item.place, found.pointer), item.thread);
        return true;
      }
      case 'message': {
        const found = findText(item.value, rule.text);
        if (!found) return false;
        this.say(rule.from, found.text, placeBelow(item.place, found.pointer), item.thread);
        return true;
      }
      case 'ignore':
        return true;
      default:
        return exhaustive(rule);
    }
  }

  private applyCall(rule: CallRule, item: Item): boolean {
    const tool = 'is' in rule.tool ? rule.tool.is : valueAt(item.value, rule.tool.path);
    if (typeof tool !== 'string' || tool === '') return false;
    if (rule.fence) return this.applyFence(rule, rule.fence, tool, item);
    const rawArgs = valueAt(item.value, rule.args);
    const args = parseArguments(rawArgs);
    const command = valueAt(item.value, rule.command);
    const text = typeof command === 'string' ? command : undefined;
    if (rule.command !== undefined && rule.args === undefined && text === undefined) return false;
    const action = text ?? renderAction(tool, args ?? rawArgs);
    this.read +=
      tool.length +
      (typeof rawArgs === 'string' ? rawArgs.length : countCharacters(args)) +
      (rule.args === undefined ? (text?.length ?? 0) : 0);
    this.openTurn(item);
    if (rule.never?.includes(tool)) {
      item.thread.thread.think(action, item.place);
      return true;
    }
    const step = item.thread.call(
      {
        tool,
        action,
        ...(args && { args }),
        ...startOf(rule, item),
        place: item.place,
      },
      idText(valueAt(item.value, rule.id)),
    );
    if (step && rule.result && reachesText(item.value, rule.result.text)) {
      item.thread.answer(step, this.resultFacts(rule.result, item), 'inside');
    }
    return true;
  }

  private applyFence(
    rule: CallRule,
    fence: NonNullable<CallRule['fence']>,
    tool: string,
    item: Item,
  ): boolean {
    const found = findText(item.value, [fence.path]);
    if (!found) return false;
    const { blocks, around } = findFences(found.text, fence.open, fence.close);
    const place = placeBelow(item.place, found.pointer);
    this.openTurn(item);
    const commands =
      fence.blocks === 'each'
        ? blocks
        : fence.blocks === 'first' || blocks.length === 1
          ? blocks.slice(0, 1)
          : [];
    // A text without the block, or with too many of them, holds the agent's words only.
    this.think(commands.length === blocks.length ? around : found.text, place, item.thread);
    for (const command of commands) {
      this.read += command.length;
      const step = item.thread.call(
        { tool, action: command, ...startOf(rule, item), place },
        idText(valueAt(item.value, rule.id)),
      );
      if (step && rule.result && reachesText(item.value, rule.result.text)) {
        item.thread.answer(step, this.resultFacts(rule.result, item), 'inside');
      }
    }
    return true;
  }

  private applyResult(rule: ResultRule, item: Item): boolean {
    // A result without its id belongs to the first call of the turn that waits.
    const id = idText(valueAt(item.value, rule.id));
    const step = item.thread.waitingCall(id);
    if (step) {
      if (
        !reachesText(item.value, rule.text) &&
        valueAt(item.value, rule.exitCode) === undefined &&
        id === undefined
      ) {
        return false;
      }
      item.thread.answer(step, this.resultFacts(rule, item), id === undefined ? 'position' : 'id');
      return true;
    }
    const found = findText(item.value, rule.text);
    if (!found) return false;
    const place = placeBelow(item.place, found.pointer);
    if (rule.otherwise !== undefined) {
      this.say(rule.otherwise, found.text, place, item.thread);
      return true;
    }
    this.tally.unpairedResults++;
    this.run.log.fold('unpaired-result', 'warning', 'a result answers no call that was seen', place);
    this.say('environment', found.text, place, item.thread);
    return true;
  }

  private resultFacts(result: NonNullable<CallRule['result']>, item: Item): ResultFacts {
    const found = findText(item.value, result.text);
    this.read += found?.text.length ?? 0;
    const exitCode = asNumber(valueAt(item.value, result.exitCode));
    const failed =
      result.failed && result.failed.in.some((value) => value === valueAt(item.value, result.failed?.path));
    const status = statusOf(exitCode, result.failed === undefined ? undefined : failed === true);
    const endedAt = result.time === undefined ? item.time : toMillis(valueAt(item.value, result.time));
    return {
      observation: found?.text ?? '',
      ...(exitCode !== undefined && { exitCode }),
      ...(status && { status }),
      ...(endedAt !== undefined && { endedAt }),
      place: placeBelow(item.place, found?.pointer ?? ''),
    };
  }

  private openTurn(item: Item): void {
    const key = idText(valueAt(item.record, this.spec.turn));
    item.thread.openTurn(this.number, key, () => this.facts.readTurnUsage(item.record));
  }

  private think(text: string, place: SourceRef, thread: SpecThread): void {
    if (text.trim() === '') return;
    this.tally.thoughts++;
    this.read += text.length;
    thread.thread.think(text, place);
  }

  private say(
    from: 'user' | 'system' | 'environment',
    text: string,
    place: SourceRef,
    thread: SpecThread,
  ): void {
    this.tally.messages++;
    this.read += text.length;
    const first = from === 'user' && thread === this.main && this.facts.noteUserText(text, place);
    const kind = from === 'environment' ? 'notice' : from === 'system' || first ? 'prompt' : 'reply';
    thread.thread.message({ role: from, kind, text, place });
  }
}

function startOf(rule: CallRule, item: Item): { startedAt?: Millis } {
  const startedAt = rule.time === undefined ? item.time : toMillis(valueAt(item.value, rule.time));
  return startedAt === undefined ? {} : { startedAt };
}

function statusOf(exitCode: number | undefined, failed: boolean | undefined): StepStatus | undefined {
  if (failed !== undefined) return failed ? 'error' : 'ok';
  if (exitCode !== undefined) return exitCode === 0 ? 'ok' : 'error';
  return undefined;
}

function idText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function placeBelow(place: SourceRef, pointer: string): SourceRef {
  return pointer === '' ? place : { ...place, pointer: `${place.pointer ?? ''}${pointer}` };
}
