import { asArray, isObject, pointer } from '../../base/json.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { readFileRecords } from '../shared/json-records.ts';
import { isSpan, readSpan, readSpanLog } from './read-span.ts';
import type { Span, SpanLog } from './span.ts';
import { SpanBudget } from './span-budget.ts';

/** Keys under which a document keeps its spans, or lists of what holds them. */
const LISTS = ['', 'resourceSpans', 'resource_spans', 'resourceLogs', 'resource_logs', 'spans', 'data'];

/** All spans of a file: one document, a list, or one export request or span per line. */
export async function readSpans(
  reader: ArtifactReader,
  entry: Entry,
  log: DiagnosticLog,
  budget: SpanBudget = SpanBudget.forFile(entry.size),
): Promise<SpanTable> {
  const table = new SpanTable(log, budget);
  if (await isLines(reader, entry)) {
    for await (const batch of readFileRecords(reader, entry.path, log)) {
      for (const { value, line } of batch) table.add(value, { artifact: entry.path, line: line.line });
    }
    return table;
  }
  const document = await reader.json(entry.path, LISTS);
  for (const key of LISTS) {
    for await (const batch of document?.elements(key) ?? []) {
      for (const { index, value } of batch) {
        const place = { artifact: entry.path, pointer: key === '' ? pointer(index) : pointer(key, index) };
        table.add(value, place);
      }
    }
  }
  log.addAll(document?.diagnostics ?? []);
  // A document that is one span.
  if (isObject(document?.value) && isSpan(document.value))
    table.add(document.value, { artifact: entry.path });
  return table;
}

/** Whether each line is a record of its own: the first one is a whole object. */
async function isLines(reader: ArtifactReader, entry: Entry): Promise<boolean> {
  for await (const batch of reader.lines(entry.path)) {
    const first = batch.find(({ text }) => text.trim() !== '');
    if (!first) continue;
    if (!first.text.trimStart().startsWith('{')) return false;
    try {
      JSON.parse(first.text.replace(/^\ufeff/, ''));
      return true;
    } catch {
      // A first line that is cut or damaged: the name decides.
      return /\.(?:jsonl|ndjson)$/i.test(entry.name);
    }
  }
  return false;
}

/** Spans by trace, in the order in which they were written. */
export class SpanTable {
  readonly traces = new Map<string, Map<string, Span>>();
  private readonly logs: SpanLog[] = [];
  private readonly log: DiagnosticLog;
  private readonly budget: SpanBudget;

  constructor(log: DiagnosticLog, budget: SpanBudget) {
    this.log = log;
    this.budget = budget;
  }

  /** Takes a record apart: an export request, the spans of a resource or a scope, a page of spans, or one span. */
  add(record: unknown, place: SourceRef): void {
    // A work list of holders; what they hold is at most a few levels down.
    const work: { value: unknown; pointer: string }[] = [{ value: record, pointer: place.pointer ?? '' }];
    for (const { value, pointer: here } of work) {
      if (isSpan(value)) {
        this.addSpan(readSpan(value, { ...place, ...(here !== '' && { pointer: here }) }));
        continue;
      }
      const found = isObject(value) ? HOLDERS.filter((key) => Array.isArray(value[key])) : [];
      for (const key of found) {
        const list = isObject(value) ? (asArray(value[key]) ?? []) : [];
        for (const [index, item] of list.entries()) {
          const at = `${here}/${key}/${index}`;
          if (key === 'logRecords' || key === 'log_records') this.addLog(item, { ...place, pointer: at });
          else work.push({ value: item, pointer: at });
        }
      }
      if (found.length === 0) this.log.fold('unknown-record', 'info', 'a record holds no spans', place);
    }
  }

  private addSpan(span: Span): void {
    const trace = this.traces.get(span.traceId);
    const known = trace?.get(span.spanId);
    // Exporters send a batch again when its answer was lost, and some write a span when it starts and when it ends.
    if (known) this.log.fold('duplicate-record', 'info', 'a span was written more than once', span.place);
    if (known && (known.endedAt !== undefined || span.endedAt === undefined)) return;
    if (!this.budget.take(span)) this.reportLimit('spans', span.place);
    else if (trace) trace.set(span.spanId, span);
    else this.traces.set(span.traceId, new Map([[span.spanId, span]]));
  }

  private addLog(raw: unknown, place: SourceRef): void {
    const record = readSpanLog(raw, place);
    if (!record) return;
    if (this.budget.take(record.event)) this.logs.push(record);
    else this.reportLimit('events', place);
  }

  private reportLimit(what: string, place: SourceRef): void {
    const message = `the file holds more than is kept of one in memory: the ${what} from here on were not read`;
    this.log.fold('limit-reached', 'error', message, place);
  }

  /** Gives the log records to their spans; once, when everything was read. */
  settle(): void {
    for (const { traceId, spanId, event } of this.logs.splice(0)) {
      const span = this.traces.get(traceId)?.get(spanId);
      if (span) span.events.push(event);
      else this.log.fold('unknown-record', 'info', 'an event of a span that is not there', event.place);
    }
  }
}

const HOLDERS = [
  'resourceSpans',
  'resource_spans',
  'scopeSpans',
  'scope_spans',
  'instrumentationLibrarySpans',
  'spans',
  'data',
  'resourceLogs',
  'resource_logs',
  'scopeLogs',
  'scope_logs',
  'logRecords',
  'log_records',
];
