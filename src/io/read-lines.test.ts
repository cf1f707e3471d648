import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAllLines } from '../../test/support/read-all.ts';
import { createMemoryReader } from './open-reader.ts';

const read = (content: string | Uint8Array, limits = {}) =>
  readAllLines(createMemoryReader({ f: content }, limits), 'f');

describe('lines', () => {
  it('cuts endings off, counts from 1 and gives byte offsets', async () => {
    expect(await read('a\r\nbé\n\nlast')).toEqual([
      { line: 1, text: 'a', start: 0 },
      { line: 2, text: 'bé', start: 3 },
      { line: 3, text: '', start: 7 },
      { line: 4, text: 'last', start: 8 },
    ]);
  });

  it('makes no line of a final newline, and none of an empty or missing file', async () => {
    expect(await read('a\n')).toHaveLength(1);
    expect(await read('a\r')).toEqual([{ line: 1, text: 'a', start: 0 }]);
    expect(await read('')).toEqual([]);
    expect(await readAllLines(createMemoryReader({}), 'f')).toEqual([]);
  });

  it('repairs and marks invalid UTF-8, but not a replacement character of the file', async () => {
    const lines = await read(Buffer.concat([Buffer.from('a\xff\n', 'latin1'), Buffer.from('\ufffd\n')]));
    expect(lines).toEqual([
      { line: 1, text: 'a\ufffd', start: 0, flaw: 'invalid-utf8' },
      { line: 2, text: '\ufffd', start: 3 },
    ]);
  });

  it('passes over a UTF-8 byte order mark', async () => {
    expect(await read('\ufeffa\nb')).toEqual([
      { line: 1, text: 'a', start: 3 },
      { line: 2, text: 'b', start: 5 },
    ]);
  });

  it('reads UTF-16 with offsets of the file itself', async () => {
    const little = Buffer.from('\ufeffa😀\r\nb', 'utf16le');
    const expected = [
      { line: 1, text: 'a😀', start: 2 },
      { line: 2, text: 'b', start: 12 },
    ];
    expect(await read(little, { chunkBytes: 3 })).toEqual(expected);
    expect(await read(Buffer.from(little).swap16(), { chunkBytes: 3 })).toEqual(expected);
  });

  it('cuts a line over the limit, says so, and goes on behind it', async () => {
    const expected = [
      { line: 1, text: '01234', start: 0, flaw: 'limit-reached' },
      { line: 2, text: 'ok', start: 11 },
    ];
    for (const chunkBytes of [1, 4, 100]) {
      expect(await read('0123456789\nok\n', { lineBytes: 5, chunkBytes })).toEqual(expected);
    }
  });

  it('gives the same lines whatever the chunk size', async () => {
    const piece = fc.constantFrom('\n', '\r\n', '\r', 'a', 'é', '😀', '\ufeff', 'long '.repeat(20));
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (pieces, size) => {
          const content = pieces.join('');
          const large = await read(content);
          expect(await read(content, { chunkBytes: size })).toEqual(large);
          for (const { text, start } of large) {
            const bytes = Buffer.from(content).subarray(start);
            expect(bytes.subarray(0, Buffer.byteLength(text)).toString()).toBe(text);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
