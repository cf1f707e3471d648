import { CodetracerError } from '../../base/error.ts';
import type { System } from '../../bench/system.ts';

export interface SystemChoice {
  /** Names; everything but the ablations unless given. */
  readonly names?: readonly string[];
  readonly ablate?: boolean;
  /** No system gets the outcome of a run; the one that is about knowing it is left out. */
  readonly withholdOutcome?: boolean;
}

/**
 * The systems that a run of the benchmark measures, in the order of the list.
 * @throws CodetracerError `usage` for a name that no system has, and when no system is left
 */
export function chooseSystems(all: readonly System[], choice: SystemChoice): System[] {
  const names = all.map(({ name }) => name);
  const unknown = choice.names?.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new CodetracerError('usage', `--systems ${unknown}: no such system`, {
      hint: `systems: ${names.join(', ')}`,
    });
  }
  const wanted = new Set(
    choice.names ?? all.filter(({ kind }) => choice.ablate || kind !== 'ablation').map(({ name }) => name),
  );
  const chosen = all.filter(({ name, kind }) => wanted.has(name) || (choice.ablate && kind === 'ablation'));
  if (!choice.withholdOutcome) return chosen;
  const blind = chosen
    .filter(({ kind, outcome }) => kind !== 'codetracer' || outcome === 'withheld')
    .map((system): System => ({ ...system, outcome: 'withheld', predict: (input) => system.predict(input) }));
  if (blind.length > 0) return blind;
  throw new CodetracerError('usage', '--no-outcome leaves no system', {
    hint: 'the systems that were named are all about a known outcome; name codetracer-no-outcome',
  });
}
