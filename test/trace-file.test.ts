import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CodetracerError } from '../src/base/error.ts';
import { checkIntegrity } from '../src/model/integrity.ts';
import type { Run } from '../src/model/run.ts';
import { readTrace, renderTrace } from '../src/model/trace-file.ts';
import { runFrom } from './support/notation.ts';

function parse(text: string): Run {
  const document: { steps: unknown[] } = JSON.parse(text);
  return readTrace(document, document.steps);
}

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'fixtures/trace', name), 'utf8');

function refusal(text: string): CodetracerError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof CodetracerError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('trace.json', () => {
  it('gives the run back that was written', () => {
    const run = runFrom(`
      task: fix it
      cwd: /app
      outcome: failed test_a "1 != 2"
      final: done
      1 ~ look first
      1 > cat "a\tb".py
      \ud83d\ude00 "quotes" \\ and \u0000\u2028
      2& @Edit {"file_path": "a.py", "old_string": "2", "new_string": "3"}
      2.1 !timeout sleep 9
    `);
    expect(parse([...renderTrace(run)].join(''))).toEqual(run);
  });

  it('writes derived members, generators as arrays', () => {
    const run = runFrom('1 > ls');
    const text = [...renderTrace(run, { tree: [1, 2].values(), none: [].values(), report: { a: 1 } })].join(
      '',
    );
    expect(JSON.parse(text)).toMatchObject({ tree: [1, 2], none: [], report: { a: 1 } });
    expect(parse(text)).toEqual(run);
  });

  it('reads version 1', () => {
    const run = parse(fixture('v1.json'));
    expect(checkIntegrity(run)).toEqual([]);
    expect(run.steps.map(({ id, status }) => [id, status])).toEqual([
      ['1', 'ok'],
      ['2', 'pending'],
    ]);
    expect(run.branches[0]?.steps[0]?.id).toBe('1.1');
    expect(parse([...renderTrace(run)].join(''))).toEqual(run);
  });

  it('refuses one from the future and says what to do', () => {
    const error = refusal(fixture('from-the-future.json'));
    expect(error.code).toBe('unreadable');
    expect(error.message).toBe('the trace has version 2, this program reads up to 1');
    expect(error.hint).toBe('update codetracer');
  });

  it('refuses a damaged one and says where', () => {
    const error = refusal(fixture('damaged.json'));
    expect(error.code).toBe('unreadable');
    expect(error.message).toMatch(/^the trace is damaged at ordinal: /);
  });

  it.each(['{"steps":[]}', '{"schema":"codetracer.trace/x","steps":[]}', '{"schema":"other/1","steps":[]}'])(
    'refuses what is no trace: %s',
    (text) => {
      expect(refusal(text).message).toBe('no trace of ours');
    },
  );
});
