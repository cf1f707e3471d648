import { stepNumber } from '../model/ids.ts';
import type { StepRecord } from '../model/state.ts';
import type { Analysis } from './analysis.ts';

/** Everything that is known of one step, as `show --json` prints it. */
export function showStep({ diagnosis, tree }: Analysis, record: StepRecord): Record<string, unknown> {
  const { step, effects } = record;
  const labels = [
    ...(diagnosis.onset === step.id ? ['onset'] : []),
    ...(diagnosis.incorrect.includes(step.id) ? ['incorrect'] : []),
    ...(diagnosis.unuseful.includes(step.id) ? ['unuseful'] : []),
    ...(diagnosis.chain.some((link) => link.step === step.id) ? ['chain'] : []),
  ];
  return {
    ...step,
    step: stepNumber(step.id),
    node: tree.nodeOf[record.position],
    labels,
    failed: record.failed,
    cwd: record.cwd,
    class: { requested: effects.requested.class, happened: effects.happened.class },
    effects: effects.happened.effects,
    unparsed: effects.unparsed,
    changed: record.changed,
    read: record.read,
    tests: record.tests,
    errors: record.errors,
    signals: (diagnosis.signals.get(step.id) ?? []).map(({ name, value, evidence }) => ({
      name,
      value,
      quote: evidence[0]?.quote,
    })),
  };
}
