import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../src/app/read-runs.ts';
import { FORMATS } from '../src/formats/registry.ts';
import { checkIntegrity } from '../src/model/integrity.ts';
import type { Run } from '../src/model/run.ts';
import { readTrace, renderTrace } from '../src/model/trace-file.ts';
import { readFiles } from './support/read-files.ts';
import { summarizeRun } from './support/summarize-run.ts';

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

const GOLDENS = join(import.meta.dirname, 'goldens');

/** The files of a case, to be read from memory. */
function loadCase(folder: string, name: string): Record<string, Buffer> {
  const root = join(FIXTURES, folder, name);
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(root.length + 1), readFileSync(path)];
    }),
  );
}

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

/** Batches of lines may end elsewhere, and what is said of a batch comes at its end: the order is no matter. */
function sortDiagnostics(run: Run): Run {
  const key = (diagnostic: Run['diagnostics'][number]): string => JSON.stringify(diagnostic);
  return { ...run, diagnostics: run.diagnostics.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)) };
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

  it('comes to what its summary says (npx vitest run test/gauntlet.test.ts -u, then look)', async () => {
    const runs = await readCase(folder, name);
    const summaries = runs.map((run) => summarizeRun({ ...run, path: run.path.replace(`${FIXTURES}/`, '') }));
    const text = `${summaries.join('\n\n')}\n`;
    expect(text.split('\n').length).toBeLessThan(120);
    await expect(text).toMatchFileSnapshot(join(GOLDENS, folder, `${name}.txt`));
  });

  it('is the same whether it is read byte by byte or at once, whole or element by element', async () => {
    const files = loadCase(folder, name);
    const atOnce = await readFiles(files);
    const inPieces = await readFiles(files, { chunkBytes: 1, wholeJsonBytes: 0 });
    expect(inPieces.left).toBe(atOnce.left);
    expect(inPieces.runs.map(sortDiagnostics)).toEqual(atOnce.runs.map(sortDiagnostics));
  });
});
