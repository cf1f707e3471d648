import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeMany, type BatchItem, type BatchState } from '../src/app/analyze-many.ts';
import { captureCli } from './support/run-cli.ts';
import { makeTemporaryFolder } from './support/temporary-folder.ts';

const EXAMPLES = join(import.meta.dirname, '../examples');
const FIXTURES = join(import.meta.dirname, 'fixtures');

/** Runs of several formats, twins (equal content at two places), a file that no format decides on, and other files. */
async function layBatch(): Promise<string> {
  const folder = join(await makeTemporaryFolder(), 'batch');
  cpSync(join(EXAMPLES, 'failed-fix'), join(folder, 'a'), { recursive: true });
  cpSync(join(EXAMPLES, 'good-fix'), join(folder, 'b'), { recursive: true });
  cpSync(join(EXAMPLES, 'failed-fix'), join(folder, 'z/again'), { recursive: true });
  for (const name of ['swe-agent', 'claude-code-session', 'openhands-events', 'atif']) {
    cpSync(join(FIXTURES, name), join(folder, 'fixtures', name), { recursive: true });
  }
  mkdirSync(join(folder, 'other'));
  writeFileSync(join(folder, 'other/notes.md'), '# Notes\n');
  return folder;
}

async function collect(paths: readonly string[], workers: number): Promise<BatchItem[]> {
  const items: BatchItem[] = [];
  for await (const item of analyzeMany(paths, { files: false, workers })) items.push(item);
  return items;
}

describe('analyzeMany', () => {
  it('gives the same runs, ids and failures in the same order with one worker and with two', async () => {
    const folder = await layBatch();
    const [one, two] = [await collect([folder], 1), await collect([folder], 2)];
    const runs = one.flatMap((item) => (item.kind === 'run' ? [item.report.id] : []));
    expect(runs.length).toBeGreaterThan(8);
    expect(new Set(runs).size).toBe(runs.length);
    const inOrder = (items: readonly BatchItem[]) => items.filter((item) => item.kind !== 'skipped');
    expect(inOrder(two)).toEqual(inOrder(one));
    const skipped = (items: readonly BatchItem[]) =>
      items.flatMap((item) => (item.kind === 'skipped' ? [item.path] : [])).toSorted();
    expect(skipped(two)).toEqual(skipped(one));
  });

  it('prints the same document and writes the same files from the command line', async () => {
    const folder = await layBatch();
    const outputs: string[] = [];
    const written: string[][] = [];
    const codes: number[] = [];
    for (const workers of ['1', '2']) {
      const out = await makeTemporaryFolder();
      const args = ['analyze', folder, '--json', '--no-extractors', '--out', out, '--workers', workers];
      const { code, stdout } = await captureCli(...args);
      codes.push(code);
      outputs.push(stdout.replaceAll(out, 'OUT'));
      written.push(readdirSync(out, { recursive: true }).map(String).toSorted());
      expect(readFileSync(join(out, 'last'), 'utf8')).toContain(JSON.parse(stdout).runs.at(-1).id);
    }
    expect(outputs[1]).toBe(outputs[0]);
    expect(written[1]).toEqual(written[0]);
    expect(codes[1]).toBe(codes[0]);
  });

  it('tells how far it is, up to the end', async () => {
    const folder = await layBatch();
    const states: BatchState[] = [];
    for await (const _ of analyzeMany([folder], {
      files: false,
      workers: 1,
      onProgress: (state) => void states.push(state),
    }));
    const last = states.at(-1);
    expect(last).toEqual({
      ...last,
      isComplete: true,
      doneArtifacts: last?.artifacts,
      doneWeight: last?.weight,
    });
    const done = states.map(({ doneArtifacts }) => doneArtifacts);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(states.findIndex(({ isComplete }) => isComplete)).toBeLessThan(states.length);
  });

  it('can be left early with threads at work', async () => {
    const folder = await layBatch();
    for await (const item of analyzeMany([folder], { files: false, workers: 2 })) {
      if (item.kind === 'run') break;
    }
    const again = await collect([join(folder, 'a')], 2);
    expect(again.filter(({ kind }) => kind === 'run')).toHaveLength(1);
  });

  it('stops when files can not be written, whoever writes them', async () => {
    const folder = await layBatch();
    const out = join(await makeTemporaryFolder(), 'file');
    writeFileSync(out, '');
    for (const workers of ['1', '2']) {
      const { code, stderr } = await captureCli('analyze', folder, '--out', out, '--workers', workers);
      expect([workers, code]).toEqual([workers, 3]);
      expect(stderr).toContain(out);
    }
  });

  it('refuses a number of workers that is none', async () => {
    for (const workers of ['0', 'many', '1000']) {
      expect((await captureCli('analyze', EXAMPLES, '--workers', workers)).code).toBe(2);
    }
  });
});
