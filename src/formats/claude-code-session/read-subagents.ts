import { asString, at } from '../../base/json.ts';
import { baseName, dirName, joinPath } from '../../base/path.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { PendingStep } from '../../model/thread-builder.ts';
import type { ThreadReader } from '../claude-code/thread-reader.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { isAgentFile } from './detect.ts';
import { agentMeta } from './schema.ts';
import type { SessionReader } from './session-reader.ts';

/**
 * Reads the sub-agents of a session: from `<session>/subagents/agent-<id>.jsonl`, or `agent-<id>.jsonl` beside the
 * session (before 2.1), else from the copies in the session's progress lines. Sub-agents may start others, so the
 * files of those that are known by then come first and the rest, whose call was not found, last.
 */
export async function readSubagents(
  session: SessionReader,
  run: RunBuilder,
  path: string,
  reader: ArtifactReader,
): Promise<void> {
  const files = await listAgentFiles(path, reader);
  const done = new Set<string>();
  const named = session.subagents.agents;
  for (let next = 0; next < named.length; next++) {
    const agentId = named[next] ?? '';
    done.add(agentId);
    const file = files.get(agentId) ?? (await siblingFile(path, agentId, reader));
    await readAgent(session, run, reader, agentId, file);
  }
  for (const [agentId, file] of files) {
    if (!done.has(agentId)) await readAgent(session, run, reader, agentId, file);
  }
}

/** Files of sub-agents by id, in natural order. */
async function listAgentFiles(path: string, reader: ArtifactReader): Promise<Map<string, Entry>> {
  const files = new Map<string, Entry>();
  if (!path.endsWith('.jsonl') || isAgentFile(baseName(path))) return files;
  for (const entry of await reader.list(`${path.slice(0, -'.jsonl'.length)}/subagents`)) {
    if (entry.kind === 'file' && isAgentFile(entry.name)) {
      files.set(entry.name.slice('agent-'.length, -'.jsonl'.length), entry);
    }
  }
  return files;
}

async function siblingFile(
  path: string,
  agentId: string,
  reader: ArtifactReader,
): Promise<Entry | undefined> {
  // The id comes from the log: only a plain name is looked up.
  if (!/^[\w-]+$/.test(agentId)) return undefined;
  const entry = await reader.stat(joinPath(dirName(path), `agent-${agentId}.jsonl`));
  return entry?.kind === 'file' && entry.path !== path ? entry : undefined;
}

async function readAgent(
  session: SessionReader,
  run: RunBuilder,
  reader: ArtifactReader,
  agentId: string,
  file: Entry | undefined,
): Promise<void> {
  const meta = file ? await readMeta(file, reader) : undefined;
  const call =
    session.subagents.callOf(agentId) ??
    (meta?.toolUseId === undefined ? undefined : session.conversation.latestCall(meta.toolUseId)) ??
    (file && (await callOfFirstRecord(session, file, reader)));
  if (call) session.subagents.noteCall(agentId, call);
  if (file && agentId.startsWith('acompact')) {
    await readCompaction(session, run, reader, file);
    return;
  }
  const copies = session.subagents.copiesOf(agentId);
  if (!file && copies.length === 0) {
    if (call) reportMissing(run, agentId, call);
    return;
  }
  const thread = session.conversation.branchOf(call, agentId);
  thread.thread.name ??= meta?.agentType;
  if (file) await readFile(session, run, reader, file, thread);
  else for (const { record, origin } of copies) session.readAgent(thread, record, origin);
}

async function readFile(
  session: SessionReader,
  run: RunBuilder,
  reader: ArtifactReader,
  file: Entry,
  thread: ThreadReader,
): Promise<void> {
  run.artifact({ path: file.path, size: file.size, use: 'steps' });
  for await (const batch of readFileRecords(reader, file.path, run.log)) {
    for (const { value, line } of batch) {
      session.readAgent(thread, value, { place: { artifact: file.path, line: line.line } });
    }
  }
}

/** The agent that wrote the summary of a compaction: it has no steps, and the session holds what it wrote. */
async function readCompaction(
  session: SessionReader,
  run: RunBuilder,
  reader: ArtifactReader,
  file: Entry,
): Promise<void> {
  run.artifact({ path: file.path, size: file.size, use: 'enrichment' });
  for await (const batch of readFileRecords(reader, file.path, run.log)) {
    for (const { value, line } of batch) {
      const content = at(value, 'message', 'content');
      const blocks = Array.isArray(content) ? content : [];
      for (const [index, block] of blocks.entries()) {
        const text = asString(at(block, 'text'));
        if (value.type !== 'assistant' || text === undefined) continue;
        const place = { artifact: file.path, line: line.line, pointer: `/message/content/${index}/text` };
        session.conversation.noteCompaction(text, place);
      }
    }
  }
}

/** Of a sub-agent that was cut off its session may say nothing, but its file begins with the prompt of the call. */
async function callOfFirstRecord(
  session: SessionReader,
  file: Entry,
  reader: ArtifactReader,
): Promise<PendingStep | undefined> {
  const head = (await reader.head(file.path)) ?? '';
  const first = splitJsonLine(head.slice(0, head.indexOf('\n') + 1)).objects[0];
  return first && session.subagents.callOfPrompt(first.value);
}

async function readMeta(file: Entry, reader: ArtifactReader) {
  const path = file.path.replace(/\.jsonl$/, '.meta.json');
  if (!(await reader.stat(path))) return undefined;
  const document = await reader.json(path);
  const parsed = agentMeta.safeParse(document?.value);
  return parsed.success ? parsed.data : undefined;
}

function reportMissing(run: RunBuilder, agentId: string, call: PendingStep): void {
  const message = `the file of sub-agent ${agentId} is not there, so its steps are unknown`;
  run.log.add('missing-artifact', 'warning', message, call.facts.place);
}
