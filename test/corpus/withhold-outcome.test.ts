import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/app/analyze.ts';
import { readRuns } from '../../src/app/read-runs.ts';
import { CORPUS, hasCorpus, readTruth } from '../support/corpus.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** What of a trial's results says how it ended; the rest (task, times, configuration) is no outcome. */
const OUTCOME = ['is_resolved', 'parser_results', 'failure_mode', 'verifier_result', 'exception_info'];

function copyWithoutOutcome(path: string): string {
  const root = mkdtempSync(join(tmpdir(), 'withheld-'));
  folders.push(root);
  const isTrial = /\/(?:agent|sessions)\/[^/]+$/.test(path);
  if (!isTrial) {
    const target = join(root, basename(path));
    cpSync(path, target, { recursive: true });
    return target;
  }
  const trial = dirname(dirname(path));
  const target = join(root, basename(trial));
  mkdirSync(target);
  cpSync(dirname(path), join(target, basename(dirname(path))), { recursive: true });
  for (const name of ['results.json', 'result.json', 'config.json']) {
    const source = join(trial, name);
    const read = readIfThere(source);
    if (read === undefined) continue;
    const kept = Object.entries(JSON.parse(read)).filter(([key]) => !OUTCOME.includes(key));
    writeFileSync(join(target, name), JSON.stringify(Object.fromEntries(kept)));
  }
  return join(target, basename(dirname(path)), basename(path));
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Of every run that the path holds. */
async function diagnosisOf(path: string): Promise<{ text: string; known: number }> {
  const texts: string[] = [];
  let known = 0;
  for await (const item of readRuns([path])) {
    if (item.kind !== 'run') continue;
    const { diagnosis } = analyze(item.run, { withholdOutcome: true });
    const plain = { ...diagnosis, signals: [...diagnosis.signals] };
    const hide = (key: string, value: unknown): unknown => (key === 'place' ? undefined : value);
    texts.push(JSON.stringify(plain, hide));
    if (item.run.outcome.kind !== 'unknown') known++;
  }
  return { text: texts.join('\n'), known };
}

/** A few runs of every format, solved and failed ones, and every one whose trial timed out. */
function sample(): string[] {
  const taken = new Map<string, number>();
  return readTruth()
    .filter(({ solved, steps }) => typeof solved === 'boolean' && steps > 0)
    .filter(({ format, solved, path }) => {
      const key = `${format} ${String(solved)}`;
      const count = taken.get(key) ?? 0;
      taken.set(key, count + 1);
      return count < 3 || path.includes('play-zork');
    })
    .map(({ path }) => path);
}

describe.runIf(hasCorpus)('a diagnosis without the outcome', () => {
  it('is the same when everything that tells the outcome is deleted', { timeout: 240_000 }, async () => {
    let known = 0;
    for (const path of sample()) {
      const whole = await diagnosisOf(join(CORPUS, path));
      const bare = await diagnosisOf(copyWithoutOutcome(join(CORPUS, path)));
      known += whole.known;
      expect(whole.text, path).not.toBe('');
      expect(bare.text, path).toBe(whole.text);
    }
    expect(known).toBeGreaterThan(10);
  });
});
