import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { atifFormat } from '../../src/formats/atif/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { CORPUS, hasCorpus, readTruth } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';

const rows = readTruth().filter((row) => row.path.startsWith('harbor-claude-code/'));
const golden = 'harbor-atif/sachiny0106+Xelron-harbor-fork/tests/golden';

async function open(path: string): Promise<Run> {
  const reader = await openDiskReader(join(CORPUS, dirname(path)));
  const [run] = await extractRuns(atifFormat, reader, path.slice(path.lastIndexOf('/') + 1));
  if (!run) throw new Error(`${path}: no run`);
  return run;
}

/** Every text of the raw trajectory that an agent wrote or was shown, found without the extractor's code. */
function rawTexts(path: string): string[] {
  const document: unknown = JSON.parse(readFileSync(join(CORPUS, path), 'utf8'));
  const found: string[] = [];
  const strings = (value: unknown): void => {
    if (typeof value === 'string') found.push(value);
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(strings);
  };
  const { steps } = document as { steps: Record<string, unknown>[] };
  for (const step of steps) {
    strings(step.message);
    strings(step.reasoning_content);
    for (const call of (step.tool_calls ?? []) as { arguments: unknown }[]) strings(call.arguments);
    const results = (step.observation as { results?: { content?: unknown }[] } | undefined)?.results ?? [];
    for (const result of results) strings(result.content);
  }
  return found.filter((text) => text.trim() !== '');
}

function missingTexts(path: string, run: Run): string[] {
  const steps = [...run.steps, ...run.branches.flatMap((branch) => branch.steps)];
  const texts = steps.flatMap((step) => [
    step.thought ?? '',
    step.action,
    step.observation ?? '',
    ...Object.values(step.args ?? {}).map((arg) => (typeof arg === 'string' ? arg : '')),
  ]);
  texts.push(...run.messages.map((message) => message.text), run.finalMessage?.text ?? '');
  for (const { messages = [], finalMessage } of run.branches) {
    texts.push(...messages.map((message) => message.text), finalMessage ?? '');
  }
  const all = texts.join('\n\u0000\n');
  return rawTexts(path).filter((text) => !all.includes(text));
}

describe.runIf(hasCorpus)('ATIF trajectories of the corpus', () => {
  it.each(rows)('$path has $steps steps', async ({ path, steps }) => {
    expect((await open(path)).steps).toHaveLength(steps);
  });

  it.each(rows)('$path loses no text', async ({ path }) => {
    expect(missingTexts(path, await open(path))).toEqual([]);
  });

  it.each([
    ['terminus_2/hello-world-invalid-json.trajectory.json', 3],
    ['terminus_2/hello-world-timeout.trajectory.json', 3],
    ['terminus_2/hello-world-context-summarization.trajectory.json', 7],
    ['openhands/hello-world.trajectory.json', 2],
    ['openhands/hello-world.trajectory.no_function_calling.json', 1],
  ])('golden %s has %d steps and loses no text', async (file, steps) => {
    const path = `${golden}/${file}`;
    const run = await open(path);
    expect(run.steps).toHaveLength(steps);
    if (!file.includes('no_function')) expect(missingTexts(path, run)).toEqual([]);
  });
});
