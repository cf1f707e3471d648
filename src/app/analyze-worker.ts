/** The thread that reads, analyses and writes artifacts for `analyzeMany`; only summaries go back. */
import { parentPort, workerData } from 'node:worker_threads';
import { CodetracerError } from '../base/error.ts';
import { type ArtifactItem, analyzeArtifact } from './analyze-artifact.ts';
import { type ArtifactJob, JobOpener, type WorkerSetup } from './artifact-job.ts';
import { describeFailure } from './read-runs.ts';
import type { WorkerMessage } from './worker-pool.ts';

const setup = workerData as WorkerSetup;
const opener = new JobOpener(setup.extractors);
const send = (message: WorkerMessage<ArtifactItem>): void => parentPort?.postMessage(message, []);

async function run(job: ArtifactJob): Promise<void> {
  try {
    const located = await opener.open(job);
    if (!located) {
      send({ kind: 'item', item: describeFailure(new Error('it is no longer there'), job.path) });
    } else {
      for await (const item of analyzeArtifact(located, job.identity, setup.options, false)) {
        send({ kind: 'item', item });
      }
    }
    send({ kind: 'end' });
  } catch (error) {
    if (error instanceof CodetracerError && error.code === 'unwritable') {
      const { code, message, hint } = error;
      send({ kind: 'fatal', code, message, ...(hint !== undefined && { hint }) });
      return;
    }
    send({ kind: 'item', item: describeFailure(error, job.path) });
    send({ kind: 'end' });
  }
}

let last = Promise.resolve();
parentPort?.on('message', (job: ArtifactJob) => {
  last = last.then(() => run(job));
});
send({ kind: 'ready' });
