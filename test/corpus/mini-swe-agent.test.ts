import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/formats/detect-format.ts';
import { miniSweAgentFormat } from '../../src/formats/mini-swe-agent/format.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { CORPUS, hasCorpus, readTruth } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';

const rows = readTruth().filter((row) => row.format === 'mini-swe-agent');

async function open(path: string): Promise<Run> {
  const reader = await openDiskReader(join(CORPUS, dirname(path)));
  const [run] = await extractRuns(miniSweAgentFormat, reader, path.slice(path.lastIndexOf('/') + 1));
  if (!run) throw new Error(`${path}: no run`);
  return run;
}

interface RawMessage {
  readonly role: string;
  readonly content: string;
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly { readonly function: { readonly arguments: string } }[];
  readonly extra?: {
    readonly raw_output?: string;
    readonly response?: {
      readonly choices: readonly { readonly message: { readonly reasoning?: string } }[];
    };
  };
}

/** Texts that must be found whole, and lines of assistant texts, read off the raw file without the extractor's code. */
function rawTexts(path: string): { whole: string[]; lines: string[] } {
  const document: unknown = JSON.parse(readFileSync(join(CORPUS, path), 'utf8'));
  const messages = (
    Array.isArray(document) ? document : (document as { messages: unknown }).messages
  ) as RawMessage[];
  const whole: string[] = [];
  const lines: string[] = [];
  for (const message of messages) {
    const reasoning = message.extra?.response?.choices[0]?.message.reasoning;
    whole.push(message.reasoning_content ?? '', reasoning ?? '', message.extra?.raw_output ?? '');
    for (const call of message.tool_calls ?? []) {
      whole.push((JSON.parse(call.function.arguments) as { command: string }).command);
    }
    if (message.role !== 'assistant') whole.push(message.content);
    else lines.push(...message.content.split('\n').filter((line) => !line.startsWith('```')));
  }
  return {
    whole: whole.filter((text) => text.trim() !== ''),
    lines: lines.filter((line) => line.trim() !== ''),
  };
}

function missing(path: string, run: Run): string[] {
  const steps = run.steps.flatMap((step) => [
    step.thought ?? '',
    step.action,
    step.observation ?? '',
    step.rawOutput ?? '',
  ]);
  const around = run.messages.map((message) => message.text);
  const end = [run.finalMessage?.text ?? '', run.submission?.text ?? ''];
  const failures = run.exceptions.map((exception) => exception.message);
  const all = [...steps, ...around, ...end, ...failures].join('\n\u0000\n');
  const known = new Set(all.split('\n').map((line) => line.trim()));
  const { whole, lines } = rawTexts(path);
  return [...whole.filter((text) => !all.includes(text)), ...lines.filter((line) => !known.has(line.trim()))];
}

describe.runIf(hasCorpus)('mini-SWE-agent trajectories of the corpus', () => {
  it.each(rows)('$path has $steps steps, is detected and loses no text', async ({ path, steps }) => {
    const run = await open(path);
    expect(run.steps).toHaveLength(steps);
    expect(missing(path, run)).toEqual([]);
    const reader = await openDiskReader(join(CORPUS, dirname(path)));
    const entry = await reader.stat(path.slice(path.lastIndexOf('/') + 1));
    const choice = entry && (await detectFormat(entry, reader, FORMATS));
    expect(choice?.kind === 'chosen' && choice.format.id).toBe('mini-swe-agent');
  });
});
