import { pointer } from '../../base/json.ts';
import { joinPath } from '../../base/path.ts';
import { toMillis } from '../../model/ids.ts';
import type { RunException } from '../../model/run.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { TestResult, TestStatus } from '../../model/test-result.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { readFailureMessages } from './failure-messages.ts';
import { readResults } from './read-results.ts';
import type { TrialResults } from './schema.ts';
import { isPointer } from './step-artifacts.ts';

/** Ways in which a trial can end early. `unset` and `none` mean that it did not. */
const FAILURE_MODES: ReadonlyMap<string, RunException['kind']> = new Map([
  ['agent_timeout', 'timeout'],
  ['test_timeout', 'harness'],
  ['unknown_agent_error', 'crash'],
  ['agent_installation_failed', 'harness'],
  ['parse_error', 'harness'],
  ['fatal_llm_parse_error', 'crash'],
  ['context_length_exceeded', 'limit'],
  ['output_length_exceeded', 'limit'],
  ['unknown', 'harness'],
]);

const STATUSES: ReadonlyMap<unknown, TestStatus> = new Map<unknown, TestStatus>([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['error', 'error'],
  ['skipped', 'skipped'],
]);

/** Adds task, outcome, checks, times and exceptions of a trial to its run. */
export async function enrichTrial(run: RunBuilder, folder: Entry, reader: ArtifactReader): Promise<void> {
  await noteFiles(run, folder.path, reader);
  const found = await readResults(folder.path, reader);
  if (found.kind !== 'trial') {
    const place = { artifact: found.path };
    const what = found.kind === 'missing' ? 'is not there' : 'is not that of a trial';
    run.log.add('missing-artifact', 'warning', `results.json ${what}: outcome and task are unknown`, place);
    if (found.kind !== 'missing') run.log.addAll(found.diagnostics);
    return;
  }
  const { results, path } = found;
  run.artifact({ path, use: 'enrichment' });
  addTask(run, results, path);
  addTimesAndUsage(run, results);
  addFailureMode(run, results, path);
  await addOutcome(run, results, path, folder.path, reader);
}

function addTask(run: RunBuilder, results: TrialResults, artifact: string): void {
  const text = results.instruction ?? undefined;
  const place: SourceRef = { artifact, pointer: '/instruction' };
  run.task = { id: results.task_id, ...(text === undefined ? run.task : { text, place }) };
}

function addTimesAndUsage(run: RunBuilder, results: TrialResults): void {
  const started = toMillis(results.agent_started_at) ?? toMillis(results.trial_started_at);
  const ended = toMillis(results.agent_ended_at) ?? toMillis(results.trial_ended_at);
  if (started !== undefined) run.startedAt ??= started;
  if (ended !== undefined) run.endedAt ??= ended;
  // Zeros are what the harness writes for agents that it does not count.
  const input = results.total_input_tokens ?? 0;
  const output = results.total_output_tokens ?? 0;
  if (input > 0 || output > 0) run.totalUsage ??= { inputTokens: input, outputTokens: output };
}

function addFailureMode(run: RunBuilder, results: TrialResults, artifact: string): void {
  const mode = results.failure_mode ?? 'unset';
  if (mode === 'unset' || mode === 'none') return;
  run.exitStatus = mode;
  const place = { artifact, pointer: '/failure_mode' };
  run.exceptions.push({ kind: FAILURE_MODES.get(mode) ?? 'harness', message: mode, place });
}

async function addOutcome(
  run: RunBuilder,
  results: TrialResults,
  artifact: string,
  folder: string,
  reader: ArtifactReader,
): Promise<void> {
  const resolved = results.is_resolved;
  run.outcomeSignals.push({
    source: 'results.json is_resolved',
    says: typeof resolved === 'boolean' ? (resolved ? 'solved' : 'failed') : 'unknown',
    detail: `is_resolved: ${String(resolved ?? null)}`,
    ...(typeof resolved === 'boolean' && { quote: String(resolved) }),
    place: { artifact, pointer: '/is_resolved' },
    authority: 'harness',
  });
  const checks = await readChecks(results, artifact, folder, reader, run);
  if (checks.length === 0) return;
  run.checks.push(...checks);
  const bad = checks.filter(({ status }) => status === 'failed' || status === 'error').length;
  run.outcomeSignals.push({
    source: 'results.json parser_results',
    says: bad > 0 ? 'failed' : 'solved',
    detail: `${checks.length - bad} of ${checks.length} checks passed`,
    place: { artifact, pointer: '/parser_results' },
    authority: 'checker',
  });
}

async function readChecks(
  results: TrialResults,
  artifact: string,
  folder: string,
  reader: ArtifactReader,
  run: RunBuilder,
): Promise<TestResult[]> {
  const named = Object.entries(results.parser_results ?? {});
  if (named.length === 0) return [];
  const pane = joinPath(folder, 'panes/post-test.txt');
  const screen = await reader.text(pane);
  if (screen) run.artifact({ path: pane, use: 'enrichment' });
  const messages = readFailureMessages(screen?.text ?? '');
  return named.flatMap(([test, raw]): TestResult[] => {
    const status = STATUSES.get(raw);
    if (!status) {
      run.log.fold('unexpected-shape', 'warning', 'a check has a result that is not known', { artifact });
      return [];
    }
    const place: SourceRef = { artifact, pointer: pointer('parser_results', test) };
    const message = status === 'passed' || status === 'skipped' ? undefined : messages.get(test);
    return [{ test, status, place, ...(message !== undefined && { message }) }];
  });
}

/** What else lies in the folder; names the files of which only a pointer was stored. */
async function noteFiles(run: RunBuilder, folder: string, reader: ArtifactReader): Promise<void> {
  const inside = await reader.list(folder);
  const parts = ['sessions', 'panes'].map((name) => reader.list(joinPath(folder, name)));
  const pointers: Entry[] = [];
  for (const entry of [...inside, ...(await Promise.all(parts)).flat()]) {
    if (entry.kind !== 'file') continue;
    run.artifact({ path: entry.path, size: entry.size, use: 'unread' });
    if (await isPointer(entry.path, reader)) pointers.push(entry);
  }
  const [first] = pointers;
  if (!first) return;
  const names = pointers.map(({ name }) => name).join(', ');
  run.log.add('lfs-pointer', 'info', `only Git-LFS pointers were stored of ${names}`, {
    artifact: first.path,
  });
}
