import { asString } from '../../base/json.ts';
import { baseName } from '../../base/path.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { readFileRecords } from '../shared/json-records.ts';
import type { SessionNotes } from '../shared/session-notes.ts';
import { ContextReader } from './context-reader.ts';
import { listSubContexts, type SubContext } from './session-files.ts';

/** Tools that start a sub-agent, by the word in the name of its file. */
const STARTS: Readonly<Record<string, readonly string[]>> = {
  read: ['ReadContext'],
  sub: ['Task', 'Agent'],
  task: ['Task', 'Agent'],
  agent: ['Agent', 'Task'],
};

/** A session's context file, then those of its sub-agents under the calls that started them. */
export async function readContext(
  run: RunBuilder,
  notes: SessionNotes,
  entry: Entry,
  reader: ArtifactReader,
): Promise<void> {
  await readOne(run, run, notes, entry, reader);
  const taken = new Set<PendingStep>();
  for (const sub of await listSubContexts(entry.path, reader)) {
    const call = findStart(run, sub, taken);
    if (call) taken.add(call);
    const name = call?.facts.tool ?? sub.kind;
    const thread = run.branch(call, { name });
    await readOne(run, thread, notes, sub.entry, reader);
  }
}

async function readOne(
  run: RunBuilder,
  thread: ThreadBuilder,
  notes: SessionNotes,
  { path, size }: Entry,
  reader: ArtifactReader,
): Promise<void> {
  run.artifact({ path, size, use: 'steps' });
  const context = new ContextReader(run, thread, notes);
  for await (const batch of readFileRecords(reader, path, run.log)) {
    for (const { value, line } of batch) context.read(value, { artifact: path, line: line.line });
  }
}

/** The call whose result names the sub-agent's file, else the first of its kind that names none. */
function findStart(
  run: RunBuilder,
  { entry, kind }: SubContext,
  taken: ReadonlySet<PendingStep>,
): PendingStep | undefined {
  const tools = STARTS[kind] ?? [];
  const free = run.calls.filter((call) => tools.includes(call.facts.tool) && !taken.has(call));
  return (
    free.find((call) => savedTo(call) === entry.name) ??
    free.find((call) => savedTo(call) === undefined && !call.dropped)
  );
}

/** `Transcript saved to: /root/.kimi/…/<file>` in a result. */
function savedTo(call: PendingStep): string | undefined {
  const head = call.result?.observation?.slice(0, 2000) ?? '';
  const path = asString(/Transcript saved to: ([^\s<]{1,500})/.exec(head)?.[1]);
  return path === undefined ? undefined : baseName(path);
}
