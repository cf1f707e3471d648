import type { Effect } from '../../model/effect.ts';
import type { Step } from '../../model/step.ts';
import type { ProcessNames } from '../process-list.ts';

const JOB = /^\[(\d{1,4})\] (\d{1,8})$/gm;
const HANDLE =
  /(?:running in (?:the )?background with ID: |Process running with session ID |Background (?:task|shell) (?:started|ID): ?)(\w{1,40})/;
const GEMINI_PIDS = /^Background PIDs: ([\d, ]{1,200})$/m;
/** `[1]+  Done  cmd`, `[2]-  Exit 1  cmd`, `[1]  + terminated  cmd`. */
const ENDED =
  /^\[(\d{1,4})\] {0,2}[-+ ]? {1,3}(?:Done|Exit \d+|Terminated|Killed|Segmentation fault|done|exit \d+|terminated|killed)\b/gm;

/** By which numbers the shell or the harness says that it knows the processes that a step started, in order. */
export function readProcessNames(step: Step, count: number): ProcessNames[] {
  const shown = (step.observation ?? '').slice(0, 100_000);
  const jobs = [...shown.matchAll(JOB)];
  if (jobs.length === count) return jobs.map((found) => ({ job: Number(found[1]), pid: Number(found[2]) }));
  if (count !== 1) return [];
  const handle = HANDLE.exec(shown)?.[1];
  if (handle !== undefined) return [{ handle }];
  const pids = GEMINI_PIDS.exec(shown)?.[1]?.split(/, ?/);
  if (pids?.length === 1) return [{ pid: Number(pids[0]) }];
  if (!/\$!/.test(step.action)) return [];
  const numbers = shown
    .split('\n')
    .flatMap((line) => /^(?:.*\bPID:?\s*=?\s*)?(\d{1,8})$/i.exec(line.trim())?.[1] ?? []);
  return numbers.length === 1 ? [{ pid: Number(numbers[0]) }] : [];
}

/** A job or a handle that an output shows ended. */
export interface ProcessNews {
  readonly job?: number;
  readonly handle?: string;
}

export function readProcessNews(step: Step, happened: readonly Effect[], output: string): ProcessNews[] {
  const news: ProcessNews[] = output.includes('[')
    ? [...output.slice(0, 200_000).matchAll(ENDED)].map((found) => ({ job: Number(found[1]) }))
    : [];
  const observation = step.observation ?? '';
  for (const effect of happened) {
    if (effect.kind !== 'process' || effect.action !== 'wait') continue;
    if (
      /<status>(?:completed|failed|killed)<\/status>|^Process exited with code|status: (?:completed|failed|exited)/m.test(
        observation.slice(0, 4000),
      )
    )
      news.push({ handle: effect.what });
  }
  return news;
}
