import { asString } from '../../base/json.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { readFileRecords } from '../shared/json-records.ts';
import type { SessionNotes } from '../shared/session-notes.ts';
import { agentIdsIn, findState, findSubWire, listAgents } from './session-files.ts';
import { WireReader } from './wire-reader.ts';

interface Opened {
  readonly thread: ThreadBuilder;
  readonly entry: Entry;
}

/** Tools that start sub-agents. */
const STARTS = new Set(['Agent', 'AgentSwarm', 'Task']);

/** The main agent's wire file, then those of the sub-agents that its calls name, and of theirs; last those that none names. */
export async function readWire(
  run: RunBuilder,
  notes: SessionNotes,
  entry: Entry,
  reader: ArtifactReader,
): Promise<void> {
  const known = new Set([entry.path]);
  await readTree(run, notes, { thread: run, entry }, known, reader);
  const found = await findState(entry.path, run.startedAt, reader);
  if (found) {
    run.artifact({ path: found.entry.path, size: found.entry.size, use: 'enrichment' });
    run.initialCwd ??= found.state.workDir;
  }
  const agents = [...Object.keys(found?.state.agents ?? {}), ...(await listAgents(entry.path, reader))];
  for (const agentId of new Set(agents)) {
    const left = await findSubWire(entry.path, agentId, reader);
    if (!left || known.has(left.path)) continue;
    known.add(left.path);
    await readTree(
      run,
      notes,
      { thread: run.branch(undefined, { name: agentId }), entry: left },
      known,
      reader,
    );
  }
}

async function readTree(
  run: RunBuilder,
  notes: SessionNotes,
  first: Opened,
  known: Set<string>,
  reader: ArtifactReader,
): Promise<void> {
  const open = [first];
  for (let next = open.shift(); next; next = open.shift()) {
    await readOne(run, next.thread, notes, next.entry, reader);
    for (const call of next.thread.calls) {
      for (const sub of await findSubAgents(run, call, next.entry.path, reader)) {
        if (known.has(sub.path)) continue;
        known.add(sub.path);
        const name = asString(call.facts.args?.subagent_type) ?? call.facts.tool;
        open.push({ thread: run.branch(call, { name }), entry: sub });
      }
    }
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
  const wire = new WireReader(run, thread, notes);
  for await (const batch of readFileRecords(reader, path, run.log)) {
    for (const { value, line } of batch) wire.read(value, { artifact: path, line: line.line });
  }
  wire.finish();
}

async function findSubAgents(
  run: RunBuilder,
  call: PendingStep,
  path: string,
  reader: ArtifactReader,
): Promise<Entry[]> {
  if (!STARTS.has(call.facts.tool)) return [];
  const found: Entry[] = [];
  for (const agentId of agentIdsIn(call.result?.observation)) {
    const entry = await findSubWire(path, agentId, reader);
    if (entry) found.push(entry);
    else {
      const message = `the file of sub-agent ${agentId} is not there, so its steps are unknown`;
      run.log.add('missing-artifact', 'warning', message, call.facts.place);
    }
  }
  return found;
}
