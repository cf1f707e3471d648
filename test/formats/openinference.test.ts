import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openInferenceFormat } from '../../src/formats/openinference/format.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Run } from '../../src/model/run.ts';
import { extractCuts, FIXTURES, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const text = (path: string): string => readFileSync(join(FIXTURES, 'openinference', path), 'utf8');

async function readOnly(path: string): Promise<Run> {
  const name = path.split('/').at(-1) ?? '';
  const [run, second] = await extractRuns(
    openInferenceFormat,
    createMemoryReader({ [name]: text(path) }),
    name,
  );
  if (!run || second) throw new Error('expected one run');
  return run;
}

describe('spans of OpenInference', () => {
  it('reads flattened messages, parallel calls and a failed tool', async () => {
    const run = await readOnly('otlp/trace.json');
    expect(
      run.steps.map(({ id, turn, action, observation, status }) => [id, turn, action, observation, status]),
    ).toEqual([
      ['1', 1, 'timeout 5 pytest', 'timed out after 5s', 'error'],
      ['2', 2, 'search\nquery: socket timeout', '3 hits', 'ok'],
      ['3', 2, 'cat conftest.py', 'sock.accept()', 'ok'],
    ]);
    expect(run.steps[2]?.rawOutput).toBe('import socket\nsock.accept()');
    expect(run.branches).toMatchObject([
      { parent: '2', name: 'Searcher', prompt: 'socket timeout', finalMessage: '3 hits' },
    ]);
    expect(run.model).toBe('small-1');
    expect(run.finalMessage?.text).toBe('conftest.py waits for a connection that never comes.');
    expect(run.usage).toMatchObject({ inputTokens: 240, cachedInputTokens: 112, outputTokens: 32 });
  });

  it('reads nested messages and joins calls without ids', async () => {
    const run = await readOnly('phoenix/spans.jsonl');
    expect(
      run.steps.map(({ action, args, observation, status }) => [action, args, observation, status]),
    ).toEqual([['multiply\na: 6\nb: 7', { a: 6, b: 7 }, '42', 'ok']]);
    expect(run.agent?.name).toBe('calculator');
    expect(run.task?.text).toBe('what is 6 times 7');
    expect(run.finalMessage?.text).toBe('It is 42.');
  });

  it('loses no soundness where the file is cut', async () => {
    for (const path of ['otlp/trace.json', 'phoenix/spans.jsonl']) {
      for (const run of await extractCuts(openInferenceFormat, `openinference/${path}`))
        expect(checkIntegrity(run)).toEqual([]);
    }
  });

  it('is chosen over other formats by content', async () => {
    for (const path of ['otlp/trace.json', 'phoenix/spans.jsonl']) {
      const [best, next] = await scoreFormats(text(path), 'unknown');
      expect(best?.id).toBe('openinference');
      expect(next?.score).toBeLessThan(0.5);
    }
  });
});
