import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchManifestSchema } from '../../src/app/bench/bench-manifest.ts';
import { captureCli } from '../support/run-cli.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const COPIES = 8;
const SYSTEMS = 'codetracer,codetracer-no-outcome,largest-write';

/** Labels over many copies of an example run, so that there is a middle to stop in. */
async function makeData(): Promise<string> {
  const home = await makeTemporaryFolder();
  const [row = ''] = readFileSync(join(ROOT, 'examples/labelled/labels.jsonl'), 'utf8').split('\n');
  const rows = Array.from({ length: COPIES }, (_, index) => {
    cpSync(join(ROOT, 'examples/failed-fix'), join(home, 'corpus', `run-${index}`), { recursive: true });
    return row.replace('"artifact":"failed-fix"', `"artifact":"run-${index}"`);
  });
  mkdirSync(join(home, 'labelled'));
  writeFileSync(join(home, 'labelled', 'labels.jsonl'), `${rows.join('\n')}\n`);
  return home;
}

function command(home: string, out: string): string[] {
  return ['bench', 'run', join(home, 'labelled'), '--systems', SYSTEMS, '--out', out];
}

/** In a process of its own, for it is going to be stopped. */
function startRun(home: string, out: string): ChildProcess {
  const argv = command(home, out);
  return spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'src/cli/main.ts'), ...argv], {
    cwd: ROOT,
    stdio: 'ignore',
  });
}

/** To the end, in this process: starting another one takes longer than the run. */
async function finishRun(home: string, out: string): Promise<number> {
  return (await captureCli(...command(home, out))).code;
}

function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
}

/** Waits until some answers are on the disk, and not more. */
async function untilAnswers(out: string, count: number): Promise<void> {
  const path = join(out, 'predictions', 'codetracer.jsonl');
  const lines = (): number => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0);
  while (lines() < count) await new Promise((resolve) => setTimeout(resolve, 2));
}

function readAnswers(out: string): Record<string, string> {
  const home = join(out, 'predictions');
  return Object.fromEntries(
    readdirSync(home)
      .sort()
      .map((name) => [
        name,
        readFileSync(join(home, name), 'utf8').replace(/"milliseconds":[\d.]+/g, '"milliseconds":0'),
      ]),
  );
}

function readState(out: string) {
  return benchManifestSchema.parse(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')));
}

describe('a run of the benchmark that is stopped', () => {
  it('goes on to the same bytes, whether it was killed or interrupted', async () => {
    const home = await makeData();
    const whole = join(home, 'whole');
    expect(await finishRun(home, whole)).toBe(0);
    expect(Object.keys(readAnswers(whole))).toHaveLength(3);

    const killed = join(home, 'killed');
    const first = startRun(home, killed);
    await untilAnswers(killed, 2);
    first.kill('SIGKILL');
    expect(await ended(first)).toBe('SIGKILL');
    expect(readState(killed).state).toBe('running');
    expect(await finishRun(home, killed)).toBe(0);
    expect(readAnswers(killed)).toEqual(readAnswers(whole));
    expect(readState(killed).counts.reused).toBeGreaterThanOrEqual(4);

    const stopped = join(home, 'stopped');
    const second = startRun(home, stopped);
    await untilAnswers(stopped, 1);
    second.kill('SIGINT');
    expect(await ended(second)).toBe(130);
    const { state, counts } = readState(stopped);
    expect(state).toBe('interrupted');
    expect(counts.pending).toBeGreaterThan(0);
    expect(await finishRun(home, stopped)).toBe(0);
    expect(readAnswers(stopped)).toEqual(readAnswers(whole));
  }, 120_000);
});
