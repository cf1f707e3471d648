import { asNumber, type JsonObject } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { Usage } from '../../model/usage.ts';
import type { ExtractorSpec, SpecFact } from '../spec/spec.ts';
import { compileConditions, readFact, valueAt } from './compile-spec.ts';

type Usages = NonNullable<ExtractorSpec['usage']>;

/** Reads what a spec says of the run as a whole: task, model, outcome, usage. */
export class FactReader {
  private readonly run: RunBuilder;
  private readonly facts: NonNullable<ExtractorSpec['facts']>;
  private readonly usage: Usages | undefined;
  private readonly usageWhen: (value: unknown) => boolean;
  private sawUser = false;

  constructor(spec: ExtractorSpec, run: RunBuilder) {
    this.run = run;
    this.facts = spec.facts ?? {};
    this.usage = spec.usage;
    this.usageWhen = compileConditions(spec.usage?.when);
  }

  readDocument(value: unknown, place: SourceRef): void {
    this.read('document', value, place);
    if (this.usage?.per === 'run') this.readRunUsage(value);
  }

  readRecord(value: JsonObject, place: SourceRef): void {
    this.read('record', value, place);
    if (this.usage?.per === 'run') this.readRunUsage(value);
  }

  /** Usage of the turn that a record begins; undefined where nothing is recorded. */
  readTurnUsage(record: JsonObject): Usage | undefined {
    return this.usage?.per === 'turn' ? readUsagePaths(this.usage, this.usageWhen, record) : undefined;
  }

  /** The first text of the user is the task unless the spec says where the task stands. Whether it was the first. */
  noteUserText(text: string, place: SourceRef): boolean {
    const first = !this.sawUser;
    this.sawUser = true;
    if (first && this.facts.task === undefined) this.run.task = { ...this.run.task, text, place };
    return first;
  }

  private readRunUsage(value: unknown): void {
    if (!this.usage) return;
    this.run.totalUsage = readUsagePaths(this.usage, this.usageWhen, value) ?? this.run.totalUsage;
  }

  private read(where: SpecFact['in'], value: unknown, place: SourceRef): void {
    const { facts, run } = this;
    const text = (fact: SpecFact | undefined): string | undefined => {
      const found = readFact(fact, where, value);
      if (typeof found === 'string' && found !== '') return found;
      return typeof found === 'number' ? String(found) : undefined;
    };
    const task = run.task?.text === undefined ? text(facts.task) : undefined;
    if (task !== undefined) run.task = { ...run.task, text: task, place };
    const id = run.task?.id === undefined ? text(facts.taskId) : undefined;
    if (id !== undefined) run.task = { ...run.task, id };
    run.model ??= text(facts.model);
    const agent = run.agent ? undefined : text(facts.agent);
    if (agent !== undefined) run.agent = { name: agent };
    run.formatVersion ??= text(facts.version);
    run.initialCwd ??= text(facts.cwd);
    // What ends a run is said last.
    run.exitStatus = text(facts.exitStatus) ?? run.exitStatus;
    const submission = text(facts.submission);
    if (submission !== undefined) run.submission = { text: submission, place };
    this.readSolved(where, value, place);
  }

  private readSolved(where: SpecFact['in'], value: unknown, place: SourceRef): void {
    const { solved } = this.facts;
    const found = readFact(solved, where, value);
    if (!solved || found === undefined) return;
    const says = solved.yes.some((one) => one === found)
      ? 'solved'
      : solved.no.some((one) => one === found)
        ? 'failed'
        : undefined;
    if (says === undefined) return;
    const signal = {
      source: solved.path,
      says,
      detail: JSON.stringify(found),
      place,
      authority: 'harness',
    } as const;
    this.run.outcomeSignals.splice(0, this.run.outcomeSignals.length, signal);
  }
}

function readUsagePaths(paths: Usages, when: (value: unknown) => boolean, value: unknown): Usage | undefined {
  if (!when(value)) return undefined;
  const found = Object.entries({
    inputTokens: paths.inputTokens,
    cachedInputTokens: paths.cachedInputTokens,
    outputTokens: paths.outputTokens,
    reasoningTokens: paths.reasoningTokens,
    costUsd: paths.costUsd,
  }).flatMap(([key, path]): [string, number][] => {
    const number = asNumber(valueAt(value, path));
    return number === undefined ? [] : [[key, number]];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}
