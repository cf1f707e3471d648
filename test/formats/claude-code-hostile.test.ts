import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claudeCodeSessionFormat } from '../../src/formats/claude-code-session/format.ts';
import { claudeCodeStreamJsonFormat } from '../../src/formats/claude-code-stream-json/format.ts';
import type { Format } from '../../src/formats/format.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import { FIXTURES } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const CASES: readonly (readonly [Format, string])[] = [
  [claudeCodeSessionFormat, 'claude-code-session/progress-copies/session.jsonl'],
  [claudeCodeStreamJsonFormat, 'claude-code-stream-json/retries/claude-code.txt'],
];

async function extract(format: Format, lines: readonly string[]) {
  const runs = await extractRuns(format, createMemoryReader({ 'a.jsonl': lines.join('\n') }), 'a.jsonl');
  expect(runs).toHaveLength(1);
  return runs;
}

/** A JSON text with one of its values (the `pick`-th) replaced. */
function replaceValue(line: string, pick: number, by: unknown): string {
  let values = 0;
  const count = JSON.parse(line, (_key, value: unknown) => {
    values++;
    return value;
  });
  const target = pick % Math.max(1, values);
  let at = 0;
  return JSON.stringify(
    count === undefined ? by : JSON.parse(line, (_key, value: unknown) => (at++ === target ? by : value)),
  );
}

describe.each(CASES)('$id on hostile records', (format, path) => {
  const lines = readFileSync(join(FIXTURES, path), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{') && !line.includes('}{'));

  it('survives any value in place of any other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(lines.length - 1), fc.nat(200), fc.jsonValue({ maxDepth: 2 })), {
          minLength: 1,
          maxLength: 6,
        }),
        async (changes) => {
          const changed = [...lines];
          for (const [index, pick, by] of changes)
            changed[index] = replaceValue(lines[index] ?? '{}', pick, by);
          await extract(format, changed);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('survives its records in any order, any number of times', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...lines), { maxLength: 60 }), async (mixed) => {
        await extract(format, mixed);
      }),
      { numRuns: 60 },
    );
  });

  it('survives arguments nested without bound', async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const call = `{"type":"tool_use","id":"x","name":"T","input":${deep}}`;
    const record = (uuid: string) =>
      `{"type":"assistant","uuid":"${uuid}","sessionId":"s","session_id":"s","message":{"id":"m","content":[${call}]}}`;
    const [run] = await extract(format, [record('1'), ...lines, record('2')]);
    expect(run?.steps.length).toBeGreaterThan(0);
    expect(run?.diagnostics.find(({ code }) => code === 'limit-reached')?.count).toBe(2);
  });
});
