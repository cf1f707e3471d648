import { describe, expect, it } from 'vitest';
import type { ContentChange } from '../model/effect.ts';
import { applyChange } from './apply-change.ts';

const patch = ['--- a/f', '+++ b/f', '@@ -1,3 +1,3 @@', ' one', '-two', '+2', ' three', ''].join('\n');

const cases: [name: string, before: string | undefined, change: ContentChange, after: string | undefined][] =
  [
    ['set needs no content before', undefined, { kind: 'set', content: 'x' }, 'x'],
    ['append to known', 'a\n', { kind: 'append', content: 'b\n' }, 'a\nb\n'],
    ['append to unknown', undefined, { kind: 'append', content: 'b\n' }, undefined],
    ['replace the one match', 'a b c', { kind: 'replace', old: 'b', new: '$&', all: false }, 'a $& c'],
    ['replace refuses two matches', 'b b', { kind: 'replace', old: 'b', new: 'x', all: false }, undefined],
    [
      'replace counts overlapping matches',
      'aaa',
      { kind: 'replace', old: 'aa', new: 'x', all: false },
      undefined,
    ],
    ['replace all', 'b b', { kind: 'replace', old: 'b', new: 'x', all: true }, 'x x'],
    ['replace what is not there', 'a', { kind: 'replace', old: 'b', new: 'x', all: true }, undefined],
    ['empty old fills an empty file', '', { kind: 'replace', old: '', new: 'x', all: false }, 'x'],
    ['splice lines', 'a\nb\nc\n', { kind: 'splice', from: 2, to: 2, content: 'B' }, 'a\nB\nc\n'],
    ['splice inserts before a line', 'a\nb\n', { kind: 'splice', from: 2, to: 1, content: 'x' }, 'a\nx\nb\n'],
    ['splice appends behind the last line', 'a', { kind: 'splice', from: 2, to: 1, content: 'x' }, 'a\nx\n'],
    ['splice removes', 'a\nb\nc\n', { kind: 'splice', from: 1, to: 2, content: '' }, 'c\n'],
    ['splice outside the file', 'a\n', { kind: 'splice', from: 5, to: 5, content: 'x' }, undefined],
    [
      'sequence in order',
      'a',
      {
        kind: 'sequence',
        changes: [
          { kind: 'replace', old: 'a', new: 'b', all: false },
          { kind: 'replace', old: 'b', new: 'c', all: false },
        ],
      },
      'c',
    ],
    ['patch', 'one\ntwo\nthree\n', { kind: 'patch', diff: patch }, 'one\n2\nthree\n'],
    [
      'patch in reverse',
      'one\n2\nthree\n',
      { kind: 'patch', diff: patch, reverse: true },
      'one\ntwo\nthree\n',
    ],
    ['patch that does not fit', 'other\n', { kind: 'patch', diff: patch }, undefined],
    ['patch that is none', 'x', { kind: 'patch', diff: '@@ nonsense' }, undefined],
    ['unknown', 'x', { kind: 'unknown' }, undefined],
    [
      'a line deleted with its end',
      'a\nb\nc\n',
      { kind: 'replace', old: 'b', new: '', all: false, dropsLineEnd: true },
      'a\nc\n',
    ],
    [
      'a part of a line deleted',
      'a b\n',
      { kind: 'replace', old: 'a ', new: '', all: false, dropsLineEnd: true },
      'b\n',
    ],
    [
      'an editor that turns tabs into blanks',
      'a\tb\n',
      { kind: 'replace', old: 'b', new: 'c', all: false, plain: true },
      undefined,
    ],
    [
      'a line put in by such an editor',
      'a\n',
      { kind: 'splice', from: 2, to: 1, content: 'x\n\n', plain: true },
      'a\nx\n\n',
    ],
    [
      'behind an unfinished line',
      'a\nb',
      { kind: 'splice', from: 3, to: 2, content: 'x\n', plain: true },
      undefined,
    ],
  ];

describe('applyChange', () => {
  it.each(cases)('%s', (_name, before, change, after) => {
    expect(applyChange(before, change)).toBe(after);
  });
});
