import type { Effect } from '../../model/effect.ts';
import type { StepId } from '../../model/ids.ts';
import type { Provenance } from '../../model/provenance.ts';
import type { Step } from '../../model/step.ts';
import { VersionedMap } from '../versioned-map.ts';

export interface EnvValue {
  /** Undefined where it is set to what the text does not say. */
  readonly value: string | undefined;
  readonly by: StepId;
  /** `assumed` where versions of the agent differ in whether its shell lives on. */
  readonly provenance: Provenance;
}

/**
 * Variables that shells hand to what they run, thread by thread: a sub-agent has a shell of its own. Only what a shell
 * that lives on was told is kept.
 */
export class EnvironmentLedger {
  private readonly threads = new Map<string, VersionedMap<string, EnvValue>>();
  private readonly provenance: Provenance;

  constructor(provenance: Provenance) {
    this.provenance = provenance;
  }

  apply(effect: Extract<Effect, { kind: 'env' }>, step: Step, thread: string, at: number): void {
    const { name, value } = effect;
    // What was exported once stays so: a plain assignment gives it another value.
    if (!effect.exported && this.of(thread).latest(name) === undefined) return;
    if (effect.certainty === 'possible') return;
    const isUnset = value === undefined && new RegExp(`\\bunset\\b[^\\n;&|]*\\b${name}\\b`).test(step.action);
    this.of(thread).set(name, at, isUnset ? undefined : { value, by: step.id, provenance: this.provenance });
  }

  /** A new shell knows nothing of what the one before was told. */
  restart(thread: string, at: number): void {
    const held = this.threads.get(thread);
    if (!held) return;
    for (const name of held.keys()) if (held.latest(name)) held.set(name, at, undefined);
  }

  view(thread: string, at: number): ReadonlyMap<string, EnvValue> {
    return this.of(thread).view(at);
  }

  private of(thread: string): VersionedMap<string, EnvValue> {
    const held = this.threads.get(thread) ?? new VersionedMap<string, EnvValue>();
    this.threads.set(thread, held);
    return held;
  }
}
