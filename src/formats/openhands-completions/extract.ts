import { compareNatural } from '../../base/order.ts';
import { baseName, dirName } from '../../base/path.ts';
import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import { addUsage } from '../../model/usage.ts';
import type { ExtractInput } from '../format.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { AttemptReader } from './attempt-reader.ts';
import { type Attempt, type CallRecord, fullestView, splitAttempts, summarizeCall } from './attempts.ts';
import { readLoggedCall } from './read-document.ts';

/**
 * One run per attempt in a folder of logged calls (or of a single call's file). Every file is read once and reduced
 * to what is new in it; then the file with the fullest view is read again, so memory holds one view at a time.
 */
export async function* extractCompletions(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const { entry, path, reader } = input;
  const log = new DiagnosticLog();
  const files = entry.kind === 'file' ? [entry] : await listFiles(entry, reader);
  const records: CallRecord[] = [];
  const unread: Entry[] = [];
  for (const file of files) {
    const document = await reader.json(file.path);
    const call = readLoggedCall(document?.value);
    log.addAll(document?.diagnostics ?? []);
    if (call?.answer.length === 0) {
      log.fold('unexpected-shape', 'warning', 'a logged call holds no answer', { artifact: file.path });
    }
    if (call?.answer.some(({ nameless }) => nameless !== undefined)) {
      log.fold('unexpected-shape', 'warning', 'a call names no tool and was left out', {
        artifact: file.path,
      });
    }
    if (call) records.push(summarizeCall(file.path, call));
    else unread.push(file);
  }
  const attempts = splitAttempts(sortByTime(records));
  const id = readTaskId(entry);
  for (const [at, attempt] of attempts.entries()) {
    const fragment = attempts.length > 1 ? `#attempt-${at + 1}` : '';
    const run = new RunBuilder({ format: 'openhands-completions', path: `${path}${fragment}` });
    run.superseded = at < attempts.length - 1;
    if (id !== undefined) run.task = { id };
    await readAttempt(run, attempt, reader);
    if (!run.superseded) finishFolder(run, unread, log);
    yield run;
  }
  if (attempts.length > 0) return;
  const run = new RunBuilder({ format: 'openhands-completions', path });
  finishFolder(run, unread, log);
  yield run;
}

async function listFiles(folder: Entry, reader: ArtifactReader): Promise<Entry[]> {
  const entries = await reader.list(folder.path);
  return entries.filter((entry) => entry.kind === 'file' && entry.name.endsWith('.json'));
}

function finishFolder(run: RunBuilder, unread: readonly Entry[], log: DiagnosticLog): void {
  for (const { path, size } of unread) run.artifact({ path, size, use: 'unread' });
  run.log.addAll(log.list());
}

/** By the time that each call recorded; calls without one stay where their names put them. */
function sortByTime(records: readonly CallRecord[]): CallRecord[] {
  const named = records.toSorted((a, b) => compareNatural(a.path, b.path));
  let last = Number.NEGATIVE_INFINITY;
  const keyed = named.map((record) => {
    last = record.timestamp ?? last;
    return { record, time: last };
  });
  return keyed.sort((a, b) => a.time - b.time).map(({ record }) => record);
}

async function readAttempt(run: RunBuilder, attempt: Attempt, reader: ArtifactReader): Promise<void> {
  const { calls, helpers } = attempt;
  run.agent = { name: 'OpenHands' };
  const model = calls.find((call) => call.model !== undefined)?.model;
  if (model !== undefined) run.model = model;
  for (const { path, usage } of [...calls, ...helpers]) {
    run.artifact({ path, use: 'steps' });
    run.totalUsage = addUsage(run.totalUsage, usage);
  }
  const times = calls.flatMap((call) => call.timestamp ?? []);
  const [startedAt, endedAt] = [times[0], times.at(-1)];
  if (startedAt !== undefined) run.startedAt = startedAt;
  if (endedAt !== undefined) run.endedAt = endedAt;
  const fullest = fullestView(calls);
  if (!fullest) return;
  const document = await reader.json(fullest.path);
  new AttemptReader(run, calls).read(readLoggedCall(document?.value)?.view ?? [], fullest.path);
}

/** Evaluations keep the calls of an instance under its name: `llm_completions/<instance>/`. */
function readTaskId({ kind, path, name }: Entry): string | undefined {
  const folder = kind === 'file' ? dirName(path) : path;
  const own = kind === 'file' ? baseName(folder) : name;
  const inStore = baseName(dirName(folder)) === 'llm_completions';
  return own !== '' && (inStore || /^[\w.-]+__[\w.-]+$/.test(own)) ? own : undefined;
}
