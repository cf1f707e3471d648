import { describe, expect, it } from 'vitest';
import type { ContentChange } from '../model/effect.ts';
import { addEdit, type EditState, UNEDITED } from './edit-sum.ts';

const replace = (old: string, text: string): ContentChange => ({
  kind: 'replace',
  old,
  new: text,
  all: false,
});
const all = (...changes: ContentChange[]): EditState => changes.reduce<EditState>(addEdit, UNEDITED);

describe('addEdit', () => {
  it('is the same for edits in another order, and for one edit in two parts', () => {
    const [one, two] = [replace('a\n', 'b\n'), replace('c\n', 'd\n')];
    expect(all(one, two)).toEqual(all(two, one));
    expect(all(replace('a\nc\n', 'b\nd\n'))).toEqual(all(one, two));
    expect(all({ kind: 'sequence', changes: [one, two] })).toEqual(all(one, two));
    expect(all(one)).not.toEqual(all(two));
  });

  it('takes a patch for the replacement that it is', () => {
    const diff = '--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n same\n-a\n+b\n same\n';
    expect(all({ kind: 'patch', diff })).toEqual(all(replace('a', 'b')));
    expect(all({ kind: 'patch', diff, reverse: true })).toEqual(all(replace('b', 'a')));
  });

  it('forgets what is undone', () => {
    expect(all(replace('a', 'b'), replace('b', 'a'))).toEqual(UNEDITED);
  });

  it('compares edits by line numbers and scripts only with the same after the same', () => {
    const splice: ContentChange = { kind: 'splice', from: 3, to: 4, content: 'x\n' };
    const sed: ContentChange = { kind: 'sed', script: 's/a/b/', flags: [] };
    expect(all(splice)).toEqual(all(splice));
    expect(all(splice, sed)).not.toEqual(all(sed, splice));
    expect(all(splice)).not.toEqual(UNEDITED);
  });

  it('knows nothing after a change that is not said', () => {
    expect(all({ kind: 'unknown' })).toBeUndefined();
    expect(all({ kind: 'unknown' }, replace('a', 'b'))).toBeUndefined();
  });
});
