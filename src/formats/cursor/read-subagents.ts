import { asString, at } from '../../base/json.ts';
import { dirName, joinPath } from '../../base/path.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { readContent } from '../shared/content-text.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { TranscriptReader } from './transcript-reader.ts';

/** Reads the transcripts in `subagents/` beside a session's. They name no call: the prompt tells, else the order. */
export async function readSubagents(
  main: TranscriptReader,
  run: RunBuilder,
  entry: Entry,
  reader: ArtifactReader,
): Promise<void> {
  if (!(await isSession(entry, reader))) return;
  const free = [...main.starters];
  for (const file of await reader.list(joinPath(dirName(entry.path), 'subagents'))) {
    if (file.kind !== 'file' || !file.name.endsWith('.jsonl')) continue;
    run.artifact({ path: file.path, size: file.size, use: 'steps' });
    const prompt = await firstPrompt(file, reader);
    const call = takeStarter(free, prompt);
    const name = asString(call?.facts.args?.subagent_type) ?? file.name.slice(0, -'.jsonl'.length);
    await readFile(run, run.branch(call, { name }), file, reader);
  }
}

/** A session's transcript is the only one in its folder, or has the folder's name. */
async function isSession(entry: Entry, reader: ArtifactReader): Promise<boolean> {
  const beside = (await reader.list(dirName(entry.path))).filter(
    ({ kind, name }) => kind === 'file' && name.endsWith('.jsonl'),
  );
  return beside.length === 1 && beside[0]?.path === entry.path;
}

function takeStarter(free: PendingStep[], prompt: string): PendingStep | undefined {
  const named = free.findIndex((call) => {
    const asked = asString(call.facts.args?.prompt)?.trim();
    return asked !== undefined && asked !== '' && prompt.includes(asked);
  });
  return free.splice(Math.max(named, 0), 1)[0];
}

async function firstPrompt(file: Entry, reader: ArtifactReader): Promise<string> {
  const head = (await reader.head(file.path)) ?? '';
  const end = head.indexOf('\n');
  const [first] = splitJsonLine(end < 0 ? head : head.slice(0, end)).objects;
  // A first line longer than what was read is searched as it stands.
  return first ? readContent(at(first.value, 'message', 'content')).text : head;
}

async function readFile(
  run: RunBuilder,
  thread: ThreadBuilder,
  file: Entry,
  reader: ArtifactReader,
): Promise<void> {
  const child = new TranscriptReader(run, thread);
  for await (const batch of readFileRecords(reader, file.path, run.log)) {
    for (const { value, line } of batch) child.read(value, { artifact: file.path, line: line.line });
  }
  child.finish();
}

/** The transcript that a sub-agent's is read with: the one beside its folder, when there is but one. */
export async function partOfTranscript(entry: Entry, reader: ArtifactReader): Promise<string | undefined> {
  const above = joinPath(dirName(entry.path), '..');
  // The reader may stand in the folder itself: it is the one of that name that holds the file.
  if (!(await reader.stat(joinPath(above, `subagents/${entry.name}`)))) return undefined;
  const sessions = (await reader.list(above)).filter(
    ({ kind, name }) => kind === 'file' && name.endsWith('.jsonl'),
  );
  return sessions.length === 1 ? sessions[0]?.path : undefined;
}
