import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContentHash, hashContent } from './content-hash.ts';
import { ContentLog } from './content-log.ts';

describe('ContentLog', () => {
  it('gives back every version, known or not', () => {
    const content = fc.option(fc.stringMatching(/^[ab]{0,30}$/), { nil: undefined });
    fc.assert(
      fc.property(fc.array(fc.tuple(content, fc.boolean()), { maxLength: 300 }), (pushes) => {
        const log = new ContentLog();
        const expected: (string | undefined)[] = [];
        for (const [text, append] of pushes) {
          const before = expected.at(-1);
          if (append && before !== undefined && text !== undefined) {
            log.append(text);
            expected.push(before + text);
          } else {
            log.push(text);
            expected.push(text);
          }
        }
        expect(expected.map((_, index) => log.get(index))).toEqual(expected);
      }),
    );
  });
});

describe('ContentHash', () => {
  it('does not depend on how the text came, nor on newlines at its end', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[ab\n]{0,5}$/)), (parts) => {
        const hash = new ContentHash();
        for (const part of parts) hash.extend(part);
        expect(hash.value).toBe(hashContent(parts.join('')));
        // Newlines alone are told from nothing, but not by their number.
        const text = parts.join('') || '\n';
        expect(hashContent(text)).toBe(hashContent(`${text}\n`));
      }),
    );
    expect(hashContent('\n')).not.toBe(hashContent(''));
  });
});
