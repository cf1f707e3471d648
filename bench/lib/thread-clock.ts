import { readFileSync } from 'node:fs';

const OWN_TIMES = `/proc/self/task/${process.pid}/schedstat`;

/** Whether the system tells the processor time of one thread (Linux does). */
export const hasThreadTimes = readThreadMs() !== undefined;

/**
 * Milliseconds of processor time that the main thread has used, without the collector's and compiler's threads and
 * without waiting for a processor; the clock on the wall where the system does not tell. It moves every few
 * milliseconds: good for a long stretch of work, not for one short run.
 */
export function threadMs(): number {
  return (hasThreadTimes ? readThreadMs() : undefined) ?? performance.now();
}

function readThreadMs(): number | undefined {
  try {
    const nanoseconds = Number(readFileSync(OWN_TIMES, 'latin1').split(' ', 1)[0]);
    return Number.isFinite(nanoseconds) ? nanoseconds / 1e6 : undefined;
  } catch {
    return undefined;
  }
}
