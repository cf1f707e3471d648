import { describe, expect, it } from 'vitest';
import type { Millis, RunId } from '../../src/model/ids.ts';
import type { Run } from '../../src/model/run.ts';
import { RunBuilder } from '../../src/model/run-builder.ts';
import type { PendingStep, ThreadBuilder } from '../../src/model/thread-builder.ts';
import { checkAtif } from '../support/check-atif.ts';
import { checkSpans } from '../support/check-spans.ts';
import { exportText, importText } from '../support/round-trip.ts';

const place = { artifact: 'log.jsonl', line: 1 };
const DAY = 1_770_000_000_000;

interface SpanFile {
  resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
}
interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: string } }[];
}

function spansOf(run: Run, target: 'otlp' | 'openinference'): Span[] {
  const file: SpanFile = JSON.parse(exportText(run, target));
  return file.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

function attribute(span: Span | undefined, name: string): string | undefined {
  const value = span?.attributes.find(({ key }) => key === name)?.value;
  return value?.stringValue ?? value?.intValue;
}

function build(fill: (builder: RunBuilder) => void): Run {
  const builder = new RunBuilder({ format: 'atif', path: 'log.jsonl' });
  builder.beginTurn();
  fill(builder);
  return builder.build('built' as RunId);
}

function call(thread: ThreadBuilder, action: string, startedAt?: number): PendingStep {
  const facts = { tool: 'bash', action, args: { command: action }, place };
  return thread.call({ ...facts, ...(startedAt !== undefined && { startedAt: startedAt as Millis }) });
}

const asked = (text: string): Run =>
  build((builder) => {
    builder.task = { text, place };
    builder.message({ role: 'user', kind: 'prompt', text, place });
  });

describe('a trace of a run', () => {
  it('has a name of its own, though nothing was done', () => {
    const names = ['one', 'other'].map((text) => spansOf(asked(text), 'otlp')[0]?.traceId);
    expect(new Set(names).size).toBe(2);
    expect(spansOf(asked('one'), 'openinference')[0]?.traceId).toBe(names[0]);
  });

  it('says at its root what was asked and answered', () => {
    const run = build((builder) => {
      builder.task = { text: 'Mend it', place };
      call(builder, 'ls');
      builder.beginTurn();
      builder.think('Mended.', place);
    });
    const [otlp] = spansOf(run, 'otlp');
    expect(attribute(otlp, 'gen_ai.input.messages')).toContain('Mend it');
    expect(attribute(otlp, 'gen_ai.output.messages')).toContain('Mended.');
    const [phoenix] = spansOf(run, 'openinference');
    expect(attribute(phoenix, 'input.value')).toBe('Mend it');
    expect(attribute(phoenix, 'output.value')).toBe('Mended.');
    expect(attribute(phoenix, 'session.id')).toBe(phoenix?.traceId);
  });

  it.each([
    ['otlp', 'gen_ai.usage.input_tokens'],
    ['openinference', 'llm.token_count.prompt'],
  ] as const)('adds up to what was used in %s, whether told by turn or in all', (target, name) => {
    const sum = (run: Run): number =>
      spansOf(run, target).reduce((total, span) => total + Number(attribute(span, name) ?? 0), 0);
    const byTurn = build((builder) => {
      for (const inputTokens of [100, 20]) {
        builder.beginTurn({ inputTokens });
        call(builder, 'ls');
      }
      builder.totalUsage = { inputTokens: 120 };
    });
    expect(sum(byTurn)).toBe(120);
    const inAll = build((builder) => {
      call(builder, 'ls');
      builder.totalUsage = { inputTokens: 7 };
    });
    expect(sum(inAll)).toBe(7);
  });

  it('comes in elements of bounded size, which are read back as one run', async () => {
    const run = build((builder) => {
      for (let count = 0; count < 600; count++) call(builder, `echo ${count}`);
    });
    const text = exportText(run, 'otlp');
    const file: SpanFile = JSON.parse(text);
    expect(checkSpans(file)).toEqual([]);
    const sizes = file.resourceSpans.map(({ scopeSpans }) => scopeSpans[0]?.spans.length);
    expect(sizes).toEqual([500, 102]);
    const back = await importText(text, 'otlp');
    expect(back.steps.map(({ action }) => action)).toEqual(run.steps.map(({ action }) => action));
    expect(exportText(back, 'otlp')).toBe(text);
  });

  it('has agents that last as long as what they did', () => {
    const run = build((builder) => {
      builder.startedAt = DAY as Millis;
      const start = call(builder, 'delegate', DAY + 10);
      const branch = builder.branch(start, { name: 'helper' });
      branch.beginTurn();
      call(branch, 'ls', DAY + 20);
      const last = call(branch, 'pwd', DAY + 30);
      branch.result(last, { observation: '/', endedAt: (DAY + 40) as Millis });
      builder.endedAt = (DAY + 5) as Millis;
    });
    const [root, , tool, helper] = spansOf(run, 'otlp');
    expect(attribute(helper, 'gen_ai.agent.name')).toBe('helper');
    expect(helper?.parentSpanId).toBe(tool?.spanId);
    expect(root?.endTimeUnixNano).toBe(`${DAY + 40}999999`);
    expect(helper?.startTimeUnixNano.slice(0, 13)).toBe(String(DAY + 20));
    expect(helper?.endTimeUnixNano).toBe(`${DAY + 40}999999`);
  });
});

describe('a trajectory of a run', () => {
  const nested = build((builder) => {
    const start = call(builder, 'delegate');
    const child = builder.branch(start, { name: 'child' });
    child.beginTurn();
    const below = call(child, 'delegate further');
    const grandchild = builder.branch(below, { name: 'grandchild' });
    grandchild.beginTurn();
    call(grandchild, 'ls');
    builder.branch(undefined, { name: 'orphan' });
  });

  it('embeds each sub-agent in the trajectory that names it', () => {
    interface Trajectory {
      agent: { name: string };
      subagent_trajectories?: Trajectory[];
    }
    const document: Trajectory = JSON.parse(exportText(nested, 'atif'));
    const namesIn = ({ subagent_trajectories: list = [] }: Trajectory): string[] =>
      list.map(({ agent }) => agent.name);
    expect(checkAtif(document)).toEqual([]);
    expect(namesIn(document)).toEqual(['child', 'orphan']);
    expect((document.subagent_trajectories ?? []).map(namesIn)).toEqual([['grandchild'], []]);
  });

  it('has a step where there is none, which is not read back', async () => {
    const empty = build(() => undefined);
    const text = exportText(empty, 'atif');
    expect(checkAtif(JSON.parse(text))).toEqual([]);
    const back = await importText(text, 'atif');
    expect({ steps: back.steps, messages: back.messages }).toEqual({ steps: [], messages: [] });
  });
});

describe('the checker of trajectories', () => {
  it.each<[string, (document: { steps: Record<string, unknown>[] }) => void]>([
    ['an id out of order', ({ steps }) => Object.assign(steps[0] ?? {}, { step_id: 2 })],
    ['a source of its own', ({ steps }) => Object.assign(steps[0] ?? {}, { source: 'tool' })],
    ['calls of a user', ({ steps }) => Object.assign(steps[0] ?? {}, { source: 'user' })],
    ['a field of its own', ({ steps }) => Object.assign(steps[0] ?? {}, { thought: 'no' })],
    [
      'a result of another call',
      ({ steps }) =>
        Object.assign(steps[0] ?? {}, { observation: { results: [{ source_call_id: 'call-9' }] } }),
    ],
    ['no step', (document) => document.steps.splice(0)],
  ])('refuses %s', (_what, damage) => {
    const run = build((builder) => call(builder, 'ls'));
    const document = JSON.parse(exportText(run, 'atif'));
    expect(checkAtif(document)).toEqual([]);
    damage(document);
    expect(checkAtif(document)).not.toEqual([]);
  });
});
