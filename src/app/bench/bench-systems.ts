import { ABLATIONS } from '../../bench/ablations.ts';
import { CODETRACER_SYSTEMS } from '../../bench/codetracer-system.ts';
import { CONSTANT_RULES } from '../../bench/rules/constant-rules.ts';
import type { System } from '../../bench/system.ts';

/** Every system that `bench run` knows: the diagnosis in both modes, constant rules, and the diagnosis with parts switched off. */
export function benchSystems(): readonly System[] {
  return [...CODETRACER_SYSTEMS, ...CONSTANT_RULES, ...ABLATIONS];
}
