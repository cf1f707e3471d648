import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../src/app/read-runs.ts';
import { FORMATS } from '../src/formats/registry.ts';
import { checkIntegrity } from '../src/model/integrity.ts';
import type { Run } from '../src/model/run.ts';
import { readTrace, renderTrace } from '../src/model/trace-file.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');

/** Folders of a benchmark whose steps stand in a log of another format. */
const LOGGED_BY: Readonly<Record<string, string>> = {
  // Our own file gives the run back as it was, with the format that it was read from.
  'codetracer-trace/repair': 'otlp-genai',
  'terminal-bench-1/failed-check': 'claude-code-stream-json-in-asciinema',
};

/** Cases of every folder of fixtures that holds artifacts; `trace` holds our own files. */
const CASES = readdirSync(FIXTURES)
  .filter((folder) => folder !== 'trace')
  .flatMap((folder) => readdirSync(join(FIXTURES, folder)).map((name): [string, string] => [folder, name]));

async function readCase(folder: string, name: string): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const item of readRuns([join(FIXTURES, folder, name)])) {
    if (item.kind === 'failed') throw new Error(`${item.code}: ${item.message}`);
    if (item.kind === 'run') runs.push(item.run);
  }
  return runs;
}

function copyOf(run: Run): { text: string; run: Run } {
  const text = [...renderTrace(run)].join('');
  const document: { steps: unknown[] } = JSON.parse(text);
  return { text, run: readTrace(document, document.steps) };
}

describe.each(CASES)('fixture %s/%s', (folder, name) => {
  it('is detected, sound, and survives export and import', async () => {
    const runs = await readCase(folder, name);
    expect(runs.length).toBeGreaterThan(0);
    if (FORMATS.some(({ id }) => id === folder)) {
      expect([...new Set(runs.map(({ format }) => format))]).toContain(
        LOGGED_BY[`${folder}/${name}`] ?? folder,
      );
    }
    for (const run of runs) {
      expect(checkIntegrity(run)).toEqual([]);
      const first = copyOf(run);
      expect(first.run).toEqual(run);
      // Importing puts members in the order of the schema: from the second export on not a byte changes.
      const second = copyOf(first.run);
      expect(copyOf(second.run).text).toBe(second.text);
    }
    expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length);
  });
});
