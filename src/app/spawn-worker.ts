import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { WorkerSetup } from './artifact-job.ts';

/** Starts a thread of `analyze-worker`: from the bundle, or from the sources, which Node can read only with a loader. */
export function spawnAnalyzeWorker(setup: WorkerSetup): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./analyze-worker.js', import.meta.url), { workerData: setup });
  }
  const loaderPackage = pathToFileURL(createRequire(import.meta.url).resolve('tsx/package.json'));
  const loader = new URL('./dist/esm/api/index.mjs', loaderPackage).href;
  const entry = new URL('./analyze-worker.ts', import.meta.url).href;
  const text = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(entry)}); })`;
  return new Worker(text, { eval: true, workerData: setup });
}
