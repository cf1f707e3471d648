import { describe, expect, it } from 'vitest';
import type { ContentChange } from '../../model/effect.ts';
import { applyToSketch } from './apply-to-sketch.ts';
import { type Sketch, sketchOf, UNKNOWN_SKETCH } from './sketch.ts';

/** A file as text: `?` is a line that nobody knows, `...` at the end stands for unknown lines. */
function sketch(text: string): Sketch {
  const rows = text.split('\n');
  const open = rows.at(-1) === '...';
  const lines = (open ? rows.slice(0, -1) : rows).map((row) => ({ text: row === '?' ? undefined : row }));
  return { lines, open, end: [], islands: [], laid: [] };
}

function show(made: Sketch | undefined): string | undefined {
  if (!made) return undefined;
  const rows = made.lines.map(({ text }) => text ?? '?');
  if (made.open) rows.push('...');
  rows.push(...made.end.map(({ text }) => text ?? '?'));
  for (const { before, now } of made.islands) {
    rows.push(`[${before.map(({ text }) => text).join('|')}=>${now.map(({ text }) => text).join('|')}]`);
  }
  return rows.join('\n');
}

const replace = (old: string, text: string, more: object = {}): ContentChange => ({
  kind: 'replace',
  old,
  new: text,
  all: false,
  ...more,
});

describe('applyToSketch', () => {
  const cases: [name: string, before: string, change: ContentChange, after: string | undefined][] = [
    ['replaces within a known line', '?\na = 1\n...', replace('1', '2'), '?\na = 2\n...'],
    ['replaces lines of which some are known', '?\nb\n?\n...', replace('a\nb\nc', 'a\nB\nc'), 'a\nB\nc\n...'],
    [
      'keeps a piece without a place',
      '?\nb\n...',
      replace('x = 1\ny', 'x = 2\ny'),
      '?\nb\n...\n[x = 1|y=>x = 2|y]',
    ],
    ['refuses a text that stands there twice', 'a\na\n...', replace('a', 'b'), undefined],
    ['takes the first of two as programs do', 'a\na\n...', replace('a', 'b', { lenient: true }), 'b\na\n...'],
    ['takes all', 'a\na\n...', { ...replace('a', 'b'), all: true } as ContentChange, 'b\nb\n...'],
    ['takes the newline along', 'a\nb\n...', replace('a', '', { dropsLineEnd: true }), 'b\n...'],
    ['leaves an empty line otherwise', 'a\nb\n...', replace('a', ''), '\nb\n...'],
    ['refuses what does not fit a known file', 'a\nb', replace('c', 'd'), undefined],
    [
      'puts lines by number into the unknown',
      '...',
      { kind: 'splice', from: 3, to: 3, content: 'x' },
      '?\n?\nx\n...',
    ],
    ['inserts', 'a\nb\n...', { kind: 'splice', from: 2, to: 1, content: 'x\n' }, 'a\nx\nb\n...'],
    ['appends behind the unknown', 'a\n...', { kind: 'append', content: 'z\n' }, 'a\n...\nz'],
    ['appends to the end', 'a', { kind: 'append', content: 'z\n' }, 'a\nz'],
    ['runs sed by number', '?\n?\n...', { kind: 'sed', script: '4d', flags: ['-i'] }, '?\n?\n?\n...'],
    ['runs sed by pattern', '?\na\n...', { kind: 'sed', script: 's/a/b/', flags: ['-i'] }, '?\nb\n...'],
    [
      'refuses sed that changes every line',
      '?\na\n...',
      { kind: 'sed', script: 's/^/#/', flags: ['-i'] },
      undefined,
    ],
    ['writes', '?\n...', { kind: 'set', content: 'x\n' }, 'x'],
    ['refuses what nobody can read', 'a', { kind: 'unknown' }, undefined],
    [
      'applies a hunk where its lines are, not where it says',
      '?\n?\na\nb\n...',
      { kind: 'patch', diff: '--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+B\n' },
      '?\n?\na\nB\n...',
    ],
  ];

  it.each(cases)('%s', (_name, before, change, after) => {
    expect(show(applyToSketch(sketch(before), change))).toBe(after);
  });

  it('does not number lines below a change without a place', () => {
    const first = applyToSketch(UNKNOWN_SKETCH, replace('a\nb', 'a'));
    expect(first && applyToSketch(first, { kind: 'splice', from: 9, to: 9, content: 'x' })).toBeUndefined();
  });

  it('agrees with the text where all is known', () => {
    expect(show(applyToSketch(sketchOf('a\nb\nc\n'), replace('b\nc\n', 'x\n')))).toBe('a\nx');
  });
});
