import { describe, expect, it } from 'vitest';
import { diagnoseNoted, diagnoseRun } from '../../test/support/diagnose-noted.ts';
import { runFrom } from '../../test/support/notation.ts';
import { withholdOutcome } from '../model/withhold-outcome.ts';

const FAILED = `
  task: Fix src/parse.py so that it reads negative numbers
  cwd: /app
  outcome: failed tests/test_parse.py::test_minus "AssertionError: 1 != -1"
  1 > cat src/parse.py
  value = abs(x)
  2 ~ The problem is the call of abs.
  2 > sed -i 's/abs(x)/int(x)/' src/parse.py
  3 ! python src/parse.py
  NameError: name 'x' is not defined
  4 > echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT
`;

describe('diagnose', () => {
  it('blames the change that made the failing version, with the way to the end', () => {
    const diagnosis = diagnoseNoted(FAILED);
    expect(diagnosis.verdict.kind).toBe('decisive-failure');
    expect(diagnosis.verdict.why).toBe('the outcome is known: the task was not solved');
    expect(diagnosis.onset).toBe('2');
    expect(diagnosis.alternatives[0]?.step).toBe('2');
    expect(diagnosis.chain.map((link) => link.step)).toEqual(['3', '4']);
    expect(diagnosis.chain[1]?.how).toMatch(/^hands in the work/);
  });

  it('counts the onset as incorrect and no step as both incorrect and unuseful', () => {
    const diagnosis = diagnoseNoted(FAILED);
    expect(diagnosis.incorrect).toContain('2');
    expect(diagnosis.incorrect.filter((step) => diagnosis.unuseful.includes(step))).toEqual([]);
  });

  it('gives equal diagnoses to equal runs', () => {
    expect(diagnoseNoted(FAILED)).toEqual(diagnoseNoted(FAILED));
  });

  it('does not see an outcome that is withheld', () => {
    const withheld = diagnoseRun(withholdOutcome(runFrom(FAILED)));
    const never = diagnoseNoted(FAILED.replace(/^ *outcome:.*\n/m, ''));
    const places = /"line":\d+/g;
    const plain = (value: unknown): string => JSON.stringify(value).replace(places, '"line":0');
    expect(plain({ ...withheld, signals: [...withheld.signals] })).toBe(
      plain({ ...never, signals: [...never.signals] }),
    );
    expect(withheld.anchors.map((anchor) => anchor.kind)).not.toContain('failed-check');
  });

  it('accuses nobody in a solved run', () => {
    const diagnosis = diagnoseNoted(`
      outcome: solved
      1 > ls
      src
    `);
    expect(diagnosis.verdict).toMatchObject({ kind: 'no-decisive-failure', value: 0.95, band: 'high' });
    expect(diagnosis).not.toHaveProperty('onset');
    expect(diagnosis.chain).toEqual([]);
    expect(diagnosis.cause).toBe('undecided');
  });

  it('names the surroundings where they failed', () => {
    const diagnosis = diagnoseNoted(`
      exception: api the service answered 500
      1 > ls
      src
    `);
    expect(diagnosis.verdict).toMatchObject({
      kind: 'infrastructure-failure',
      why: 'the surroundings failed: the service answered 500',
    });
    expect(diagnosis.cause).toBe('infrastructure');
    expect(diagnosis).not.toHaveProperty('onset');
  });

  it('is undecided about a run without steps, failed or not', () => {
    expect(diagnoseNoted('outcome: failed').verdict).toMatchObject({ kind: 'undecided', value: 0.3 });
    expect(diagnoseNoted('task: nothing').verdict).toMatchObject({ kind: 'undecided', value: 0.2 });
  });

  it('accuses a run of unknown outcome that was cut off at a limit without a change', () => {
    const diagnosis = diagnoseNoted(`
      exception: limit 50 steps
      1 > ls
      src
      2 !pending make
    `);
    expect(diagnosis.verdict.kind).toBe('decisive-failure');
    expect(diagnosis.verdict.why).toContain('it ended without a last word');
  });

  it('ends on a run of 20,000 steps that each depend on the one before', () => {
    const lines = ['cwd: /app', 'outcome: failed'];
    for (let i = 1; i <= 20_000; i++) lines.push(`${i} > echo ${i} >> src/a.py`);
    const diagnosis = diagnoseNoted(lines.join('\n'));
    expect(diagnosis.signals.size).toBe(20_000);
    expect(diagnosis.chain.length).toBeLessThanOrEqual(8);
    expect(diagnosis.alternatives).toHaveLength(5);
  }, 120_000);
});
