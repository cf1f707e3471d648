import { describe, expect, it } from 'vitest';
import { runFrom } from '../../test/support/notation.ts';
import { analyzeStep } from './analyze-step.ts';

/** Certainty of every write that happened, by path. */
function writes(notation: string): Record<string, string> {
  const [step] = runFrom(notation).steps;
  if (!step) throw new Error('no step');
  const { effects } = analyzeStep(step).happened;
  return Object.fromEntries(
    effects.flatMap((effect) => (effect.kind === 'write' ? [[effect.path, effect.certainty]] : [])),
  );
}

describe('what a list of commands proves of its parts', () => {
  it('believes a part behind && when the status of the whole is 0', () => {
    expect(writes('1 > python check.py && echo a > a.txt')).toEqual({ 'a.txt': 'certain' });
    expect(writes('1 > python check.py && echo a > a.txt\n> echo b > b.txt')).toEqual({
      'a.txt': 'likely',
      'b.txt': 'certain',
    });
    expect(writes('1 > python check.py && echo a > a.txt || true')).toEqual({ 'a.txt': 'likely' });
  });

  it('believes it without a status when what stands before it would have complained', () => {
    expect(writes('1 ? cd /app && echo a > a.txt')).toEqual({ 'a.txt': 'certain' });
    expect(writes('1 ? python check.py && echo a > a.txt')).toEqual({ 'a.txt': 'likely' });
    expect(writes('1 ? grep -q x y && echo a > a.txt')).toEqual({ 'a.txt': 'likely' });
    expect(writes('1 ? cd /app 2> /dev/null && echo a > a.txt')).toEqual({ 'a.txt': 'likely' });
    expect(writes('1 ? cp b c && echo a > a.txt\ncp: cannot stat')).toEqual({ 'a.txt': 'likely' });
  });

  it('doubts what runs under set -e, in a compound command too', () => {
    expect(writes('1 ? set -e; make; echo a > a.txt')).toEqual({ 'a.txt': 'likely' });
    expect(writes('1 > set -e; make; echo a > a.txt')).toEqual({ 'a.txt': 'certain' });
    expect(writes('1 > (set -e; false; echo a > a.txt); echo b > b.txt')).toMatchObject({
      'a.txt': 'likely',
    });
    expect(writes("1 > bash -c 'set -e; false; echo a > a.txt'; true")).toEqual({ 'a.txt': 'likely' });
  });

  it('doubts everything behind the first command of a text that was ended from outside', () => {
    expect(writes('1 !timeout echo a > a.txt; sleep 100; echo b > b.txt')).toEqual({
      'a.txt': 'certain',
      'b.txt': 'likely',
    });
  });

  it('doubts what a limited or a crashed program was to do', () => {
    expect(writes("1 > timeout 1 bash -c 'sleep 5; echo a > a.txt'; echo $?")).toEqual({ 'a.txt': 'likely' });
    expect(writes("1 > timeout 9 bash -c 'echo a > a.txt'")).toEqual({ 'a.txt': 'certain' });
    const program = `1 ? python3 -c "open('a.txt', 'w').write('a')"`;
    expect(writes(program)).toEqual({ 'a.txt': 'certain' });
    expect(writes(`${program}\nTraceback (most recent call last):\nNameError: x`)).toEqual({
      'a.txt': 'likely',
    });
  });
});
