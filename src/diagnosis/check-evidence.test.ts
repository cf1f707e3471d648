import { describe, expect, it } from 'vitest';
import { diagnoseRun } from '../../test/support/diagnose-noted.ts';
import { runFrom } from '../../test/support/notation.ts';
import type { Diagnosis, Evidence } from '../model/diagnosis.ts';
import type { StepId } from '../model/ids.ts';
import { checkEvidence } from './check-evidence.ts';
import { listClaims } from './list-claims.ts';

const RUN = runFrom(`
  task: Write the answer to /app/answer.txt
  cwd: /app
  outcome: failed tests/test_a.py::test_b "AssertionError: 1 != 2"
  final: All tests pass.
  1 ~ I take the first value.
  1 > echo 1 > answer.txt
  2 ! python check.py
  ValueError: wrong answer
  3 > cat answer.txt
  1
  4 > cat answer.txt
  1
  5 > cat answer.txt
  1
  6 @TodoWrite {"todos": [{"content": "check it", "status": "completed"}]}
  Todos have been modified
`);
const DIAGNOSIS = diagnoseRun(RUN);

function problemsOf(change: Partial<Diagnosis>): string[] {
  return checkEvidence(RUN, { ...DIAGNOSIS, ...change }).map(({ claim, problem }) => `${claim}: ${problem}`);
}

function onsetWith(change: Partial<Evidence>): string[] {
  const [first] = DIAGNOSIS.evidence;
  return first ? problemsOf({ evidence: [{ ...first, ...change }] }) : [];
}

describe('checkEvidence', () => {
  it('finds nothing wrong with a diagnosis of ours, which claims something of every kind', () => {
    const kinds = new Set([...listClaims(DIAGNOSIS)].map(({ name }) => name.split(' ')[0]));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['verdict', 'onset', 'cause', 'chain', 'incorrect', 'anchor', 'signal']),
    );
    expect(checkEvidence(RUN, DIAGNOSIS)).toEqual([]);
  });

  it('misses evidence for each kind of claim', () => {
    expect(problemsOf({ evidence: [] })).toEqual(['onset: missing']);
    expect(problemsOf({ causeEvidence: [] })).toEqual([`cause ${DIAGNOSIS.cause}: missing`]);
    expect(problemsOf({ verdict: { ...DIAGNOSIS.verdict, evidence: [] } })).toEqual(['verdict: missing']);
    const chain = DIAGNOSIS.chain.map((link) => ({ ...link, evidence: [] }));
    expect(problemsOf({ chain })).toEqual(chain.map(({ step }) => `chain ${step}: missing`));
    const labels = DIAGNOSIS.labels.map((label) => ({ ...label, evidence: [] }));
    expect(problemsOf({ labels })).toEqual(labels.map(({ kind, step }) => `${kind} ${step}: missing`));
  });

  it('refuses what is not word for word in the cited field', () => {
    expect(onsetWith({ quote: 'echo 2 > answer.txt' })).toEqual(['onset: not-in-field']);
    expect(onsetWith({ field: 'thought' })).toEqual(['onset: not-in-field']);
    expect(onsetWith({ field: 'artifact' })).toEqual(['onset: not-in-field']);
    expect(onsetWith({ quote: '  ' })).toEqual(['onset: empty']);
  });

  it('refuses steps and places that are not there', () => {
    expect(onsetWith({ step: '99' as StepId })).toEqual(['onset: unknown-step']);
    expect(onsetWith({ place: { artifact: 'other.txt' } })).toEqual(['onset: no-place']);
  });

  it('asks for nothing where there are no words', () => {
    const blank = runFrom('1 !pending ');
    expect(blank.steps[0]?.action.trim()).toBe('');
    expect(checkEvidence(blank, diagnoseRun(blank))).toEqual([]);
    const nothing = runFrom('outcome: failed');
    expect(checkEvidence(nothing, diagnoseRun(nothing))).toEqual([]);
  });
});
