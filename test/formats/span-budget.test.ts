import { describe, expect, it } from 'vitest';
import { readSpans, type SpanTable } from '../../src/formats/otlp/read-spans.ts';
import { SpanBudget } from '../../src/formats/otlp/span-budget.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { DiagnosticLog } from '../../src/model/diagnostic-log.ts';

const LONG = 'x'.repeat(10_000);

function span(spanId: string, text: unknown, more: object = {}): object {
  return { traceId: 'a1', spanId, name: 'chat', attributes: { 'gen_ai.output.messages': text }, ...more };
}

async function read(
  records: readonly object[],
  held: number,
): Promise<{ table: SpanTable; found: readonly Diagnostic[] }> {
  const log = new DiagnosticLog();
  const reader = createMemoryReader({
    'spans.jsonl': records.map((item) => JSON.stringify(item)).join('\n'),
  });
  const entry = await reader.stat('spans.jsonl');
  if (!entry) throw new Error('the file is there');
  return { table: await readSpans(reader, entry, log, new SpanBudget(held)), found: log.list() };
}

const idsIn = ({ traces }: SpanTable): string[] => [...traces.values()].flatMap((spans) => [...spans.keys()]);

describe('spans of a file that is larger than what is held', () => {
  it('are read up to the bound; the others are counted', async () => {
    const records = ['1', '2', '3', '4', '5'].map((id) => span(id, LONG));
    const { table, found } = await read(records, 25_000);
    expect(idsIn(table)).toEqual(['1', '2']);
    expect(found).toMatchObject([{ code: 'limit-reached', count: 3, place: { line: 3 } }]);
    expect(idsIn((await read(records, 100_000)).table)).toHaveLength(5);
  });

  it('end at the first that is too much, even where a smaller one would fit', async () => {
    const { table } = await read([span('1', 'short'), span('2', LONG), span('3', 'short')], 5000);
    expect(idsIn(table)).toEqual(['1']);
  });

  it('are weighed with all that nests in them', async () => {
    const nested = { deep: [[{ text: LONG }]] };
    expect(idsIn((await read([span('1', nested)], 5000)).table)).toEqual([]);
    const events = { events: [{ name: 'said', attributes: { text: LONG } }] };
    expect(idsIn((await read([span('1', '', events)], 5000)).table)).toEqual([]);
  });

  it('are not weighed again when they were sent twice', async () => {
    const { table, found } = await read([span('1', LONG), span('1', LONG), span('2', LONG)], 25_000);
    expect(idsIn(table)).toEqual(['1', '2']);
    expect(found.map(({ code }) => code)).toEqual(['duplicate-record']);
  });

  it('share the bound with the events of log records', async () => {
    const record = { traceId: 'a1', spanId: '1', eventName: 'said', body: LONG };
    const { table, found } = await read([span('1', 'short'), { logRecords: [record, record] }], 15_000);
    table.settle();
    expect(table.traces.get('a1')?.get('1')?.events).toHaveLength(1);
    expect(found).toMatchObject([{ code: 'limit-reached' }]);
  });
});
