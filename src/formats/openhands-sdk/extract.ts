import { asString, type JsonObject, pointer } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { ExtractInput } from '../format.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { Conversation } from './conversation.ts';
import { BlockScan, EVENT_MARK } from './json-blocks.ts';
import { readFolder } from './read-folder.ts';
import { isSdkEvent, isTextEvent } from './schema.ts';

/** The one run of a conversation: its folder, its events as JSON Lines or in one document, or what it printed. */
export async function* extractSdk(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const { entry, path, reader } = input;
  const run = new RunBuilder({ format: 'openhands-sdk', path });
  run.agent = { name: 'OpenHands' };
  const conversation = new Conversation(run);
  if (entry.kind === 'directory') await readFolder(run, conversation, entry, reader);
  else {
    run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
    if (entry.name.endsWith('.jsonl')) await readLines(run, conversation, input);
    else if (entry.name.endsWith('.json')) await readDocument(run, conversation, input);
    else await readPrinted(run, conversation, input);
  }
  conversation.finish();
  yield run;
}

async function readLines(
  run: RunBuilder,
  conversation: Conversation,
  { entry, reader }: ExtractInput,
): Promise<void> {
  for await (const batch of readFileRecords(reader, entry.path, run.log)) {
    for (const { value, line } of batch)
      readOne(run, conversation, value, { artifact: entry.path, line: line.line });
  }
}

async function readDocument(
  run: RunBuilder,
  conversation: Conversation,
  { entry, reader }: ExtractInput,
): Promise<void> {
  const document = await reader.json(entry.path, ['', 'events']);
  for (const key of ['', 'events']) {
    for await (const batch of document?.elements(key) ?? []) {
      for (const { index, value } of batch) {
        const at = key === '' ? pointer(index) : pointer(key, index);
        readOne(run, conversation, value, { artifact: entry.path, pointer: at });
      }
    }
  }
  run.log.addAll(document?.diagnostics ?? []);
}

/** Standard output of a headless run: events printed over several lines, between other output. */
async function readPrinted(
  run: RunBuilder,
  conversation: Conversation,
  { entry, reader }: ExtractInput,
): Promise<void> {
  const scan = new BlockScan();
  let begun: SourceRef | undefined;
  const report = (place: SourceRef): void =>
    run.log.fold('malformed-json', 'warning', 'a printed event is cut', place);
  for await (const batch of reader.lines(entry.path)) {
    for (const line of batch) {
      const place = { artifact: entry.path, line: line.line };
      if (line.text.trim() === EVENT_MARK) {
        if (scan.reset() && begun) report(begun);
        begun = place;
        continue;
      }
      const block = scan.read(line);
      if (!block) continue;
      const value = parse(block.text);
      const at = { artifact: entry.path, line: block.line };
      if (isSdkEvent(value)) conversation.read(value, at);
      else if (begun?.line === block.line - 1) report(at);
    }
  }
  if (scan.reset() && begun)
    run.log.add('truncated-json', 'warning', 'the last printed event is cut off', begun);
}

function parse(text: string): unknown {
  return parseJsonText(text);
}

function readOne(run: RunBuilder, conversation: Conversation, value: unknown, place: SourceRef): void {
  if (isSdkEvent(value)) conversation.read(value, place);
  else if (isTextEvent(value)) conversation.read(fromTextEvent(value), place);
  else run.log.fold('unknown-record', 'info', 'a record is no event of the SDK', place);
}

/** An export for reading keeps each event's text only: what the user and the agent said, no calls. */
function fromTextEvent(value: JsonObject): JsonObject & { readonly kind: string } {
  const content = asString(value.text) ?? '';
  const kind = content === '' ? 'TokenEvent' : 'MessageEvent';
  return {
    kind,
    id: value.event_file,
    source: value.source,
    timestamp: value.timestamp,
    llm_message: { content },
  };
}
