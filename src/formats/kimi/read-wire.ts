import { asString } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { readFileRecords } from '../shared/json-records.ts';
import type { SessionNotes } from '../shared/session-notes.ts';
import { agentIdIn, findState, findSubWire } from './session-files.ts';
import { WireReader } from './wire-reader.ts';

interface Opened {
  readonly thread: ThreadBuilder;
  readonly entry: Entry;
}

/** The main agent's wire file, then those of the sub-agents that its calls name, and of theirs. */
export async function readWire(
  run: RunBuilder,
  notes: SessionNotes,
  entry: Entry,
  reader: ArtifactReader,
): Promise<void> {
  const known = new Set([entry.path]);
  const open: Opened[] = [{ thread: run, entry }];
  for (let next = open.shift(); next; next = open.shift()) {
    await readOne(run, next.thread, notes, next.entry, reader);
    for (const call of next.thread.calls) {
      const sub = await findSubAgent(run, call, next.entry.path, reader);
      if (!sub || known.has(sub.path)) continue;
      known.add(sub.path);
      const name = asString(call.facts.args?.subagent_type) ?? call.facts.tool;
      open.push({ thread: run.branch(call, { name }), entry: sub });
    }
  }
  const found = await findState(entry.path, run.startedAt, reader);
  if (!found) return;
  run.artifact({ path: found.entry.path, size: found.entry.size, use: 'enrichment' });
  run.initialCwd ??= found.state.workDir;
}

async function readOne(
  run: RunBuilder,
  thread: ThreadBuilder,
  notes: SessionNotes,
  { path, size }: Entry,
  reader: ArtifactReader,
): Promise<void> {
  run.artifact({ path, size, use: 'steps' });
  const wire = new WireReader(run, thread, notes);
  for await (const batch of readFileRecords(reader, path, run.log)) {
    for (const { value, line } of batch) wire.read(value, { artifact: path, line: line.line });
  }
  wire.finish();
}

async function findSubAgent(
  run: RunBuilder,
  call: PendingStep,
  path: string,
  reader: ArtifactReader,
): Promise<Entry | undefined> {
  if (call.facts.tool !== 'Agent' && call.facts.tool !== 'Task') return undefined;
  const agentId = agentIdIn(call.result?.observation);
  if (agentId === undefined) return undefined;
  const entry = await findSubWire(path, agentId, reader);
  if (!entry) {
    const message = `the file of sub-agent ${agentId} is not there, so its steps are unknown`;
    run.log.add('missing-artifact', 'warning', message, call.facts.place);
  }
  return entry;
}
