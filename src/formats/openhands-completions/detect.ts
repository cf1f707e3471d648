import type { Detection, Probe } from '../format.ts';
import type { Entry } from '../port.ts';
import { readLoggedCall } from './read-document.ts';

/** Names that loggers give to calls: `<model>-<unix time>.json`, in newer versions with a digest at the end. */
const CALL_NAME = /-\d{9,}(?:\.\d+)?(?:-[0-9a-f]{2,8})?\.json$/;

export async function detectCompletions(probe: Probe): Promise<Detection> {
  const { entry, entries, head } = probe;
  if (entry.kind === 'file') {
    const looksLike =
      entry.name.endsWith('.json') && /^\s*\{/.test(head) && /"(?:messages|input)"\s*:/.test(head);
    return looksLike && (await isCall(probe, entry))
      ? { score: 0.7, reason: 'one logged model call (messages and response)' }
      : { score: 0, reason: 'no logged model call' };
  }
  const files = entries.filter((file) => file.kind === 'file' && file.name.endsWith('.json'));
  const named = files.filter((file) => CALL_NAME.test(file.name));
  // The smallest is enough to tell, and cheap; one may be damaged, so a second is looked at.
  const samples = (named.length > 0 ? named : files).toSorted((a, b) => a.size - b.size).slice(0, 3);
  let calls = 0;
  for (const sample of samples) {
    if (sample.size === 0 || !(await isCall(probe, sample))) continue;
    if (named.length > 0) {
      return { score: 0.95, reason: `${named.length} files of logged model calls (messages and response)` };
    }
    calls++;
  }
  // Without the loggers' names one call may lie among other documents: then it is one by itself.
  if (calls * 2 > samples.length) {
    return {
      score: 0.7,
      reason: `most of ${files.length} files are logged model calls (messages and response)`,
    };
  }
  return { score: 0, reason: 'no files of logged model calls' };
}

async function isCall({ reader }: Probe, { path }: Entry): Promise<boolean> {
  const document = await reader.json(path);
  return readLoggedCall(document?.value) !== undefined;
}
