import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAllElements } from '../../test/support/read-all.ts';
import { expectPresent } from '../base/assert.ts';
import { createMemoryReader } from './open-reader.ts';
import type { ReadLimits } from './read-limits.ts';

const SCAN: Partial<ReadLimits> = { wholeJsonBytes: 0 };

async function read(content: string | Uint8Array, arrays: string[], limits: Partial<ReadLimits> = {}) {
  const reader = createMemoryReader({ 'f.json': content }, limits);
  const document = expectPresent(await reader.json('f.json', arrays), 'the document is there');
  const elements: Record<string, unknown[]> = {};
  const indexes: Record<string, number[]> = {};
  for (const key of arrays) {
    const all = await readAllElements(document, key);
    elements[key] = all.map(({ value }) => value);
    indexes[key] = all.map(({ index }) => index);
  }
  const { value, diagnostics } = document;
  return { value, elements, indexes, diagnostics, codes: diagnostics.map(({ code }) => code) };
}

describe('json', () => {
  it.each([
    ['parsed whole', {}],
    ['scanned', SCAN],
    ['scanned byte by byte', { ...SCAN, chunkBytes: 1 }],
  ])('takes the arrays that were asked for out of the document, %s', async (_name, limits) => {
    const text =
      '{"info": {"a": [1]}, "messages": [{"t": "x],\\"}"}, 2 , [3]], "empty": [ ], "history": [1, 2]}';
    const { value, elements, diagnostics } = await read(text, ['messages', 'empty', 'info'], limits);
    expect(value).toEqual({ info: { a: [1] }, messages: [], empty: [], history: [1, 2] });
    expect(elements).toEqual({ messages: [{ t: 'x],"}' }, 2, [3]], empty: [], info: [] });
    expect(diagnostics).toEqual([]);
  });

  it.each([
    ['whole', {}],
    ['scanned', SCAN],
  ])('reads a document that is an array, %s', async (_name, limits) => {
    expect(await read(' [1, {"a": 2}] ', [''], limits)).toMatchObject({
      value: [],
      elements: { '': [1, { a: 2 }] },
    });
    expect(await read('[1, {"a": 2}]', [], limits)).toMatchObject({ value: [1, { a: 2 }], codes: [] });
  });

  it('answers undefined for a missing file', async () => {
    expect(await createMemoryReader({}).json('f.json')).toBeUndefined();
  });

  it('says of empty files, pointers and text without JSON that nothing could be read', async () => {
    expect(await read('', ['a'])).toMatchObject({ value: undefined, codes: ['empty-file'] });
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n';
    expect(await read(pointer, ['a'])).toMatchObject({ value: undefined, codes: ['lfs-pointer'] });
    expect(await read('no json at all\n', ['a'])).toMatchObject({
      value: undefined,
      codes: ['malformed-json'],
    });
  });

  it('keeps the complete elements and keys of a truncated document', async () => {
    const { value, elements, diagnostics } = await read('{"info":{"a":1},"messages":[{"n":1},{"n":2},{"n":', [
      'messages',
    ]);
    expect(value).toEqual({ info: { a: 1 }, messages: [] });
    expect(elements.messages).toEqual([{ n: 1 }, { n: 2 }]);
    expect(diagnostics).toMatchObject([
      { code: 'truncated-json', place: { artifact: 'f.json', pointer: '/messages', bytes: [44, 49] } },
    ]);
    expect(diagnostics[0]?.message).toContain('2 complete elements were kept, the last 5 bytes were lost');
  });

  it('keeps a last element that is complete, but no number that may have been cut', async () => {
    expect((await read('{"m":[{"n":1},{"n":2}', ['m'])).elements.m).toEqual([{ n: 1 }, { n: 2 }]);
    expect((await read('{"m":[1,12', ['m'])).elements.m).toEqual([1]);
    expect((await read('[{"n":1}\n', [''])).elements['']).toEqual([{ n: 1 }]);
  });

  it('leaves broken elements out and counts them; the others keep their places', async () => {
    const text = '{"m":[{"a":1},{"b":tru},{"c":[1},{"d":1]},,{"e":2}}, {"f":3}],"z":9}';
    for (const chunkBytes of [1, 3, 1000]) {
      const { value, elements, indexes, diagnostics } = await read(text, ['m'], { chunkBytes });
      expect(value).toEqual({ m: [], z: 9 });
      expect(elements.m).toEqual([{ a: 1 }, { f: 3 }]);
      expect(indexes.m).toEqual([0, 6]);
      expect(diagnostics).toMatchObject([{ code: 'malformed-json', count: 5, place: { pointer: '/m/1' } }]);
    }
  });

  it('reports text behind the end and lines before the beginning', async () => {
    const after = await read('{"m":[1]}\n{"m":[2]}', ['m']);
    expect(after).toMatchObject({ elements: { m: [1] }, codes: ['malformed-json'] });
    expect(after.diagnostics[0]?.place).toEqual({ artifact: 'f.json', bytes: [10, 19] });
    const before = await read('warning: old version\n[12:01] start\n{"m":[1]}', ['m']);
    expect(before).toMatchObject({
      elements: { m: [1] },
      diagnostics: [{ code: 'non-json-line', count: 2 }],
    });
  });

  it('leaves out values that nest too deep, and keeps their neighbours', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const result = await read(`{"m":[1,${deep},2],"info":${deep},"a":1}`, ['m']);
    expect(result.value).toEqual({ m: [], a: 1 });
    expect(result.elements.m).toEqual([1, 2]);
    expect(result.codes).toEqual(['limit-reached', 'limit-reached']);
    expect((await read('['.repeat(3_000_000), [''])).codes).toContain('truncated-json');
  });

  it('reads the numbers that only Python writes as null', async () => {
    const text = '{"m":[{"a":NaN},{"b":[-Infinity,"NaN \\" Infinity"]},3],"k":Infinity}';
    for (const limits of [{}, SCAN]) {
      const { value, elements, diagnostics } = await read(text, ['m'], limits);
      expect(value).toEqual({ m: [], k: null });
      expect(elements.m).toEqual([{ a: null }, { b: [null, 'NaN " Infinity'] }, 3]);
      expect(diagnostics).toMatchObject([{ code: 'malformed-json', severity: 'info', count: 3 }]);
    }
  });

  it('leaves out values over the limit', async () => {
    const limits = { ...SCAN, valueBytes: 10 };
    const result = await read('{"m":["short","much too long"],"k":"much too long","n":1}', ['m'], {
      ...limits,
      chunkBytes: 7,
    });
    expect(result).toMatchObject({
      value: { m: [], n: 1 },
      elements: { m: ['short'] },
      codes: ['limit-reached', 'limit-reached'],
    });
  });

  it('reads byte order marks and UTF-16, and repairs invalid UTF-8', async () => {
    const text = '{"m":["é😀"]}';
    for (const content of [`\ufeff${text}`, Buffer.from(`\ufeff${text}`, 'utf16le')]) {
      for (const limits of [{}, SCAN]) {
        expect(await read(content, ['m'], limits)).toMatchObject({ elements: { m: ['é😀'] }, codes: [] });
      }
    }
    const broken = Buffer.from('{"m":["a\xff"],"k":1}', 'latin1');
    for (const limits of [{}, SCAN]) {
      expect(await read(broken, ['m'], limits)).toMatchObject({
        value: { m: [], k: 1 },
        elements: { m: ['a\ufffd'] },
        codes: ['invalid-utf8'],
      });
    }
  });

  it('treats __proto__ and repeated keys as JSON.parse does', async () => {
    const text = '{"__proto__":{"x":1},"m":[1],"m":[2],"k":1,"k":2}';
    const scanned = await read(text, ['m'], SCAN);
    const whole = await read(text, ['m']);
    expect(scanned).toEqual(whole);
    expect(Object.keys(scanned.value as object)).toEqual(['__proto__', 'm', 'k']);
  });
});

