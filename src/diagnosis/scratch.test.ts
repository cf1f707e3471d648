import { describe, expect, it } from 'vitest';
import { isScratch, isTestFile } from './scratch.ts';
import { readTaskFacts } from './task-facts.ts';

const place = { artifact: 'task.md' };
const NO_TASK = readTaskFacts({});

describe('isScratch', () => {
  it.each(['/tmp/a.py', '/app/reproduce_bug.py', '/app/debug.py', '/app/test.py', '/app/build.log'])(
    'takes %s for scratch',
    (path) => expect(isScratch(path, NO_TASK)).toBe(true),
  );

  it.each(['/app/src/parser.py', '/app/tests/test_core.py', '/app/latest.py'])('keeps %s', (path) =>
    expect(isScratch(path, NO_TASK)).toBe(false),
  );

  it('keeps what the task names', () => {
    const task = readTaskFacts({ task: { text: 'Write the result to /tmp/out.log', place } });
    expect(isScratch('/tmp/out.log', task)).toBe(false);
  });
});

describe('isTestFile', () => {
  it('knows tests by name or folder', () => {
    expect(['/a/test_x.py', '/a/x.spec.ts', '/a/conftest.py', '/a/tests/data.txt'].every(isTestFile)).toBe(
      true,
    );
    expect(['/a/contest.py', '/a/latest/x.py'].some(isTestFile)).toBe(false);
  });
});

describe('readTaskFacts', () => {
  it('reads paths, names, identifiers and what is to be made', () => {
    const text =
      'Look at src/parser.py and `read it`; parse_number in NumberParser is wrong. It fails for all negative numbers that stand at the start of a line. Then write the answer to /app/out.json.';
    const facts = readTaskFacts({ task: { text, place } });
    expect([...facts.paths]).toEqual(['src/parser.py', '/app/out.json']);
    expect([...facts.names]).toEqual(['parser.py', 'out.json']);
    for (const word of ['parse_number', 'NumberParser', 'read it']) expect(facts.identifiers).toContain(word);
    expect(facts.outputs).toEqual(['/app/out.json']);
  });

  it('leaves the parts of addresses out, and finds nothing where there is no task', () => {
    const facts = readTaskFacts({ task: { text: 'See https://example.org/a/page.html', place } });
    expect(facts.outputs).toEqual([]);
    expect(NO_TASK).toMatchObject({ text: '', outputs: [] });
  });
});
