import { describe, expect, it } from 'vitest';
import { fuzzSubject } from './fuzz-subject.ts';
import { listSubjects } from './subjects.ts';

/** Damage of each kind per subject; more for a longer search. */
const ROUNDS = Number(process.env.CODETRACER_FUZZ_ROUNDS ?? 2);
/** A subject that takes longer hangs: the slowest takes a few seconds on a busy machine. */
const HANGS_AFTER = 30_000 * ROUNDS;

describe.each(listSubjects().map((subject, index) => ({ ...subject, index })))('damaged $name', (subject) => {
  it(
    'is read without a throw, stays sound, and every lost step is reported',
    async () => {
      // Real artifacts are larger, and damage of each kind once is enough beside the fixtures.
      const rounds = !subject.isReal ? ROUNDS : Math.ceil(ROUNDS / 2);
      expect(await fuzzSubject(subject, subject.index + 1, rounds)).toEqual([]);
    },
    HANGS_AFTER,
  );
});
