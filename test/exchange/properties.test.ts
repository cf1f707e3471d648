import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXCHANGE_TARGETS } from '../../src/exchange/exported.ts';
import type { Millis, RunId } from '../../src/model/ids.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Message, Run } from '../../src/model/run.ts';
import { RunBuilder } from '../../src/model/run-builder.ts';
import type { StepStatus } from '../../src/model/step.ts';
import type { PendingStep, ThreadBuilder } from '../../src/model/thread-builder.ts';
import { checkAtif } from '../support/check-atif.ts';
import { checkSpans } from '../support/check-spans.ts';
import { exportText, heldBy, importText } from '../support/round-trip.ts';

const place = { artifact: 'log.jsonl', line: 1 };

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '',
    ' ',
    'Executed bash call-1',
    '[{"a":1}]',
    '{"type":"text"}',
    'Exit code 1\n',
    '\ud83d\ude00 "q" \\ \u0000',
  ),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const time = fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 });
const usage = fc
  .record(
    {
      inputTokens: fc.nat(),
      cachedInputTokens: fc.nat(),
      outputTokens: fc.nat(),
      costUsd: fc.double({ min: 0, max: 9, noNaN: true }),
    },
    { requiredKeys: ['inputTokens'] },
  )
  .map((counts) => ({ ...counts }));
const args = fc.dictionary(
  fc.constantFrom('command', 'path', 'n', 'deep'),
  fc.oneof(text, fc.nat(), fc.array(text, { maxLength: 2 })),
);

const result = fc.record({
  observation: maybe(text),
  rawOutput: maybe(text),
  exitCode: maybe(fc.integer({ min: -1, max: 255 })),
  status: fc.constantFrom<StepStatus>('ok', 'error', 'timeout', 'rejected', 'interrupted', 'unknown'),
  recordedCwd: maybe(fc.constant('/app')),
  endedAt: maybe(time),
});

const operation = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('turn' as const), usage: maybe(usage) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('think' as const), text }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      tool: fc.constantFrom('bash', 'Edit', 'mcp__x__y'),
      action: text,
      args: maybe(args),
      startedAt: maybe(time),
      result: maybe(result),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      text,
      role: fc.constantFrom<Message['role']>('system', 'user', 'assistant', 'environment'),
      kind: fc.constantFrom<Message['kind']>('prompt', 'reply', 'format-error', 'compaction', 'notice'),
    }),
  },
);
const thread = fc.array(operation, { maxLength: 12 });
type Operation = Parameters<Parameters<typeof operation.map>[0]>[0];

/** Drops members that are undefined. */
function defined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return JSON.parse(JSON.stringify(value));
}

function fill(builder: ThreadBuilder, operations: readonly Operation[]): PendingStep[] {
  const calls: PendingStep[] = [];
  builder.beginTurn();
  for (const item of operations) {
    if (item.do === 'turn') builder.beginTurn(item.usage);
    else if (item.do === 'think') builder.think(item.text, place);
    else if (item.do === 'say') builder.message({ role: item.role, kind: item.kind, text: item.text, place });
    else {
      const { tool, action, args: given, startedAt } = item;
      const call = builder.call({
        tool,
        action,
        ...(given && { args: given }),
        ...(startedAt !== undefined && { startedAt: startedAt as Millis }),
        place,
      });
      calls.push(call);
      if (item.result)
        builder.result(call, { ...defined(item.result), endedAt: item.result.endedAt as Millis });
    }
  }
  return calls;
}

const run: fc.Arbitrary<Run> = fc
  .record({
    main: thread,
    below: fc.array(fc.record({ parent: maybe(fc.nat(9)), name: maybe(text), prompt: maybe(text), thread }), {
      maxLength: 4,
    }),
    task: maybe(text),
    taskId: maybe(fc.constant('task-1')),
    agent: maybe(
      fc.constantFrom<{ name: string; version?: string }>({ name: 'a' }, { name: 'b', version: '1' }),
    ),
    model: maybe(fc.constant('m-1')),
    cwd: maybe(fc.constant('/app')),
    total: maybe(usage),
  })
  .map(({ main, below, task, taskId, agent, model, cwd, total }) => {
    const builder = new RunBuilder({ format: 'atif', path: 'log.jsonl' });
    const calls = fill(builder, main);
    for (const { parent, name, prompt, thread: operations } of below) {
      const starter = parent === undefined ? undefined : calls[parent];
      const branch = builder.branch(starter);
      branch.name = name;
      branch.prompt = prompt;
      calls.push(...fill(branch, operations));
    }
    if (task !== undefined || taskId !== undefined) builder.task = defined({ id: taskId, text: task });
    builder.agent = agent;
    builder.model = model;
    builder.initialCwd = cwd;
    builder.totalUsage = total;
    return builder.build('built' as RunId);
  });

describe.each(EXCHANGE_TARGETS)('any run as %s', (target) => {
  it('comes back in all that the target holds, and goes out again as it did', async () => {
    await fc.assert(
      fc.asyncProperty(run, async (subject) => {
        expect(checkIntegrity(subject)).toEqual([]);
        const document = exportText(subject, target);
        const back = await importText(document, target);
        expect(checkIntegrity(back)).toEqual([]);
        expect(heldBy(back, target)).toEqual(heldBy(subject, target));
        expect(exportText(back, target)).toBe(document);
      }),
      { numRuns: 150 },
    );
  });
});

describe('any run as a foreign document', () => {
  it('keeps the rules of ATIF', async () => {
    await fc.assert(
      fc.asyncProperty(run, async (subject) => {
        expect(checkAtif(JSON.parse(exportText(subject, 'atif')))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it.each(['otlp', 'openinference'] as const)('is a trace of %s whose spans are in order', async (target) => {
    await fc.assert(
      fc.asyncProperty(run, async (subject) => {
        expect(checkSpans(JSON.parse(exportText(subject, target)))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
