import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { CodetracerError } from '../base/error.ts';
import { WorkerPool } from './worker-pool.ts';

/** A worker that does what its job says. */
const TEXT = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', (job) => {
    if (job === 'crash') throw new Error('a bug');
    if (job === 'exit') process.exit(7);
    if (job === 'full') return parentPort.postMessage({ kind: 'fatal', code: 'unwritable', message: 'disk full' });
    parentPort.postMessage({ kind: 'item', item: job + ' done' });
    parentPort.postMessage({ kind: 'end' });
  });
  parentPort.postMessage({ kind: 'ready' });
`;

/** What each job gave, in the order of the jobs, and what failed the pool. */
async function runJobs(
  jobs: readonly string[],
  size: number,
  text = TEXT,
): Promise<{ results: string[][]; failure: Error | undefined; spawned: number }> {
  let spawned = 0;
  let failure: Error | undefined;
  const results: string[][] = jobs.map(() => []);
  await new Promise<void>((resolve) => {
    let open = jobs.length;
    const pool = new WorkerPool<string, string>({
      size,
      spawn: () => {
        spawned++;
        return new Worker(text, { eval: true });
      },
      fail: (error) => {
        failure = error;
        void pool.close().then(resolve);
      },
    });
    for (const [index, job] of jobs.entries()) {
      pool.submit(job, {
        item: (item) => results[index]?.push(item),
        end: (crash) => {
          if (crash !== undefined) results[index]?.push(`crashed: ${crash}`);
          if (--open === 0) void pool.close().then(resolve);
        },
      });
    }
  });
  return { results, failure, spawned };
}

describe('WorkerPool', () => {
  it('does every job once, with no more workers than asked for', async () => {
    const jobs = Array.from({ length: 20 }, (_, i) => `job ${i}`);
    const { results, failure, spawned } = await runJobs(jobs, 3);
    expect(results).toEqual(jobs.map((job) => [`${job} done`]));
    expect([failure, spawned]).toEqual([undefined, 3]);
  });

  it('fails only the job of a worker that dies; what waited behind it is done by another', async () => {
    const { results, failure } = await runJobs(['a', 'crash', 'b', 'exit', 'c', 'd'], 1);
    expect(results).toEqual([
      ['a done'],
      ['crashed: a bug'],
      ['b done'],
      ['crashed: it ended with code 7'],
      ['c done'],
      ['d done'],
    ]);
    expect(failure).toBeUndefined();
  });

  it('fails as a whole when a worker says that nothing can be done', async () => {
    const { failure } = await runJobs(['a', 'full', 'b'], 1);
    expect(failure).toBeInstanceOf(CodetracerError);
    expect(failure).toMatchObject({ code: 'unwritable', message: 'disk full' });
  });

  it('fails as a whole when workers can not even start', async () => {
    const { failure } = await runJobs(['a'], 2, 'throw new Error("no such module")');
    expect(failure?.message).toBe('a worker thread could not start: no such module');
  });
});
