import { at, isObject, type JsonObject, pointer } from '../../base/json.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { isEarlyEvent, isEarlySettings } from './early-stream.ts';
import { ExecStreamReader } from './exec-stream.ts';
import { readSubagents } from './read-subagents.ts';
import { RolloutReader } from './rollout-reader.ts';
import { streamEvent } from './schema.ts';

/** One run per rollout or stream, with the rollouts of the sub-agents that it started. */
export async function* extractRollout(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const { entry, reader } = input;
  const run = new RunBuilder({ format: 'codex-rollout', path: input.path });
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  if (await isDocument(input)) {
    await readDocument(run, input);
    yield run;
    return;
  }
  let stream: ExecStreamReader | undefined;
  let rollout: RolloutReader | undefined;
  for await (const batch of readFileRecords(reader, entry.path, run.log)) {
    for (const { value, line } of batch) {
      const place = { artifact: entry.path, line: line.line };
      if (stream) stream.read(value, place);
      else if (!rollout && beginsStream(value)) {
        stream = new ExecStreamReader(run);
        stream.read(value, place);
      } else {
        rollout ??= new RolloutReader(run, run);
        rollout.read(value, place);
      }
    }
  }
  stream?.finish();
  rollout?.finish();
  if (rollout) await readSubagents(rollout, run, entry, reader);
  yield run;
}

/** Early streams begin with lines of settings, which have neither a type nor an id. */
function beginsStream(record: JsonObject): boolean {
  if (isEarlyEvent(record) || isEarlySettings(record)) return true;
  return streamEvent.safeParse(record).success && record.payload === undefined && record.text === undefined;
}

/** The first Codex, of spring 2025, wrote one document: the session's facts and the items. */
async function isDocument({ entry, reader }: ExtractInput): Promise<boolean> {
  const head = (await reader.head(entry.path, 4096)) ?? '';
  return /^\s*\{\s*"session"\s*:\s*\{/.test(head) && !head.trimStart().startsWith('{"timestamp"');
}

async function readDocument(run: RunBuilder, { entry, reader }: ExtractInput): Promise<void> {
  const document = await reader.json(entry.path, ['items']);
  const rollout = new RolloutReader(run, run);
  const session = at(document?.value, 'session');
  if (isObject(session)) rollout.read(session, { artifact: entry.path, pointer: '/session' });
  for await (const batch of document?.elements('items') ?? []) {
    for (const { index, value } of batch) {
      if (isObject(value)) rollout.read(value, { artifact: entry.path, pointer: pointer('items', index) });
    }
  }
  run.log.addAll(document?.diagnostics ?? []);
  rollout.finish();
}
