import { pointer } from '../../base/json.ts';
import { dirName, joinPath } from '../../base/path.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { extractCallLog } from './call-log.ts';
import { Conversation } from './conversation.ts';
import { readMetadata } from './read-metadata.ts';
import { RequestIndex } from './read-requests.ts';
import { readRequests, readShownMessages } from './read-shown.ts';
import { readHistoryMessage } from './schema.ts';
import { ShownConversation } from './shown-conversation.ts';
import { HISTORY, isShownName, SHOWN } from './task-files.ts';

/** One run: a task, by its history, else by what the editor showed of it. */
export async function* extractClineRoo({ reader, entry, path }: ExtractInput): AsyncIterable<RunBuilder> {
  const run = new RunBuilder({ format: 'cline-roo', path });
  const file = await chooseFile(reader, entry);
  if (!file) {
    run.log.add('missing-artifact', 'warning', `no ${HISTORY} is there`, { artifact: entry.path });
    yield run;
    return;
  }
  run.artifact({ path: file.path, size: file.size, use: 'steps' });
  const head = ((await reader.head(file.path, 4096)) ?? '').trimStart();
  if (head.startsWith('{')) await extractCallLog(run, reader, file.path);
  else if (isShownName(file.name) || /^\[\s*\{[^[\]{]{0,200}"type"\s*:\s*"(?:say|ask)"/.test(head)) {
    await readShown(run, reader, file.path);
    await readMetadata(run, reader, dirName(file.path));
  } else await readHistory(run, reader, file);
  yield run;
}

/** The history of a folder, else what the editor showed. */
async function chooseFile(reader: ArtifactReader, entry: Entry): Promise<Entry | undefined> {
  if (entry.kind === 'file') return entry;
  for (const name of [HISTORY, ...SHOWN]) {
    const file = await reader.stat(joinPath(entry.path, name));
    if (file) return file;
  }
  return undefined;
}

async function readHistory(run: RunBuilder, reader: ArtifactReader, file: Entry): Promise<void> {
  const folder = dirName(file.path);
  // Other files of a task are known by their names only when the history has its own.
  const named = file.name === HISTORY;
  const requests = named ? await readRequests(run, reader, folder) : [];
  const conversation = new Conversation(run, new RequestIndex(requests));
  const document = await reader.json(file.path, ['']);
  for await (const batch of document?.elements('') ?? []) {
    for (const { index, value } of batch) {
      const place = { artifact: file.path, pointer: pointer(index) };
      const message = readHistoryMessage(value);
      if (!message) run.log.fold('unexpected-shape', 'warning', 'a message has no role', place);
      else {
        run.startedAt ??= message.ts;
        conversation.read(message, place);
      }
    }
  }
  run.log.addAll(document?.diagnostics ?? []);
  conversation.finish();
  if (named) await readMetadata(run, reader, folder);
}

async function readShown(run: RunBuilder, reader: ArtifactReader, file: string): Promise<void> {
  const conversation = new ShownConversation(run);
  for await (const { message, place } of readShownMessages(run, reader, file)) {
    conversation.read(message, place);
  }
  conversation.finish();
}
