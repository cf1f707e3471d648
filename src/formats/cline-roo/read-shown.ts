import { pointer } from '../../base/json.ts';
import { joinPath } from '../../base/path.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import type { ArtifactReader } from '../port.ts';
import { type ModelRequest, readRequest, readShownText } from './read-requests.ts';
import { readShownMessage, type ShownMessage } from './schema.ts';
import { SHOWN } from './task-files.ts';

/** The editor's messages of a task, one by one with their places. */
export async function* readShownMessages(
  run: RunBuilder,
  reader: ArtifactReader,
  file: string,
): AsyncGenerator<{ message: ShownMessage; place: SourceRef }> {
  const document = await reader.json(file, ['']);
  for await (const batch of document?.elements('') ?? []) {
    for (const { index, value } of batch) {
      const place = { artifact: file, pointer: pointer(index) };
      const message = readShownMessage(value);
      if (message) {
        // No text at all is what messages without words have.
        if (isOdd(message.raw.text))
          run.log.fold('unexpected-shape', 'warning', 'the text of a message is none', place);
        yield { message, place };
      } else
        run.log.fold('unexpected-shape', 'warning', 'a message of the editor says and asks nothing', place);
    }
  }
  run.log.addAll(document?.diagnostics ?? []);
}

/** Requests, usage, reasoning and times from the editor's messages, for a task whose history counts the steps. */
export async function readRequests(
  run: RunBuilder,
  reader: ArtifactReader,
  folder: string,
): Promise<ModelRequest[]> {
  const requests: ModelRequest[] = [];
  for (const name of SHOWN) {
    const file = joinPath(folder, name);
    const entry = await reader.stat(file);
    if (!entry) continue;
    run.artifact({ path: file, size: entry.size, use: 'enrichment' });
    let total: Usage | undefined;
    for await (const { message, place } of readShownMessages(run, reader, file)) {
      run.startedAt ??= message.ts;
      if (message.kind === 'api_req_started') {
        const request = readRequest(message, place);
        requests.push(request);
        total = addUsage(total, request.usage);
        if (request.failure !== undefined) noteFailure(run, request.failure, place);
        continue;
      }
      const at = { ...place, pointer: `${place.pointer ?? ''}/text` };
      const last = requests.at(-1);
      const shown = readShownText(message, at);
      if (shown) last?.shown.push(shown);
      if (message.kind === 'reasoning' && message.text !== '') {
        last?.reasoning.push({ text: message.text, place: at });
      } else if (message.kind === 'api_req_failed') noteFailure(run, message.text, place);
    }
    run.totalUsage = total;
    break;
  }
  return requests;
}

export function noteFailure(run: RunBuilder, message: string, place: SourceRef): void {
  const byUser = message === 'user_cancelled';
  if (byUser) run.message({ role: 'user', kind: 'interruption', text: message, place });
  else run.exceptions.push({ kind: 'api', message, place });
}

function isOdd(text: unknown): boolean {
  return text !== undefined && text !== null && typeof text !== 'string';
}
