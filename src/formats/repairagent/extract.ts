import { isObject, pointer } from '../../base/json.ts';
import { compareNatural } from '../../base/order.ts';
import { baseName } from '../../base/path.ts';
import { toMillis } from '../../model/ids.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { Conversation } from './conversation.ts';
import { readReply } from './parse-reply.ts';
import { readPrompts } from './read-prompts.ts';
import { type ChatMessage, CYCLE_FILE, CYCLE_FOLDER, readCreation, readMessage } from './schema.ts';

/** One run: the cycles of a folder, a history of printed prompts, or the messages of one file. */
export async function* extractRepairAgent({ reader, entry, path }: ExtractInput): AsyncIterable<RunBuilder> {
  const run = new RunBuilder({ format: 'repairagent', path });
  run.agent = { name: 'repairagent' };
  const conversation = new Conversation(run);
  if (entry.kind === 'directory') {
    run.startedAt = toMillis(readCreation(entry.name === '' ? baseName(path) : entry.name));
    await readCycles(run, conversation, reader, entry.path);
  } else {
    run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
    const head = ((await reader.head(entry.path, 256)) ?? '').trimStart();
    if (/^[[{]/.test(head)) conversation.readPrompt(await readMessages(run, reader, entry.path));
    else {
      for await (const prompt of readPrompts(reader, entry.path, run.log)) conversation.readPrompt(prompt);
    }
  }
  yield run;
}

/** Folders `000`, `001` …: what the model got, and what it replied. */
async function readCycles(
  run: RunBuilder,
  conversation: Conversation,
  reader: ArtifactReader,
  folder: string,
): Promise<void> {
  const cycles = (await reader.list(folder)).filter(
    ({ kind, name }) => kind === 'directory' && CYCLE_FOLDER.test(name),
  );
  for (const cycle of cycles.toSorted((a, b) => compareNatural(a.name, b.name))) {
    const files = new Map<string, Entry>();
    for (const file of await reader.list(cycle.path)) {
      const kind = CYCLE_FILE.exec(file.name)?.[1];
      if (kind !== undefined && !files.has(kind)) files.set(kind, file);
    }
    for (const { path, size } of files.values()) run.artifact({ path, size, use: 'steps' });
    const context = await readFileOf(run, reader, files.get('current_context'));
    const history = await readFileOf(run, reader, files.get('full_message_history'));
    // The history holds every turn, the context those that were sent, and the prompt around them.
    const around = history.length > 0 ? context.filter(({ role }) => role !== 'assistant') : context;
    conversation.readPrompt(mergeMessages(around, history));
    await readAction(run, conversation, reader, files.get('next_action'));
  }
}

function mergeMessages(context: readonly ChatMessage[], history: readonly ChatMessage[]): ChatMessage[] {
  const turns = new Set(history.map(({ content }) => content));
  return [...context.filter(({ content }) => !turns.has(content)), ...history];
}

async function readFileOf(
  run: RunBuilder,
  reader: ArtifactReader,
  file: Entry | undefined,
): Promise<ChatMessage[]> {
  return file ? readMessages(run, reader, file.path) : [];
}

async function readMessages(
  run: RunBuilder,
  reader: ArtifactReader,
  artifact: string,
): Promise<ChatMessage[]> {
  const messages: ChatMessage[] = [];
  const document = await reader.json(artifact, ['']);
  for await (const batch of document?.elements('') ?? []) {
    for (const { index, value } of batch) {
      const place = { artifact, pointer: pointer(index) };
      const message = readMessage(value, { ...place, pointer: pointer(index, 'content') });
      if (message) messages.push(message);
      else run.log.fold('unexpected-shape', 'warning', 'a message has no role or no text', place);
    }
  }
  run.log.addAll(document?.diagnostics ?? []);
  return messages;
}

async function readAction(
  run: RunBuilder,
  conversation: Conversation,
  reader: ArtifactReader,
  file: Entry | undefined,
): Promise<void> {
  if (!file) return;
  const document = await reader.json(file.path);
  run.log.addAll(document?.diagnostics ?? []);
  const value = document?.value;
  const place = { artifact: file.path };
  const reply = isObject(value) ? readReply(value) : undefined;
  if (reply) conversation.readAction(reply, JSON.stringify(value), place);
  else run.log.fold('unexpected-shape', 'warning', 'a reply holds no command', place);
}
