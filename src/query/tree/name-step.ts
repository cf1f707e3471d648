import { baseName } from '../../base/path.ts';
import type { EffectKind } from '../../model/effect.ts';
import type { StepRecord } from '../../model/state.ts';

/** What a step mainly does, in one word; the first kind of effect in this order that it has. */
const WORDS: readonly (readonly [EffectKind, string])[] = [
  ['submit', 'submit'],
  ['package', 'install'],
  ['delegate', 'delegate'],
  ['write', 'write'],
  ['move', 'write'],
  ['copy', 'write'],
  ['delete', 'delete'],
  ['test', 'test'],
  ['build', 'build'],
  ['run', 'run'],
  ['git', 'git'],
  ['service', 'process'],
  ['process', 'process'],
  ['keys', 'keys'],
  ['remote', 'remote'],
  ['network', 'fetch'],
  ['read', 'read'],
  ['search', 'search'],
  ['note', 'note'],
];

/** `read`, `search`, `write`, `test` …; `other` where nothing is known of it. */
export function nameStep({ effects }: StepRecord): string {
  const kinds = new Set(effects.requested.effects.map((effect) => effect.kind));
  return WORDS.find(([kind]) => kinds.has(kind))?.[1] ?? 'other';
}

/** What a step is about, in a few characters: the files it looks at, what it searches for, its program. */
export function targetOf(record: StepRecord): string | undefined {
  const { effects } = record.effects.requested;
  for (const effect of effects) {
    if (effect.kind === 'read') return baseName(effect.path);
    if (effect.kind === 'search') return effect.pattern ?? baseName(effect.paths[0] ?? '.');
    if (effect.kind === 'test') return effect.targets[0] ?? effect.runner;
  }
  return record.effects.programs.at(-1);
}
