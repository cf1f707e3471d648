import { describe, expect, it } from 'vitest';
import { diagnoseNoted, partsOf } from '../../../test/support/diagnose-noted.ts';
import { answerOf } from '../codetracer-system.ts';
import type { Answer, SystemInput } from '../system.ts';
import { CONSTANT_RULES } from './constant-rules.ts';
import { nearestFirst } from './rule.ts';

const RUN = `
  task: fix the parser
  cwd: /app
  1 > cat src/parser.py
  def parse(): return 1
  2 > echo 'import parser' > /tmp/try.py
  3 ! python /tmp/try.py
  ModuleNotFoundError: No module named 'parser'
  4 > echo 'def parse(): return 2' > src/parser.py
  5 ! python /tmp/try.py
  ModuleNotFoundError: No module named 'parser'
  6 > echo 'def parse(): return some_much_longer_expression_than_before()' > src/parser.py
  7 > cat src/parser.py
  def parse(): return some_much_longer_expression_than_before()
  8 ! python /tmp/try.py
  ModuleNotFoundError: No module named 'parser'
  9 > echo done
  done
  10 > git diff
`;

/** What a rule says of a run in the notation; rules look at the context alone. */
function answerOn(text: string, name: string): Answer {
  const rule = CONSTANT_RULES.find((one) => one.name === name);
  if (!rule) throw new Error(`no rule ${name}`);
  const input: Pick<SystemInput, 'context'> = { context: partsOf(text).context };
  return rule.predict(input as SystemInput);
}

function ranks(text: string, name: string): number[] {
  return answerOn(text, name).onset.map(({ step }) => step);
}

describe('rules of position', () => {
  it('name a place and the steps nearest to it', () => {
    expect(ranks(RUN, 'last-step')).toEqual([10, 9, 8, 7, 6]);
    expect(ranks(RUN, 'last-but-one')).toEqual([9, 8, 10, 7, 6]);
    expect(ranks(RUN, 'middle')).toEqual([5, 4, 6, 3, 7]);
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenths) => ranks(RUN, `at-${tenths}0-percent`)[0])).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    expect(answerOn(RUN, 'last-step')).toMatchObject({ steps: 10, incorrect: [10], unuseful: [10] });
  });

  it('stay within a run of one step', () => {
    const short = `
      1 > ls
    `;
    for (const { name } of CONSTANT_RULES) expect([name, ranks(short, name)]).toEqual([name, [1]]);
  });

  it('say nothing of a run without steps', () => {
    for (const { name } of CONSTANT_RULES) {
      const answer = answerOn('task: nothing', name);
      expect([name, answer.steps, answer.onset, answer.incorrect]).toEqual([name, 0, [], []]);
    }
  });

  it('draw from all steps alike by chance', () => {
    const chance = answerOn(RUN, 'uniform-chance');
    expect(chance.drawn).toBe(true);
    expect(chance.onset.map(({ share }) => share)).toEqual(Array.from({ length: 10 }, () => 0.1));
    expect(answerOn(RUN, 'all-steps')).toMatchObject({
      incorrect: chance.incorrect,
      unuseful: chance.unuseful,
    });
  });
});

describe('rules of changes and repeats', () => {
  it('name the first change, the first to the work, and the largest', () => {
    expect(ranks(RUN, 'first-change')).toEqual([2, 4, 6]);
    expect(ranks(RUN, 'first-source-change')).toEqual([4, 6]);
    expect(ranks(RUN, 'first-named-write')).toEqual([4, 6]);
    expect(ranks(RUN, 'largest-write')[0]).toBe(6);
    expect(answerOn(RUN, 'every-source-change')).toMatchObject({ incorrect: [4, 6], unuseful: [] });
  });

  it('know scratch files by the names in the step alone', () => {
    const text = `
      1 > echo a > reproduce_issue.py
      2 > echo a > /tmp/work.py
      3 > echo a > tests/test_parser.py
      4 > echo a > src/contest.py
    `;
    expect(ranks(text, 'first-named-write')).toEqual([4]);
  });

  it('name the error that is shown most often', () => {
    expect(answerOn(RUN, 'most-repeated-error')).toMatchObject({
      onset: [
        { step: 3, share: 1 },
        { step: 5, share: 0 },
        { step: 8, share: 0 },
      ],
      incorrect: [3],
      unuseful: [5, 8],
    });
  });

  it('name what is done again word for word', () => {
    expect(answerOn(RUN, 'every-repeat')).toMatchObject({ incorrect: [5], unuseful: [5, 7, 8] });
  });

  it('fall back to the last step', () => {
    const idle = `
      1 > ls
      2 > pwd
    `;
    for (const name of ['first-change', 'largest-write', 'most-repeated-error', 'every-repeat']) {
      expect([name, ranks(idle, name)[0]]).toEqual([name, 2]);
    }
  });
});

describe('nearestFirst', () => {
  it('takes the earlier of two as near first', () => {
    expect(nearestFirst(3, 9)).toEqual([3, 2, 4, 1, 5]);
    expect(nearestFirst(1, 3)).toEqual([1, 2, 3]);
  });
});

describe('answerOf', () => {
  it('says of the main agent’s steps what the diagnosis says', () => {
    const diagnosis = diagnoseNoted(`outcome: failed\n${RUN.replaceAll(/^ {2}/gm, '')}`);
    const answer = answerOf(diagnosis, 10);
    expect(answer.onset.map(({ step }) => `${step}`)).toEqual(diagnosis.alternatives.map(({ step }) => step));
    expect(answer.verdict).toEqual({ kind: diagnosis.verdict.kind, failure: diagnosis.verdict.failure });
    expect(answer.incorrect.map(String)).toEqual(diagnosis.incorrect);
    const nested = {
      ...diagnosis,
      unuseful: [...diagnosis.unuseful, '3.1' as (typeof diagnosis.unuseful)[number]],
    };
    expect(answerOf(nested, 10).unuseful).toEqual(answer.unuseful);
    expect(answer.onset.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1.001);
  });
});
