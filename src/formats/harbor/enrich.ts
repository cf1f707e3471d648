import { joinPath } from '../../base/path.ts';
import { splitLines } from '../../base/text.ts';
import { toMillis } from '../../model/ids.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { addChecks } from './add-checks.ts';
import { exceptionKind } from './exception-kind.ts';
import { pickReward, readRewardJson, readRewardText, signal } from './read-rewards.ts';
import { type TrialConfig, type TrialResult, trialConfig, trialResult } from './schema.ts';

/** Files around the steps that are read here, relative to the trial. */
const READ = new Set([
  'config.json',
  'result.json',
  'exception.txt',
  'verifier/reward.txt',
  'verifier/reward.json',
  'verifier/ctrf.json',
  'verifier/test-stdout.txt',
]);

/** Adds task, outcome, checks, usage, times and exceptions of a trial to its run. */
export async function enrichTrial(run: RunBuilder, folder: Entry, reader: ArtifactReader): Promise<void> {
  const home = folder.path;
  await noteFiles(run, home, reader);
  const result = await readDocument(run, reader, joinPath(home, 'result.json'), trialResult);
  const config =
    (await readDocument(run, reader, joinPath(home, 'config.json'), trialConfig)) ??
    trialConfig.safeParse(result?.config).data;
  addNames(run, result, config, home);
  if (result) addTimesAndUsage(run, result);
  for (const found of [
    await readRewardText(reader, joinPath(home, 'verifier/reward.txt')),
    await readRewardJson(reader, joinPath(home, 'verifier/reward.json')),
  ]) {
    if (found) run.outcomeSignals.push(found);
  }
  await addChecks(run, home, reader);
  if (result) addHarnessSignal(run, result, joinPath(home, 'result.json'));
  await addException(run, result, home, reader);
}

async function noteFiles(run: RunBuilder, home: string, reader: ArtifactReader): Promise<void> {
  for (const part of ['', 'agent', 'verifier']) {
    for (const entry of await reader.list(joinPath(home, part))) {
      if (entry.kind !== 'file') continue;
      const name = part === '' ? entry.name : `${part}/${entry.name}`;
      run.artifact({ path: entry.path, size: entry.size, use: READ.has(name) ? 'enrichment' : 'unread' });
    }
  }
}

async function readDocument<T>(
  run: RunBuilder,
  reader: ArtifactReader,
  path: string,
  schema: { safeParse(value: unknown): { success: boolean; data?: T | undefined } },
): Promise<T | undefined> {
  const document = await reader.json(path);
  if (!document) {
    run.log.add('missing-artifact', 'info', `${path} is not there`, { artifact: path });
    return undefined;
  }
  run.log.addAll(document.diagnostics);
  const parsed = schema.safeParse(document.value);
  if (parsed.success) return parsed.data;
  run.log.add('unexpected-shape', 'warning', `${path} is no JSON object`, { artifact: path });
  return undefined;
}

function addNames(
  run: RunBuilder,
  result: TrialResult | undefined,
  config: TrialConfig | undefined,
  home: string,
): void {
  const id = result?.task_name ?? config?.task?.name ?? config?.task?.path ?? undefined;
  const text = config?.task?.instruction ?? config?.instruction ?? undefined;
  if (run.task?.text === undefined && text !== undefined) {
    run.task = { text, place: { artifact: joinPath(home, 'config.json') } };
  }
  if (id !== undefined) run.task = { ...run.task, id };
  const info = result?.agent_info;
  const name = info?.name ?? config?.agent?.name ?? undefined;
  const version = info?.version ?? undefined;
  if (name !== undefined) run.agent ??= version === undefined ? { name } : { name, version };
  run.model ??= info?.model_info?.name ?? config?.agent?.model_name ?? undefined;
}

/** What the trajectory says of usage stands; what it does not say is filled in. */
function addTimesAndUsage(run: RunBuilder, result: TrialResult): void {
  run.startedAt ??= toMillis(result.agent_execution?.started_at) ?? toMillis(result.started_at);
  run.endedAt ??= toMillis(result.agent_execution?.finished_at) ?? toMillis(result.finished_at);
  const { n_input_tokens, n_cache_tokens, n_output_tokens, cost_usd } = result.agent_result ?? {};
  const counted = Object.fromEntries(
    Object.entries({
      inputTokens: n_input_tokens,
      cachedInputTokens: n_cache_tokens,
      outputTokens: n_output_tokens,
      costUsd: cost_usd,
    }).filter(([, value]) => typeof value === 'number'),
  );
  if (Object.keys(counted).length > 0) run.totalUsage = { ...counted, ...run.totalUsage };
}

/** The reward that the harness took over; one that the verifier wrote but the harness did not take is a contradiction. */
function addHarnessSignal(run: RunBuilder, result: TrialResult, artifact: string): void {
  const source = 'result.json verifier_result';
  const place = { artifact, pointer: '/verifier_result' };
  const rewards = result.verifier_result?.rewards;
  const found = pickReward(rewards);
  if (rewards) {
    run.outcomeSignals.push(
      signal(source, 'harness', found?.score, JSON.stringify(rewards), place, found && String(found.score)),
    );
    return;
  }
  const type = result.exception_info?.exception_type ?? undefined;
  const written = run.outcomeSignals.some(({ says }) => says !== 'unknown');
  if (!Object.hasOwn(result, 'verifier_result') && type === undefined) return;
  run.outcomeSignals.push({
    source,
    authority: 'harness',
    says: written && type !== undefined ? 'failed' : 'unknown',
    detail: type === undefined ? 'null' : `null, after ${type}: the trial counts without a reward`,
    quote: 'null',
    place,
  });
}

async function addException(
  run: RunBuilder,
  result: TrialResult | undefined,
  home: string,
  reader: ArtifactReader,
): Promise<void> {
  const type = result?.exception_info?.exception_type ?? undefined;
  if (type !== undefined) {
    const message = result?.exception_info?.exception_message ?? '';
    run.exitStatus ??= type;
    const place = { artifact: joinPath(home, 'result.json'), pointer: '/exception_info' };
    run.exceptions.push({
      kind: exceptionKind(type),
      message: `${type}: ${message}`,
      quote: message === '' ? type : message,
      place,
    });
    return;
  }
  // A result that was never written leaves the traceback: its last line names the exception.
  const path = joinPath(home, 'exception.txt');
  const lines = splitLines((await reader.text(path))?.text ?? '');
  const index = lines.findLastIndex((line) => line.trim() !== '');
  const last = lines[index]?.trim();
  if (last === undefined) return;
  const name = /^(?:[\w.]+\.)?(\w+)(?::|$)/.exec(last)?.[1] ?? last;
  run.exitStatus ??= name;
  run.exceptions.push({
    kind: exceptionKind(name),
    message: last,
    place: { artifact: path, line: index + 1 },
  });
}
