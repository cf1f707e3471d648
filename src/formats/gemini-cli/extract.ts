import { isObject, pointer } from '../../base/json.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { ChatReader } from './chat-reader.ts';
import { ContentReader } from './content-reader.ts';
import { findKind } from './kind.ts';
import { readSubagents } from './read-subagents.ts';
import { StreamReader } from './stream-reader.ts';

/** One run per file, whichever shape the conversation has in it. */
export async function* extractGemini(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const { entry, reader } = input;
  const run = new RunBuilder({ format: 'gemini-cli', path: input.path });
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  const head = (await reader.head(entry.path)) ?? '';
  switch (findKind(head)?.kind) {
    case 'chat document':
      await readChatDocument(run, input);
      break;
    case 'contents':
      await readContents(run, input, '');
      break;
    case 'history':
      await readContents(run, input, 'history');
      break;
    case 'stream':
      await readLines(run, input, new StreamReader(run));
      break;
    case 'chat lines':
    case 'answers':
    case 'prompts':
    case undefined: {
      const chat = new ChatReader(run, run);
      await readLines(run, input, chat);
      await readSubagents(chat, run, entry, reader);
    }
  }
  yield run;
}

interface LineReader {
  read(record: Record<string, unknown>, place: { artifact: string; line: number }): void;
  finish(): void;
}

async function readLines(run: RunBuilder, { entry, reader }: ExtractInput, lines: LineReader): Promise<void> {
  for await (const batch of readFileRecords(reader, entry.path, run.log)) {
    for (const { value, line } of batch) lines.read(value, { artifact: entry.path, line: line.line });
  }
  lines.finish();
}

async function readChatDocument(run: RunBuilder, { entry, reader }: ExtractInput): Promise<void> {
  const document = await reader.json(entry.path, ['messages']);
  const chat = new ChatReader(run, run);
  if (isObject(document?.value)) {
    const { messages: _, ...header } = document.value;
    chat.readHeader(header, { artifact: entry.path, pointer: '' });
  }
  for await (const batch of document?.elements('messages') ?? []) {
    for (const { index, value } of batch) {
      const place = { artifact: entry.path, pointer: pointer('messages', index) };
      if (isObject(value)) chat.read(value, place);
      else run.log.fold('unexpected-shape', 'warning', 'a message is no object', place);
    }
  }
  run.log.addAll(document?.diagnostics ?? []);
  chat.finish();
  await readSubagents(chat, run, entry, reader);
}

async function readContents(run: RunBuilder, { entry, reader }: ExtractInput, key: string): Promise<void> {
  const document = await reader.json(entry.path, [key]);
  const contents = new ContentReader(run);
  for await (const batch of document?.elements(key) ?? []) {
    for (const { index, value } of batch) {
      const at = key === '' ? pointer(index) : pointer(key, index);
      contents.read(value, { artifact: entry.path, pointer: at });
    }
  }
  contents.about(document?.value, { artifact: entry.path });
  run.log.addAll(document?.diagnostics ?? []);
}
