import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import { CastDecoder, type CastLine, isCastHead } from './cast.ts';

function decode(lines: readonly unknown[], batch = 100) {
  const log = new DiagnosticLog();
  const decoder = new CastDecoder('a.cast', log);
  const done: CastLine[] = [];
  const texts = lines.map((line, index) => ({
    line: index + 1,
    text: typeof line === 'string' ? line : JSON.stringify(line),
    start: 0,
  }));
  for (let i = 0; i < texts.length; i += batch) done.push(...decoder.push(texts.slice(i, i + batch)));
  done.push(...decoder.finish());
  return { decoder, lines: done, codes: log.list().map(({ code }) => code) };
}

const header = { version: 2, width: 80, height: 24, timestamp: 1_700_000_000 };

describe('CastDecoder', () => {
  it('joins output events to lines and knows the events and times of each', () => {
    const { decoder, lines, codes } = decode([
      header,
      [0.5, 'o', 'one\r\ntw'],
      [0.7, 'i', 'x'],
      [1, 'o', 'o\r\nthr'],
      [2, 'o', 'ee'],
    ]);
    expect(lines).toEqual([
      { text: 'one', events: [0, 0], times: [0.5, 0.5] },
      { text: 'two', events: [0, 2], times: [0.5, 1] },
      { text: 'three', events: [2, 3], times: [1, 2] },
    ]);
    expect(decoder.startedAt).toBe(1_700_000_000_000);
    expect(codes).toEqual([]);
  });

  it('collects what was typed up to each return key', () => {
    const { decoder } = decode([header, [1, 'i', 'ls'], [2, 'i', ' -l\r'], [3, 'i', 'pwd\r']]);
    expect(decoder.typed.map(({ text }) => text)).toEqual(['ls -l', 'pwd']);
  });

  it('adds up the intervals of v3 and of v1', () => {
    const v3 = decode([{ version: 3, term: { cols: 80 } }, '# note', [1, 'o', 'a\n'], [2, 'o', 'b\n']]);
    expect(v3.lines.map(({ times }) => times[0])).toEqual([1, 3]);
    const v1 = decode([
      {
        version: 1,
        width: 80,
        height: 24,
        stdout: [
          [1, 'a\n'],
          [1, 'b\n'],
        ],
      },
    ]);
    expect(v1.lines.map(({ text, times }) => [text, times[0]])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('reports cut and broken events, pointers and nothing at all', () => {
    expect(decode([header, '[1, "o", "a', [2, 'o', 'b\n']]).codes).toEqual(['malformed-json']);
    expect(decode([header, [1, 'o', 'a\n'], '[2, "o", "b']).codes).toEqual(['truncated-json']);
    expect(decode(['version https://git-lfs.github.com/spec/v1', 'oid']).codes[0]).toBe('lfs-pointer');
    expect(decode([]).codes).toEqual(['empty-file']);
    expect(decode([header, [1, 'o', 5], ['x', 'o', 'a\n'], [], { version: 9 }]).lines).toHaveLength(1);
  });

  it('gives the output back whatever its cuts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '\n', '\r', '{') })), (parts) => {
        const { lines } = decode([header, ...parts.map((part, index) => [index, 'o', part])], 3);
        const text = parts.join('').replaceAll('\r', '');
        const expected = text.split('\n');
        if (parts.join('').split('\n').at(-1) === '') expected.pop();
        expect(lines.map((line) => line.text)).toEqual(expected);
      }),
    );
  });
});

describe('isCastHead', () => {
  it('knows headers of recordings', () => {
    expect(isCastHead(`${JSON.stringify(header)}\n[0,"o","x"]`)).toBe(true);
    expect(isCastHead('{"version":3,"term":{"cols":80,"rows":24}}\n')).toBe(true);
    expect(isCastHead('{"version":"1.0","messages":[]}')).toBe(false);
    expect(isCastHead('')).toBe(false);
  });
});
