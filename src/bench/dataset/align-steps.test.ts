import { describe, expect, it } from 'vitest';
import type { RunId } from '../../model/ids.ts';
import type { Run } from '../../model/run.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import { alignSteps } from './align-steps.ts';
import type { StepQuote } from './quote.ts';

type Call = readonly [tool: string, action: string, observation?: string, thought?: string];

function makeRun(format: string, calls: readonly Call[]): Run {
  const run = new RunBuilder({ format, path: 'x' });
  for (const [index, [tool, action, observation, thought]] of calls.entries()) {
    const place = { artifact: `log-${index}` };
    run.beginTurn();
    run.think(thought, place);
    const call = run.call({ tool, action, args: { command: action }, place });
    if (observation !== undefined) run.result(call, { observation, status: 'ok', place });
  }
  return run.build('x' as RunId);
}

const EVENTS: readonly Call[] = [
  ['recall', 'recall workspace', 'the repository'],
  ['execute_bash', 'ls -la /app/src', 'main.c'],
  ['think', 'think of the plan', 'noted'],
  ['execute_bash', '', 'still running'],
  ['execute_bash', 'make -C /app/src all', 'error: no rule to make target'],
];

const action = (step: number, content: string): StepQuote => ({ step, of: 'action', content });
const event = (command: string): string => JSON.stringify({ action: 'run', args: { command } });

describe('alignSteps', () => {
  it('takes the same number of steps, and says the quotes that confirm it', () => {
    const run = makeRun('openhands-events', EVENTS);
    expect(alignSteps(run, 5, [])).toEqual({ kind: 'aligned', reading: 'as counted here', confirmed: 0 });
    expect(alignSteps(run, 5, [action(5, event('make -C /app/src all'))])).toMatchObject({ confirmed: 1 });
  });

  it('shifts by one where the quotes tell that the finish was counted and the recall was not', () => {
    const run = makeRun('openhands-events', EVENTS);
    expect(alignSteps(run, 5, [action(4, event('make -C /app/src all'))])).toMatchObject({
      kind: 'aligned',
      steps: [2, 3, 4, 5, null],
      confirmed: 1,
    });
  });

  it('takes commands alone only when a quote confirms it', () => {
    const run = makeRun('openhands-events', EVENTS);
    expect(alignSteps(run, 2, [action(2, event('make -C /app/src all'))])).toMatchObject({ steps: [2, 5] });
    expect(alignSteps(run, 2, [])).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('no quote confirms it'),
    });
  });

  it('refuses another count with both numbers, and quotes that fit no reading', () => {
    const run = makeRun('mini-swe-agent', EVENTS);
    expect(alignSteps(run, 9, [])).toEqual({
      kind: 'refused',
      reason: 'the labels count 9 steps, the artifact holds 5',
    });
    expect(alignSteps(run, 4, [action(4, event('make -C /app/src all'))])).toMatchObject({ kind: 'refused' });
    expect(alignSteps(run, 5, [action(2, event('make -C /app/src all'))])).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('the action quoted for step 2'),
    });
  });

  it('tells a short command from a longer one whose quote happens to hold it', () => {
    const run = makeRun('mini-swe-agent', [
      ['bash', 'ls', 'a'],
      ['bash', 'cd /app && ls && ./configure --prefix=/usr', 'b'],
    ]);
    expect(
      alignSteps(run, 2, [action(1, event('cd /app && ls && ./configure --prefix=/usr'))]),
    ).toMatchObject({
      kind: 'refused',
    });
    const said = '{"content": "As ./configure --prefix=/usr failed, I look.\\n```bash\\nls\\n```"}';
    expect(alignSteps(run, 2, [action(1, said)])).toMatchObject({ kind: 'aligned' });
  });

  it('folds white space and bears with quotes that lack their middle', () => {
    const long = `cat > a.py <<'EOF'\n${'print(1)\n'.repeat(40)}EOF\npython a.py --check everything --and --more`;
    const run = makeRun('mini-swe-agent', [['bash', long, 'ok']]);
    const quote = `${long.slice(0, 60)} …[+300 chars] ${long.slice(-50)}`;
    expect(alignSteps(run, 1, [action(1, quote)])).toMatchObject({ kind: 'aligned', confirmed: 1 });
    expect(alignSteps(run, 1, [action(1, 'cat > … [+300 chars]')])).toMatchObject({
      kind: 'aligned',
      confirmed: 0,
    });
  });

  it('compares what was shown by its lines', () => {
    const shown = 'first line of output\nsecond line of output\nthird line of output';
    const run = makeRun('mini-swe-agent', [
      ['bash', 'a', shown],
      ['bash', 'b', 'something else altogether\nof several long lines\nthat are not there'],
    ]);
    const of = (step: number): StepQuote => ({
      step,
      of: 'observation',
      content: JSON.stringify({ content: shown }),
    });
    expect(alignSteps(run, 2, [of(1)])).toMatchObject({ kind: 'aligned', confirmed: 1 });
    expect(alignSteps(run, 2, [of(2)])).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('observation quoted for step 2'),
    });
  });

  it('lets the calls of the last response go, which no view of the history shows', () => {
    const run = makeRun('openhands-completions', [
      ['bash', 'ls', 'a'],
      ['bash', 'cat a', undefined],
    ]);
    expect(alignSteps(run, 1, [])).toMatchObject({ kind: 'aligned', steps: [1] });
    expect(alignSteps(run, 2, [])).toMatchObject({ kind: 'aligned' });
  });
});

it('finds arguments that are JSON inside the JSON of a message', () => {
  const run = makeRun('openhands-completions', [
    ['bash', 'echo "a"\nmake all', 'done'],
    ['bash', 'printf "%s\\n" end of it all', 'done'],
  ]);
  const call = (command: string): string =>
    JSON.stringify({ tool_calls: [{ function: { arguments: JSON.stringify({ command }) } }] });
  const quotes = run.steps.map((step) => action(step.ordinal, call(step.action)));
  expect(alignSteps(run, 2, quotes)).toMatchObject({ kind: 'aligned', confirmed: 2 });
});

it('takes what a step was shown for no action of another', () => {
  const run = makeRun('swe-agent', [
    ['find_file', 'find_file colon.py', 'Found 1 match: /repo/tests/colon.py'],
    ['open', '/repo/tests/colon.py', 'print(1'],
  ]);
  const element = JSON.stringify({
    action: 'find_file colon.py',
    observation: 'Found 1 match: /repo/tests/colon.py',
  });
  expect(alignSteps(run, 2, [action(1, element)])).toMatchObject({ kind: 'aligned', confirmed: 1 });
});
