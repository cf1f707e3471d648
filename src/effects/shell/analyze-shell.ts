import type { EffectSet } from '../../model/effect.ts';
import { classifyEffects } from '../classify-effects.ts';
import { type FoldOptions, foldShell } from './fold-shell.ts';
import type { TracedEffect } from './traced-effect.ts';

/** What a shell text asks for, assuming that its programs exist and succeed. */
export interface ShellAnalysis {
  readonly requested: EffectSet;
  /** The same effects with where in the text they stand. */
  readonly traced: readonly TracedEffect[];
  /** Main programs in order, wrappers removed. */
  readonly programs: readonly string[];
  /** Programs and scripts of which nothing is known. */
  readonly unknown: readonly string[];
  /** Why the text is not (wholly) understood; undefined when it is. */
  readonly unparsed: string | undefined;
  /** Number of top-level statements. */
  readonly statements: number;
}

/** Reads a shell text (bash) without running it. Any text gets an answer. */
export function analyzeShell(command: string, options: FoldOptions = {}): ShellAnalysis {
  const { effects, programs, problem, unknown, statements } = foldShell(command, options);
  return {
    requested: classifyEffects(
      effects.map((entry) => entry.effect),
      unknown.length === 0 && problem === undefined,
    ),
    traced: effects,
    programs,
    unknown,
    unparsed: problem,
    statements,
  };
}
