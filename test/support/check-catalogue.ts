import { expect, it } from 'vitest';
import { analyzeShell } from '../../src/effects/shell/analyze-shell.ts';
import type { Catalogue } from '../../src/effects/shell/spec.ts';
import { summarizeEffects } from './summarize-effects.ts';

/** A command and what it does, in one line each. */
export type CommandCase = readonly [command: string, effects: string];

/** One test per command; none of its programs may be unknown. */
export function checkCommands(cases: readonly CommandCase[]): void {
  it.each(cases)('%s', (command, effects) => {
    const analysis = analyzeShell(command);
    expect(summarizeEffects(analysis.requested.effects)).toBe(effects);
    expect(analysis.unparsed).toBeUndefined();
  });
}

/** The commands, and that every entry of the catalogue has at least one. */
export function checkCatalogue(catalogue: Catalogue, cases: readonly CommandCase[]): void {
  checkCommands(cases);
  it('has a case for every entry', () => {
    const used = new Set(cases.flatMap(([command]) => analyzeShell(command).programs));
    const missing = Object.keys(catalogue).filter(
      (names) => !names.split(' ').some((name) => used.has(name)),
    );
    expect(missing).toEqual([]);
  });
}
