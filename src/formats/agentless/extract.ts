import { asString, at } from '../../base/json.ts';
import { dirName, joinPath } from '../../base/path.ts';
import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { readLogRecords } from './read-log.ts';
import { readRow } from './row-reader.ts';
import { readStageHeader, rowKind } from './schema.ts';
import { StageReader } from './stage-reader.ts';

/** A log: one run per start of its stage. An output file: one run per row, named by its task. */
export async function* extractAgentless(input: ExtractInput): AsyncIterable<RunBuilder> {
  const head = ((await input.reader.head(input.entry.path, 4096)) ?? '').trimStart();
  yield* head.startsWith('{') ? extractRows(input) : extractLog(input);
}

async function* extractLog(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const { reader, entry } = input;
  const log = new DiagnosticLog();
  const model = await readModel(input);
  let held: { run: RunBuilder; stage: StageReader } | undefined;
  let number = 0;
  for await (const record of readLogRecords(reader, entry.path, log)) {
    const header = readStageHeader(record.text);
    if (header) {
      number++;
      if (held) {
        held.stage.finish();
        held.run.superseded = true;
        yield held.run;
      }
      // The first start has the file's own name: most logs hold one.
      const run = startRun(input, number === 1 ? '' : `#${number}`, model);
      run.task = { id: header.id };
      held = { run, stage: new StageReader(run, header.stage, entry.path) };
    }
    if (header || !held) continue;
    held.stage.read(record);
  }
  const last = held?.run ?? startRun(input, '', model);
  held?.stage.finish();
  last.log.addAll(log.list());
  yield last;
}

async function* extractRows(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const { reader, entry } = input;
  const log = new DiagnosticLog();
  const model = await readModel(input);
  const names = new Map<string, number>();
  let held: RunBuilder | undefined;
  for await (const batch of readFileRecords(reader, entry.path, log)) {
    for (const { value, line } of batch) {
      const place = { artifact: entry.path, line: line.line };
      const kind = rowKind(value);
      const id = asString(value.instance_id);
      if (!kind || id === undefined) {
        log.fold('unknown-record', 'warning', 'a row is of no stage', place);
        continue;
      }
      if (held) yield held;
      const times = (names.get(id) ?? 0) + 1;
      names.set(id, times);
      held = startRun(input, `#${id}${times === 1 ? '' : `.${times}`}`, model);
      held.task = { id };
      readRow(held, value, kind, place);
    }
  }
  const last = held ?? startRun(input, '', model);
  last.log.addAll(log.list());
  yield last;
}

function startRun({ entry, path }: ExtractInput, fragment: string, model: string | undefined): RunBuilder {
  const run = new RunBuilder({ format: 'agentless', path: path + fragment });
  run.agent = { name: 'agentless' };
  run.model = model;
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  return run;
}

/** The model that a stage was started with, from the `args.json` of its folder. */
async function readModel({ reader, entry }: ExtractInput): Promise<string | undefined> {
  const folder = dirName(entry.path);
  for (const path of [joinPath(folder, 'args.json'), joinPath(folder, '../args.json')]) {
    if (!(await reader.stat(path))) continue;
    const document = await reader.json(path);
    return asString(at(document?.value, 'model'));
  }
  return undefined;
}
