import { describe, expect, it } from 'vitest';
import { partsOf } from '../../test/support/diagnose-noted.ts';
import type { Anchor, Cause } from '../model/diagnosis.ts';
import { nameCause } from './cause.ts';
import type { SignalName, SignalTable } from './signals/signal-rule.ts';

const TEN_STEPS = Array.from({ length: 10 }, (_, i) => `${i + 1} > ls`).join('\n');
const { context } = partsOf(TEN_STEPS);

/** The signals of the onset, and of other steps where the share of a signal counts. */
function tableOf(onset: number, names: readonly SignalName[], others: readonly number[] = []): SignalTable {
  const signals = names.map((name) => ({ name, value: 1, evidence: [] }));
  return new Map([onset, ...others].map((ordinal) => [ordinal, signals]));
}

function causeOf(onset: number, names: readonly SignalName[], others?: readonly number[]): Cause {
  return nameCause(context, tableOf(onset, names, others), [], onset);
}

const anchor = (kind: Anchor['kind'], mentions: readonly string[] = []): Anchor => ({
  kind,
  message: 'it failed',
  evidence: [],
  mentions,
});

describe('nameCause', () => {
  it('abstains without an onset, or names the surroundings', () => {
    expect(nameCause(context, new Map(), [], undefined)).toBe('undecided');
    expect(nameCause(context, new Map(), [anchor('infrastructure')], undefined)).toBe('infrastructure');
  });

  it.each<[Cause, readonly SignalName[]]>([
    ['destructive-action', ['source-write', 'destructive']],
    ['bad-environment', ['leaves-running']],
    ['gave-up', ['gives-up', 'fabrication']],
    ['ignored-evidence', ['claims-despite-failure']],
    ['gave-up', ['fabrication']],
    ['bad-environment', ['installs']],
    ['missing-verification', ['source-write', 'unverified-change']],
    ['wrong-hypothesis', ['concludes']],
    ['wrong-implementation', []],
    ['wrong-implementation', ['source-write', 'creates-source']],
    ['wrong-implementation', ['source-write', 'largest-write']],
    ['incomplete-fix', ['source-write', 'verified-passing']],
    ['wrong-hypothesis', ['source-write']],
  ])('says %s of an onset in the middle with %j', (cause, names) => {
    expect(causeOf(5, names)).toBe(cause);
  });

  it('sees at the end of the run giving up and handing in too early', () => {
    expect(causeOf(10, ['submits', 'submits-failing'])).toBe('premature-submit');
    expect(causeOf(10, ['ends-without-output'])).toBe('gave-up');
    expect(causeOf(5, ['ends-without-output'])).toBe('wrong-implementation');
    expect(causeOf(10, ['gives-up'])).toBe('gave-up');
  });

  it('needs many steps for malformed calls and for loops', () => {
    expect(causeOf(1, ['malformed'], [2, 3])).toBe('malformed-calls');
    expect(causeOf(1, ['malformed'], [2])).toBe('wrong-implementation');
    expect(causeOf(1, ['repeats-often'], [2, 3])).toBe('stuck-loop');
    expect(causeOf(1, ['repeats-often'], [2])).toBe('wrong-implementation');
  });

  it('says wrong location only where a failure names something', () => {
    const table = tableOf(5, ['source-write', 'off-target-write']);
    expect(nameCause(context, table, [anchor('failed-check', ['a.py'])], 5)).toBe('wrong-location');
    expect(nameCause(context, table, [anchor('failed-check')], 5)).toBe('wrong-hypothesis');
  });
});
