import { asString, at, pointer } from '../../base/json.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { ExtractInput } from '../format.ts';
import type { JsonDocument, JsonElement } from '../port.ts';
import { readEnding } from './ending.ts';
import { labelOfPattern } from './fences.ts';
import { type MiniHeader, readMiniHeader } from './schema.ts';
import { readTaskText } from './task-text.ts';
import { MiniThreadReader } from './thread-reader.ts';

/** One run: the messages of the trajectory in order, then what the header says about its end. */
export async function* extractMini({ reader, entry, path }: ExtractInput): AsyncIterable<RunBuilder> {
  const run = new RunBuilder({ format: 'mini-swe-agent', path });
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  run.agent = { name: 'mini-swe-agent' };
  const document = await reader.json(entry.path, ['', 'messages']);
  if (!document) {
    run.log.add('missing-artifact', 'error', `${entry.path} can't be read`, { artifact: entry.path });
    yield run;
    return;
  }
  const header = readMiniHeader(document.value);
  takeHeader(run, header);
  const thread = new MiniThreadReader(run, entry.path, fenceLabel(header));
  const last = await readMessages(run, thread, document, header, entry.path);
  readEnding({ run, thread, header, artifact: entry.path, last, complete: isComplete(document) });
  run.model ??= thread.model;
  const cost = header.info?.model_stats?.instance_cost;
  const total = cost === undefined ? thread.usage : { ...thread.usage, costUsd: cost };
  if (total) run.totalUsage = total;
  run.log.addAll(document.diagnostics);
  yield run;
}

function takeHeader(run: RunBuilder, header: MiniHeader): void {
  const { info } = header;
  if (info?.mini_version !== undefined) run.agent = { name: 'mini-swe-agent', version: info.mini_version };
  run.formatVersion = header.trajectory_format;
  run.model = asString(at(info?.config, 'model', 'model_name'));
  const cwd = asString(at(info?.config, 'environment', 'cwd'));
  if (cwd !== undefined && cwd !== '') run.initialCwd = cwd;
  if (header.instance_id !== undefined) run.task = { id: header.instance_id };
}

function fenceLabel({ info }: MiniHeader): string | undefined {
  return (
    labelOfPattern(at(info?.config, 'model', 'action_regex')) ??
    labelOfPattern(at(info?.config, 'agent', 'action_regex'))
  );
}

/** Reads all messages but the last, which may be no reply but the end of the run; hands that one back. */
async function readMessages(
  run: RunBuilder,
  thread: MiniThreadReader,
  document: JsonDocument,
  header: MiniHeader,
  artifact: string,
): Promise<{ record: unknown; place: string } | undefined> {
  const key = Array.isArray(document.value) ? '' : 'messages';
  const placeOf = (index: number): string => (key === '' ? pointer(index) : pointer(key, index));
  let last: JsonElement | undefined;
  let prompted = false;
  for await (const batch of document.elements(key)) {
    for (const element of batch) {
      if (last) thread.read(last.value, placeOf(last.index));
      last = element;
      if (prompted || at(element.value, 'role') !== 'user') continue;
      prompted = true;
      takeTask(run, header, element.value, { artifact, pointer: `${placeOf(element.index)}/content` });
    }
  }
  if (key !== '' && !Array.isArray(at(document.value, key))) {
    run.log.add('unexpected-shape', 'warning', 'the document has no list of messages', { artifact });
  }
  return last && { record: last.value, place: placeOf(last.index) };
}

function takeTask(run: RunBuilder, header: MiniHeader, record: unknown, place: SourceRef): void {
  const prompt = asString(at(record, 'content')) ?? asString(at(record, 'content', 0, 'text'));
  if (prompt === undefined) return;
  const text = readTaskText(prompt, at(header.info?.config, 'agent', 'instance_template'));
  run.task = { ...run.task, text, place };
}

function isComplete(document: JsonDocument): boolean {
  return !document.diagnostics.some(({ code }) => code === 'truncated-json' || code === 'malformed-json');
}
