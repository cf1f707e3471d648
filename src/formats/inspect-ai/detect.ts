import { isLfsPointer } from '../../base/lfs-pointer.ts';
import type { Detection, Probe } from '../format.ts';
import { isSampleFile, JOURNAL_START } from './log-files.ts';

const NO: Detection = { score: 0, reason: 'no log of Inspect' };
const ZIP = 'PK\u0003\u0004';

export async function detectInspect({ entry, head, reader }: Probe): Promise<Detection> {
  if (head.startsWith(ZIP)) {
    const isNamed = entry.name.endsWith('.eval');
    if (!isNamed && !head.includes(JOURNAL_START) && !head.includes('samples/')) return NO;
    const samples = await reader.list(`${entry.path}/samples`);
    return detectArchive(await reader.list(entry.path), samples, isNamed);
  }
  if (entry.name.endsWith('.eval')) {
    if (isLfsPointer(head)) return { score: 0.7, reason: 'a Git-LFS pointer where an .eval log was' };
    return head === ''
      ? { score: 0.6, reason: 'an empty .eval log' }
      : { score: 0.1, reason: 'named .eval, but no zip archive' };
  }
  return detectText(head.trimStart());
}

function detectArchive(top: Probe['entries'], samples: Probe['entries'], isNamed: boolean): Detection {
  const hasJournal = top.some(({ name }) => name === '_journal');
  const hasHeader = hasJournal || top.some(({ name }) => name === 'header.json');
  const count = samples.filter(({ name }) => isSampleFile(name)).length;
  if (hasHeader && count > 0) return { score: 0.97, reason: `an archive with a header and ${count} samples` };
  // Many archives have a header of some kind.
  if (!hasJournal && !(hasHeader && isNamed)) return NO;
  return { score: 0.8, reason: 'an archive with the header of a log, and no samples' };
}

/** The members that open a `.json` log: its version and status come first, then the evaluation. */
const LOG_START = /^\{\s*"version"\s*:\s*\d+\s*,\s*"status"\s*:\s*"\w{2,20}"\s*,\s*"eval"\s*:\s*\{/;
const SAMPLE_START = /^\{\s*"id"\s*:\s*(?:"[^"\n]{0,300}"|-?\d{1,18})\s*,\s*"epoch"\s*:\s*\d{1,9}\s*,/;

function detectText(head: string): Detection {
  if (LOG_START.test(head) && head.includes('"task"') && head.includes('"model"')) {
    return { score: 0.95, reason: 'a document with version, status and the evaluation' };
  }
  if (SAMPLE_START.test(head) && head.includes('"input"') && head.includes('"messages"')) {
    return { score: 0.9, reason: 'a sample with its epoch, input and messages' };
  }
  return NO;
}
