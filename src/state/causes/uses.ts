import type { FileVersion, StepRecord } from '../../model/state.ts';
import type { CauseIndex } from './cause-index.ts';

/** A version of a file, made by a step of the run, that a later step used. */
export interface Use {
  /** `read`: it looked at it; `change`: it changed it further; `script`: it ran it; `error`: its output names it. */
  readonly kind: 'read' | 'change' | 'script' | 'error';
  readonly version: FileVersion;
  /** The line (from 1) that the output names. */
  readonly line?: number;
}

/** Versions made by earlier steps that a step used, in the order read, change, script, error; each file once per kind. */
export function usesOf(index: CauseIndex, record: StepRecord): Use[] {
  const uses: Use[] = [];
  const add = (kind: Use['kind'], path: string | undefined, line?: number): void => {
    const version = path === undefined ? undefined : index.versionBefore(path, record.position);
    if (version?.madeBy === undefined) return;
    uses.push({ kind, version, ...(line !== undefined && { line }) });
  };
  for (const path of record.read) add('read', path);
  for (const effect of record.effects.happened.effects)
    if (effect.kind === 'copy') add('read', index.paths.resolve(effect.from, record.cwd));
  for (const path of record.changed) add('change', path);
  for (const path of scriptsOf(index, record)) add('script', path);
  for (const path of new Set(record.errors.flatMap((error) => error.files))) {
    const known = index.paths.resolve(path.path, record.cwd);
    add('error', known, path.line);
  }
  return uses;
}

/** Paths of the scripts that a step ran, as far as the run knows them. */
export function scriptsOf(index: CauseIndex, { effects, cwd }: StepRecord): string[] {
  return effects.requested.effects.flatMap((effect) => {
    const script = effect.kind === 'run' ? effect.script : undefined;
    return script === undefined ? [] : (index.paths.resolve(script, cwd) ?? []);
  });
}
