import { describe, expect, it } from 'vitest';
import { BlockScan, type JsonBlock } from './json-blocks.ts';

function scan(text: string): JsonBlock[] {
  const blocks = new BlockScan();
  return text
    .split('\n')
    .flatMap((line, index) => blocks.read({ text: line, line: index + 1, start: 0 }) ?? []);
}

describe('BlockScan', () => {
  it('finds objects between other lines', () => {
    expect(scan('hello\n{\n  "a": 1\n}\nbye\n{"b": 2}')).toEqual([
      { text: '{\n  "a": 1\n}', line: 2 },
      { text: '{"b": 2}', line: 6 },
    ]);
  });

  it('counts no braces inside of strings', () => {
    expect(scan('{\n  "a": "}}{\\"}"\n}')).toEqual([{ text: '{\n  "a": "}}{\\"}"\n}', line: 1 }]);
  });

  it('says whether a block was left open', () => {
    const blocks = new BlockScan();
    expect(blocks.read({ text: '{', line: 1, start: 0 })).toBeUndefined();
    expect(blocks.reset()).toBe(true);
    expect(blocks.reset()).toBe(false);
    expect(blocks.read({ text: '{}', line: 2, start: 0 })).toEqual({ text: '{}', line: 2 });
  });
});
