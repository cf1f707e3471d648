import { asArray, type JsonObject, pointer } from '../../base/json.ts';
import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { collectEvents, readAll, startRun } from './build-run.ts';
import type { PlacedEvent } from './order-events.ts';
import { readRow, readTaskId } from './read-row.ts';
import { HISTORY_KEYS } from './schema.ts';

interface Row {
  readonly value: JsonObject;
  readonly line: number;
}

/** One run per row of an evaluation's `output.jsonl`. A file with one row keeps its own path. */
export async function* extractRows(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const log = new DiagnosticLog();
  const names = new Set<string>();
  let held: Row | undefined;
  let last: RunBuilder | undefined;
  let several = false;
  for await (const row of readRows(input, log)) {
    // The last run waits, so that what the reader finds at the end of the file can be told on it.
    if (last) yield last;
    if (held) last = buildRow(held, input, nameOf(held, names));
    several ||= held !== undefined;
    held = row;
  }
  if (last) yield last;
  const final = held ? buildRow(held, input, several ? nameOf(held, names) : '') : startRun(input.path);
  final.log.addAll(log.list());
  yield final;
}

async function* readRows({ entry, reader }: ExtractInput, log: DiagnosticLog): AsyncGenerator<Row> {
  for await (const batch of readFileRecords(reader, entry.path, log)) {
    for (const { value, line } of batch) {
      if (historyKey(value) !== undefined) yield { value, line: line.line };
      else
        log.fold('unexpected-shape', 'warning', 'a row has no history', {
          artifact: entry.path,
          line: line.line,
        });
    }
  }
}

function historyKey(row: JsonObject): string | undefined {
  return HISTORY_KEYS.find((key) => Array.isArray(row[key]));
}

/** The fragment that tells this run from the others of the file. */
function nameOf({ value, line }: Row, taken: Set<string>): string {
  const id = readTaskId(value) ?? `line-${line}`;
  const name = taken.has(id) ? `${id}-line-${line}` : id;
  taken.add(name);
  return `#${name}`;
}

function buildRow({ value, line }: Row, { entry, path }: ExtractInput, fragment: string): RunBuilder {
  const run = startRun(`${path}${fragment}`);
  const place = { artifact: entry.path, line };
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  readRow(run, value, (...keys) => ({ ...place, pointer: pointer(...keys) }));
  const key = historyKey(value) ?? 'history';
  const events: PlacedEvent[] = [];
  for (const [index, item] of (asArray(value[key]) ?? []).entries()) {
    collectEvents(item, [key, index], place, run, events);
  }
  readAll(run, events);
  return run;
}