const documents = fc.dictionary(
  fc.oneof(fc.constantFrom('m', 'a"b', 'é', '\\'), fc.string()),
  fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
  { noNullPrototype: true },
);

describe('the scanner', () => {
  it('reads what JSON.parse reads, whatever the chunk size', async () => {
    await fc.assert(
      fc.asyncProperty(
        documents,
        fc.constantFrom(undefined, 1, '\t'),
        fc.integer({ min: 1, max: 40 }),
        async (document, indent, chunkBytes) => {
          const text = JSON.stringify(document, undefined, indent);
          const arrays = Object.keys(document).filter((key) => key.length % 2 === 1);
          const expected = await read(text, arrays);
          expect(expected.diagnostics).toEqual([]);
          expect(await read(text, arrays, { ...SCAN, chunkBytes })).toEqual(expected);
          expect(await read(text, arrays, SCAN)).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives a prefix of the elements wherever the document is cut', async () => {
    const elements = fc.array(fc.jsonValue(), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(elements, fc.jsonValue(), fc.boolean(), async (content, info, isRoot) => {
        const key = isRoot ? '' : 'm';
        const bytes = Buffer.from(JSON.stringify(isRoot ? content : { info, m: content, last: info }));
        const plain = JSON.parse(JSON.stringify(content)) as unknown[];
        for (let cut = 1; cut < bytes.length; cut++) {
          const { elements: found, codes } = await read(bytes.subarray(0, cut), [key], { chunkBytes: 16 });
          const kept = found[key] ?? [];
          expect(codes).toContain('truncated-json');
          expect(kept).toEqual(plain.slice(0, kept.length));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('never throws for bytes of any kind, and reads them alike in any chunks', async () => {
    const alphabet = fc.constantFrom(...Array.from('{}[],:"\\ 1atn\n'), '{"m":[', '"m":', '\u0000', 'é');
    await fc.assert(
      fc.asyncProperty(
        fc.array(alphabet, { maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        async (parts, chunkBytes) => {
          const text = parts.join('');
          const large = await read(text, ['m', ''], SCAN);
          expect(await read(text, ['m', ''], { ...SCAN, chunkBytes })).toEqual(large);
        },
      ),
      { numRuns: 500 },
    );
  });
});
