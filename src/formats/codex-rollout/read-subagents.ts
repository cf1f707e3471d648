import { isObject, type JsonObject } from '../../base/json.ts';
import { dirName, joinPath } from '../../base/path.ts';
import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import { addUsage } from '../../model/usage.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { callIdOf, RolloutReader } from './rollout-reader.ts';
import { readParentThread, readSpawn } from './spawn.ts';

/** Rollouts are called `rollout-<time>-<id of the thread>.jsonl`, in a folder per day. */
const NAME = /^rollout-.{1,120}\.jsonl$/;

/**
 * Reads the rollouts of the sub-agents that a session started, and of those that they started. Each begins with a
 * copy of its parent's history when it was told to take it along; the copy is left out.
 */
export async function readSubagents(
  main: RolloutReader,
  run: RunBuilder,
  entry: Entry,
  reader: ArtifactReader,
): Promise<void> {
  const done = new Set<string>();
  // A work list: sub-agents may start others.
  const work = [main];
  for (let next = work.shift(); next; next = work.shift()) {
    for (const [thread, call] of next.spawned) {
      if (done.has(thread)) continue;
      done.add(thread);
      const file = await findRollout(thread, entry, reader);
      if (!file) {
        const message = `the rollout of sub-agent ${thread} is not there, so its steps are unknown`;
        run.log.add('missing-artifact', 'warning', message, call?.facts.place ?? { artifact: entry.path });
        continue;
      }
      const child = new RolloutReader(run, run.branch(call, branchFacts(call?.facts.args)));
      await readChild(child, next, run, file, reader);
      run.totalUsage = addUsage(run.totalUsage, child.tokens.ofAnswers());
      work.push(child);
    }
  }
}

async function readChild(
  child: RolloutReader,
  parent: RolloutReader,
  run: RunBuilder,
  file: Entry,
  reader: ArtifactReader,
): Promise<void> {
  run.artifact({ path: file.path, size: file.size, use: 'steps' });
  const copied = await lastCopiedLine(parent, file, reader);
  if (copied > 1) {
    run.log.add(
      'duplicate-record',
      'info',
      'a sub-agent begins with a copy of its parent’s history; it was read once',
      {
        artifact: file.path,
        line: 2,
      },
    );
  }
  for await (const batch of readFileRecords(reader, file.path, run.log)) {
    for (const { value, line } of batch) {
      if (line.line > 1 && line.line <= copied) continue;
      child.read(value, { artifact: file.path, line: line.line });
    }
  }
  child.finish();
}

/** The last line that shows a call of the parent: up to there the file is a copy. */
async function lastCopiedLine(parent: RolloutReader, file: Entry, reader: ArtifactReader): Promise<number> {
  let last = 0;
  for await (const batch of readFileRecords(reader, file.path, new DiagnosticLog())) {
    for (const { value, line } of batch) {
      const id = callIdOf(value);
      if (id !== undefined && parent.items.callOf(id)) last = line.line;
    }
  }
  return last;
}

function branchFacts(args: JsonObject | undefined): { name?: string; prompt?: string } {
  const name = args?.agent_type ?? args?.task_name ?? args?.nickname;
  const prompt = args?.message ?? args?.prompt;
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof prompt === 'string' && { prompt }),
  };
}

/** The rollout of a thread: beside this one, or in the folder of another day. */
async function findRollout(thread: string, entry: Entry, reader: ArtifactReader): Promise<Entry | undefined> {
  const folder = dirName(entry.path);
  const here = await findIn(folder, thread, reader);
  if (here) return here;
  for (const day of await reader.list(joinPath(folder, '..'))) {
    if (day.kind !== 'directory' || !/^\d\d$/.test(day.name)) continue;
    const found = await findIn(day.path, thread, reader);
    if (found && found.path !== entry.path) return found;
  }
  return undefined;
}

async function findIn(folder: string, thread: string, reader: ArtifactReader): Promise<Entry | undefined> {
  const entries = await reader.list(folder);
  return entries.find(
    ({ kind, name }) => kind === 'file' && NAME.test(name) && name.endsWith(`-${thread}.jsonl`),
  );
}

/** Threads that a rollout says it started, by reader and path: a session's file is asked once for all its sub-agents. */
const started = new WeakMap<ArtifactReader, Map<string, Promise<ReadonlySet<string>>>>();

/** The rollout that a sub-agent's rollout is read with: that of its parent, when it is there and names the sub-agent. */
export async function partOfRollout(entry: Entry, reader: ArtifactReader): Promise<string | undefined> {
  if (!NAME.test(entry.name)) return undefined;
  const head = (await reader.head(entry.path)) ?? '';
  if (!head.slice(0, 4096).includes('"subagent"')) return undefined;
  const line = head.split('\n', 1)[0] ?? '';
  const meta = splitJsonLine(line).objects[0]?.value ?? headOnly(line);
  const parent = meta && readParentThread(meta);
  if (parent === undefined || !/^[\w-]{8,80}$/.test(parent)) return undefined;
  const file = await findRollout(parent, entry, reader);
  if (!file || file.path === entry.path) return undefined;
  const names = await startedBy(file.path, reader);
  return [...names].some((id) => entry.name.endsWith(`-${id}.jsonl`)) ? file.path : undefined;
}

/** Of a first line that is longer than what was read only the parent's id is needed. */
function headOnly(line: string): JsonObject | undefined {
  const parent = /"parent_thread_id":"([\w-]{8,80})"/.exec(line.slice(0, 4096))?.[1];
  return parent === undefined ? undefined : { payload: { parent_thread_id: parent } };
}

function startedBy(path: string, reader: ArtifactReader): Promise<ReadonlySet<string>> {
  const known = started.get(reader) ?? new Map<string, Promise<ReadonlySet<string>>>();
  started.set(reader, known);
  const before = known.get(path);
  if (before) return before;
  const made = collectStarted(path, reader);
  known.set(path, made);
  return made;
}

async function collectStarted(path: string, reader: ArtifactReader): Promise<ReadonlySet<string>> {
  const threads = new Set<string>();
  for await (const batch of readFileRecords(reader, path, new DiagnosticLog())) {
    for (const { value } of batch) {
      const spawn = isObject(value.payload) ? readSpawn(value) : undefined;
      if (spawn) threads.add(spawn.thread);
    }
  }
  return threads;
}
