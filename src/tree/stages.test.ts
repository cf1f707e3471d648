import { describe, expect, it } from 'vitest';
import { runFrom } from '../../test/support/notation.ts';
import { simpleEffects } from '../../test/support/simple-effects.ts';
import { buildHistory } from '../state/build-history.ts';
import { segmentStages } from './stages.ts';

function stagesOf(text: string): string[] {
  const run = runFrom(text);
  const { records } = buildHistory(run, simpleEffects);
  return segmentStages(run, records).map(({ kind, start, end }) => `${kind} ${start}-${end}`);
}

describe('segmentStages', () => {
  it('reads the usual course of a fix', () => {
    expect(
      stagesOf(`
        1 > cat a.py
        a
        2 > grep x lib
        3 > cat b.py
        c
        4 > echo print > repro.py
        5 > python repro.py
        6 > sed -i 's/a/b/' a.py
        7 > sed -i 's/c/d/' b.py
        8 > python repro.py
        9 > pytest
        10 > pytest
        11 > submit
      `),
    ).toEqual(['inspect 1-3', 'reproduce 4-5', 'implement 6-7', 'verify 8-10', 'submit 11-11']);
  });

  it('does not make a stage of a single odd step', () => {
    expect(stagesOf('1 > cat a\n2 > cat b\n3 > export A=1\n4 > cat c\n5 > cat d')).toEqual(['inspect 1-5']);
  });

  it('covers every step, and has none for a run without steps', () => {
    expect(stagesOf('1 > frobnicate')).toHaveLength(1);
    expect(stagesOf('task: nothing')).toEqual([]);
    const many = Array.from(
      { length: 300 },
      (_, i) => `${i + 1} > ${['cat a', 'pytest', 'echo x > y'][(i * 13) % 3]}`,
    );
    let next = 1;
    for (const stage of stagesOf(many.join('\n'))) {
      const [from, to] = (stage.split(' ')[1] ?? '').split('-').map(Number);
      expect(from).toBe(next);
      next = (to ?? 0) + 1;
    }
    expect(next).toBe(301);
  });
});
