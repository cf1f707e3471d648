import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readShortenedArgs } from './shortened-args.ts';

describe('readShortenedArgs', () => {
  it('reads whole arguments as they are', () => {
    expect(readShortenedArgs('{"command": "view", "view_range": [1, 20]}')).toEqual({
      values: { command: 'view', view_range: [1, 20] },
    });
    expect(readShortenedArgs('{}')).toEqual({ values: {} });
    expect(readShortenedArgs('')).toEqual({ values: {} });
  });

  it('keeps a text as far as it stands, with the mark of the cut', () => {
    expect(readShortenedArgs('{"command": "edit 1:2\\nprint(\\"a\\") …[+40 chars]')).toEqual({
      values: { command: 'edit 1:2\nprint("a") …[+40 chars]' },
      cut: 'command',
    });
  });

  it('keeps what is before a cut in a key, a list, or an escape', () => {
    expect(readShortenedArgs('{"path": "a.py", "old_s…')).toEqual({
      values: { path: 'a.py' },
      rest: '"old_s…',
    });
    expect(readShortenedArgs('{"path": "a.py", "view_range": [1, 3…')).toEqual({
      values: { path: 'a.py' },
      rest: '"view_range": [1, 3…',
    });
    expect(readShortenedArgs('{"new": "tab\\…').values).toEqual({ new: 'tab\\…' });
  });

  it('gives of any cut JSON object the beginnings of its texts', () => {
    const object = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.array(fc.integer())));
    fc.assert(
      fc.property(object, fc.nat(), (whole, at) => {
        const text = JSON.stringify(whole);
        const cut = Math.min(at % (text.length + 1), text.length);
        const { values, cut: last } = readShortenedArgs(text.slice(0, cut));
        for (const [key, value] of Object.entries(values)) {
          if (key !== last) expect(value).toEqual(whole[key]);
          // An escape that was cut through stays behind what is right.
          else
            expect(String(whole[key]).startsWith(String(value).replace(/\\(?:u[\da-f]{0,3})?$/, ''))).toBe(
              true,
            );
        }
      }),
    );
  });
});
