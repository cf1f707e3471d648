import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../test/support/diagnose-noted.ts';
import { collectFacts } from './collect-facts.ts';
import { FACTS, FAVOURABLE, NEUTRAL, sayFact } from './run-fact.ts';

function factsOf(text: string): Record<string, number> {
  return Object.fromEntries(collectFacts(partsOf(text)).map(({ name, value }) => [name, value]));
}

describe('collectFacts', () => {
  it('tells how a run ended: cut off, without a last word', () => {
    const facts = factsOf('1 > ls\nsrc\n2 !pending make');
    expect(facts).toMatchObject({ 'cut-off': 1, 'no-handover': 1, 'no-change': 1 });
    expect(facts).not.toHaveProperty('checked-end-pass');
  });

  it('does not take a submit without an answer for cut off', () => {
    const facts = factsOf('1 > ls\nsrc\n2 !pending echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT');
    expect(facts).not.toHaveProperty('cut-off');
    expect(facts).not.toHaveProperty('no-handover');
  });

  it('reads the last words, with the line that says it', () => {
    const facts = collectFacts(
      partsOf(`
        final: I could not download the data, so I used a placeholder.
        final: Would you like me to go on?
        1 > ls
        src
      `),
    );
    const quotes = new Map(facts.map(({ name, evidence }) => [name, evidence[0]?.quote]));
    expect(quotes.get('says-unable')).toContain('could not download');
    expect(quotes.get('says-stand-in')).toContain('placeholder');
    expect(quotes.get('says-asks')).toContain('Would you like');
    expect(quotes.has('says-verified')).toBe(false);
  });

  it('takes the last thought where there is no final message', () => {
    expect(factsOf('1 ~ All verified, ready to submit.\n1 > ls\nsrc')).toHaveProperty('says-verified', 1);
  });

  it('tells whether the last change was checked, and what the check showed', () => {
    const work = 'cwd: /app\n1 > echo 1 > src/a.py\n';
    expect(factsOf(`${work}2 > ls\nsrc\n3 > python src/a.py\nfine\n4 > echo 2 > src/a.py`)).toHaveProperty(
      'unchecked-end',
      1,
    );
    expect(factsOf(`${work}2 > python src/a.py\nfine`)).toHaveProperty('checked-end-pass', 1);
    expect(factsOf(`${work}2 ! python src/a.py\nNameError: name 'x' is not defined`)).toMatchObject({
      'checked-end-fail': 1,
      'last-steps-fail': 0.5,
    });
  });

  it('counts what is open on the agent’s own list as it last stood', () => {
    const facts = factsOf(
      '1 @TodoWrite {"todos": [{"content": "a", "status": "completed"}, {"content": "b", "status": "pending"}]}',
    );
    expect(facts).toHaveProperty('open-items', 0.5);
  });

  it('holds what the task asks for against what was made', () => {
    const facts = factsOf(`
      task: Write the sum to out.txt and the log to all.log, using compute_total
      cwd: /app
      1 > echo 3 > out.txt
    `);
    expect(facts).toHaveProperty('outputs-missing', 0.5);
    // Of out.txt, all.log and compute_total only the first occurs in an action.
    expect(facts).toHaveProperty('demands-unmet', 0.6667);
  });

  it('finds nothing in a run without steps, and keeps every value within 0..1', () => {
    expect(factsOf('task: none')).toEqual({});
    const many = Array.from({ length: 30 }, (_, i) => `${i + 1} ! make\nerror: number ${i}`).join('\n');
    for (const value of Object.values(factsOf(many))) expect(value).toBeLessThanOrEqual(1);
  });
});

describe('the list of facts', () => {
  it('puts the share into its clause', () => {
    expect(sayFact('failed-share', 0.254)).toBe('25 % of its steps failed or showed an error');
    expect(sayFact('gives-up', 1)).toBe(FACTS['gives-up']);
  });

  it('gives no fact two directions', () => {
    expect(FAVOURABLE.filter((name) => NEUTRAL.includes(name))).toEqual([]);
  });
});
