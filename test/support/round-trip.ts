import { exportRun } from '../../src/exchange/export-run.ts';
import type { ExchangeTarget } from '../../src/exchange/exported.ts';
import { orderBranches } from '../../src/exchange/plan-thread.ts';
import type { Format } from '../../src/formats/format.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import type { Message, Run } from '../../src/model/run.ts';
import type { Step } from '../../src/model/step.ts';
import { extractRuns } from './extract-one.ts';

/** The format that reads a target back, and the name that its files have. */
export const READ_BY: Readonly<Record<ExchangeTarget, { readonly format: string; readonly file: string }>> = {
  atif: { format: 'atif', file: 'trajectory.json' },
  otlp: { format: 'otlp-genai', file: 'spans.json' },
  openinference: { format: 'openinference', file: 'spans.json' },
  trace: { format: 'codetracer-trace', file: 'trace.json' },
  steps: { format: 'codetracer-steps', file: 'steps.json' },
};

export function exportText(run: Run, target: ExchangeTarget): string {
  return [...exportRun(run, target).parts].join('');
}

/** Reads a document back through the format that claims it. */
export async function importText(text: string, target: ExchangeTarget): Promise<Run> {
  const { format: id, file } = READ_BY[target];
  const format: Format | undefined = FORMATS.find((candidate) => candidate.id === id);
  if (!format) throw new Error(`there is no format ${id}`);
  const reader = createMemoryReader({ [file]: new TextEncoder().encode(text) });
  const runs = await extractRuns(format, reader, file);
  const [run, second] = runs;
  if (!run || second) throw new Error(`${runs.length} runs came back`);
  return run;
}

/** What of a run the target holds: the rest is what `findLosses` lists. */
export function heldBy(run: Run, target: ExchangeTarget): unknown {
  if (target === 'trace') return plain(run);
  if (target === 'steps') return heldBySteps(run);
  return plain({
    agent: run.agent,
    model: run.model,
    task: run.task && { id: run.task.id, text: run.task.text },
    initialCwd: run.initialCwd,
    usage: run.usage,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    steps: run.steps.map(withDenseTurns(run.steps)),
    messages: run.messages.map(withoutPlace),
    final: (run.finalMessage?.parts ?? (run.finalMessage ? [run.finalMessage] : [])).map(({ text }) => text),
    branches: orderBranches(run).map(({ parent, name, prompt, steps, messages, finalMessage }) => ({
      parent,
      name,
      prompt,
      steps: steps.map(withDenseTurns(steps)),
      messages: (messages ?? []).map(withoutPlace),
      finalMessage,
    })),
  });
}

function heldBySteps(run: Run): unknown {
  const of = ({
    id,
    tool,
    action,
    args,
    thought,
    observation,
    rawOutput,
    images,
    status,
    exitCode,
  }: Step) => ({
    id,
    tool,
    action,
    args,
    thought,
    observation,
    rawOutput,
    images,
    status,
    exitCode,
  });
  if (run.steps.length === 0) return { steps: [], below: [] };
  const below = run.branches.flatMap(({ steps }) => steps.map(of));
  return plain({
    steps: run.steps.map(of),
    groups: run.steps.map(withDenseTurns(run.steps)).map(({ parallelGroup }) => parallelGroup),
    below: below.sort((a, b) => (a.id < b.id ? -1 : 1)),
  });
}

function withDenseTurns(steps: readonly Step[]): (step: Step) => Partial<Step> {
  const turns = new Map<number, number>();
  for (const { turn } of steps) if (!turns.has(turn)) turns.set(turn, turns.size + 1);
  return ({
    actionRef: _action,
    thoughtRef: _thought,
    observationRef: _observation,
    fileFacts: _facts,
    ...step
  }) => {
    const turn = turns.get(step.turn) ?? 0;
    return { ...step, turn, ...(step.parallelGroup !== undefined && { parallelGroup: turn }) };
  };
}

function withoutPlace({ place: _place, ...message }: Message): Omit<Message, 'place'> {
  return message;
}

/** Without members that are undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
