import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openhandsCompletionsFormat as format } from '../../src/formats/openhands-completions/format.ts';
import { openhandsEvalEnricher } from '../../src/formats/openhands-eval/enricher.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import type { RunId } from '../../src/model/ids.ts';
import { allTexts, stringsIn } from '../support/all-texts.ts';
import { CORPUS, hasCorpus, readTruth } from '../support/corpus.ts';
import { extractBuilders, extractRuns } from '../support/extract-one.ts';

const rows = readTruth().filter((row) => row.format === 'openhands-completions');
const SDK = 'openhands-v1/OpenHands+software-agent-sdk';
const others = ['llm-logs', 'nonfncall-llm-logs'].map((name) => `${SDK}/tests/fixtures/llm_data/${name}`);

interface Logged {
  readonly messages: readonly Record<string, unknown>[];
  /** The same history with structured calls, where `messages` has them as text. */
  readonly raw_messages?: readonly Record<string, unknown>[];
  readonly response: { readonly choices: readonly { readonly message: Record<string, unknown> }[] };
}

/** What stands in the messages and answers of all files: contents, and arguments of calls other than finish. */
function rawTexts(path: string): string[] {
  const texts = new Set<string>();
  for (const name of readdirSync(join(CORPUS, path))) {
    const {
      messages,
      raw_messages: raw,
      response,
    }: Logged = JSON.parse(readFileSync(join(CORPUS, path, name), 'utf8'));
    for (const message of [...(raw ?? messages), ...response.choices.map((choice) => choice.message)]) {
      for (const text of stringsIn(message.content, ['type', 'cache_control'])) {
        for (const part of text.split(/<\/?(?:function|parameter)[^>]*>|^EXECUTION RESULT of \[\w+\]:\n/)) {
          if (part.trim() !== '') texts.add(part.trim());
        }
      }
      for (const call of (message.tool_calls ?? []) as { function?: { arguments: string } }[]) {
        for (const text of stringsIn(JSON.parse(call.function?.arguments ?? '{}'))) texts.add(text.trim());
      }
    }
  }
  return [...texts];
}

describe.runIf(hasCorpus)('OpenHands call logs of the corpus', () => {
  it('has rows of truth', () => {
    expect(rows).toHaveLength(16);
  });

  it.each(rows)('$path has $steps steps', async ({ path, steps, attempts }) => {
    const runs = await extractRuns(format, await openDiskReader(CORPUS), path);
    expect(runs.map((run) => run.steps.length)).toEqual(attempts ?? [steps]);
  });

  it.each(rows)('$path is solved: $solved', async ({ path, solved }) => {
    const reader = await openDiskReader(CORPUS);
    const entry = await reader.stat(path);
    const builder = (await extractBuilders(format, reader, path)).at(-1);
    if (!entry || !builder) throw new Error(`${path}: no run`);
    await openhandsEvalEnricher.enrich(builder, entry, reader);
    expect(builder.build('x' as RunId).outcome.kind).toBe(solved ? 'solved' : 'failed');
  });

  it('reads the report from a folder opened by itself, too', async () => {
    const path = rows[0]?.path ?? '';
    const reader = await openDiskReader(join(CORPUS, path), {
      boundary: join(CORPUS, dirname(dirname(path))),
    });
    const entry = await reader.stat('');
    const [builder] = await extractBuilders(format, reader, '');
    if (!entry || !builder) throw new Error(`${path}: no run`);
    expect(builder.task?.id).toBe('astropy__astropy-12907');
    await openhandsEvalEnricher.enrich(builder, entry, reader);
    expect(builder.build('x' as RunId).outcome.kind).toBe('solved');
  });

  it.each([...rows.map(({ path }) => path), ...others])('%s loses no text', async (path) => {
    const kept = allTexts(await extractRuns(format, await openDiskReader(CORPUS), path));
    const texts = rawTexts(path);
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter((text) => !kept.includes(text))).toEqual([]);
  });

  it.each(
    others.map(
      (path, index) =>
        [
          path,
          [
            [5, 5],
            [3, 3],
          ][index],
        ] as const,
    ),
  )('%s has two attempts with %j steps', async (path, counts) => {
    const runs = await extractRuns(format, await openDiskReader(CORPUS), path);
    expect(runs.map((run) => run.steps.length)).toEqual(counts);
    expect(runs.flatMap((run) => run.steps).every((step) => step.status !== 'pending')).toBe(true);
  });
});
