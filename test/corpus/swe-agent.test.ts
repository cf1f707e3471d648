import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/formats/detect-format.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { sweAgentFormat } from '../../src/formats/swe-agent/format.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import type { Run } from '../../src/model/run.ts';
import { CORPUS, hasCorpus, readTruth } from '../support/corpus.ts';
import { extractRuns } from '../support/extract-one.ts';

const rows = readTruth().filter((row) => row.format === 'swe-agent');

async function open(path: string): Promise<Run> {
  const reader = await openDiskReader(join(CORPUS, dirname(path)));
  const [run] = await extractRuns(sweAgentFormat, reader, path.slice(path.lastIndexOf('/') + 1));
  if (!run) throw new Error(`${path}: no run`);
  return run;
}

interface RawElement {
  readonly action: string;
  readonly thought: string;
  readonly observation: string;
  readonly response: string;
}

/** Texts that must be found whole, and lines of responses, read off the raw file without the extractor's code. */
function rawTexts(path: string): { whole: string[]; lines: string[] } {
  const raw: unknown = JSON.parse(readFileSync(join(CORPUS, path), 'utf8'));
  const { trajectory = [], history = [] } = raw as {
    trajectory?: RawElement[];
    history?: { role: string; content: string }[];
  };
  const whole = trajectory.flatMap(({ action, thought, observation }) => [action, thought, observation]);
  const prompts = history.slice(
    0,
    history.findIndex(({ role }) => role === 'assistant'),
  );
  whole.push(...(trajectory.length === 0 ? history : prompts).map(({ content }) => content));
  const lines = trajectory.flatMap(({ response }) => response.split('\n')).map((line) => line.trim());
  return {
    whole: whole.filter((text) => text.trim() !== ''),
    lines: lines.filter((line) => line !== '' && !line.startsWith('```') && !/^<\/?command>$/.test(line)),
  };
}

function missing(path: string, run: Run): string[] {
  const steps = run.steps.flatMap((step) => [step.thought ?? '', step.action, step.observation ?? '']);
  const all = [...steps, ...run.messages.map((message) => message.text)].join('\n\u0000\n');
  const known = new Set(all.split('\n').map((line) => line.trim()));
  const { whole, lines } = rawTexts(path);
  return [...whole.filter((text) => !all.includes(text)), ...lines.filter((line) => !known.has(line))];
}

describe.runIf(hasCorpus)('SWE-agent trajectories of the corpus', () => {
  it.each(rows)('$path has $steps steps, is detected and loses no text', async ({ path, steps }) => {
    const run = await open(path);
    expect(run.steps).toHaveLength(steps);
    expect(missing(path, run)).toEqual([]);
    expect(run.task?.text?.length).toBeGreaterThan(0);
    const reader = await openDiskReader(join(CORPUS, dirname(path)));
    const entry = await reader.stat(path.slice(path.lastIndexOf('/') + 1));
    const choice = entry && (await detectFormat(entry, reader, FORMATS));
    expect(choice?.kind === 'chosen' && choice.format.id).toBe('swe-agent');
  });

  it('a history without a trajectory gives no steps, and keeps its texts', async () => {
    const path = 'swe-agent/SWE-agent+SWE-agent/trajectories/demonstrations/function_calling_simple.traj';
    const run = await open(path);
    expect(run.steps).toHaveLength(0);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['unexpected-shape', 'no-steps']);
    expect(missing(path, run)).toEqual([]);
  });
});
