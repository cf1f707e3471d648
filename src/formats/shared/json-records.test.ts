import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import { readJsonRecords } from './json-records.ts';

interface Numbered {
  readonly text: string;
  readonly line: number;
}

async function read(texts: readonly string[], batch = 1000, marker?: string) {
  const log = new DiagnosticLog();
  const values: unknown[] = [];
  const lines = texts.map((text, index): Numbered => ({ text, line: index + 1 }));
  async function* batches() {
    for (let i = 0; i < lines.length; i += batch) yield lines.slice(i, i + batch);
  }
  const placeOf = ({ line }: Numbered) => ({ artifact: 'log', line });
  const source = { artifact: 'log', placeOf, log, ...(marker !== undefined && { marker }) };
  for await (const records of readJsonRecords(batches(), source)) {
    for (const { value } of records) values.push(value);
  }
  return { values, diagnostics: log.list() };
}

describe('readJsonRecords', () => {
  it('reads one object per line and says nothing about blank lines', async () => {
    const { values, diagnostics } = await read(['{"a":1}', '', '  ', '{"b":2}']);
    expect(values).toEqual([{ a: 1 }, { b: 2 }]);
    expect(diagnostics).toEqual([]);
  });

  it('counts the lines between records', async () => {
    const { values, diagnostics } = await read([
      'npm warn x',
      '{"a":1}',
      '[log] sent {',
      '}',
      '42',
      '{"b":2}',
    ]);
    expect(values).toHaveLength(2);
    expect(diagnostics).toEqual([
      {
        code: 'non-json-line',
        severity: 'info',
        message: 'a line without JSON was passed over',
        place: { artifact: 'log', line: 1 },
        count: 4,
      },
    ]);
  });

  it('separates objects that stand on one line', async () => {
    const { values, diagnostics } = await read(['{"a":"}{"}{"b":"\\"{"} {"c":{"d":1}}']);
    expect(values).toEqual([{ a: '}{' }, { b: '"{' }, { c: { d: 1 } }]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['joined-json']);
  });

  it('takes escapes and other text off around a record, and a byte order mark', async () => {
    const { values, diagnostics } = await read(['\ufeff{"a":1}', '\u001b[?2004l{"b":2}\r', 'x: {"c":3}']);
    expect(values).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }]);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'non-json-line text stood around a record',
    ]);
  });

  it('tells a cut tail from a broken record in the middle', async () => {
    const { values, diagnostics } = await read(['{"a":', '{"b":2}', '{"c":"un']);
    expect(values).toEqual([{ b: 2 }]);
    expect(diagnostics.map(({ code, place }) => [code, place?.line])).toEqual([
      ['malformed-json', 1],
      ['truncated-json', 3],
    ]);
  });

  it('finds the record that follows a broken one on its line', async () => {
    const { values } = await read(['{"a":"cut{"b":2}', '{"type":tru{"c":3}']);
    expect(values).toEqual([{ b: 2 }, { c: 3 }]);
  });

  it('reports pointers and empty files', async () => {
    const pointer = await read(['version https://git-lfs.github.com/spec/v1', 'oid sha256:0', '{"a":1}']);
    expect(pointer.values).toEqual([]);
    expect(pointer.diagnostics.map(({ code }) => code)).toEqual(['lfs-pointer']);
    expect((await read([])).diagnostics.map(({ code }) => code)).toEqual(['empty-file']);
  });

  it('leaves lines without the marker unparsed', async () => {
    const { values } = await read(['{"x":1}', '{"type":"a"}'], 10, '{"type"');
    expect(values).toEqual([{ type: 'a' }]);
  });

  it('gives the same records whatever the batches, and keeps every record', async () => {
    const line = fc.oneof(
      fc
        .dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1 })
        .map((value) => JSON.stringify(value)),
      fc.string().map((text) => text.replace(/[{"]/g, '')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 5 }), async (texts, size) => {
        const whole = await read(texts);
        expect(whole.values).toEqual(
          texts.filter((text) => text.startsWith('{')).map((text) => JSON.parse(text)),
        );
        expect(await read(texts, size)).toEqual(whole);
      }),
    );
  });

  it('stays linear on lines made of false starts', async () => {
    const started = performance.now();
    await read(['{"'.repeat(200_000), '{"a":1}']);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
