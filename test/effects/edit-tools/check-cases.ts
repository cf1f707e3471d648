import { describe, expect, it } from 'vitest';
import { type EditCase, playEdit } from '../../support/edit-case.ts';

/** One test per case; they are named by the tool and its rule. */
export function checkCases(agent: string, cases: readonly EditCase[]): void {
  describe(agent, () => {
    it.each(cases.map((edit) => [`${edit.tool}: ${edit.rule}`, edit] as const))('%s', (_, edit) => {
      expect(playEdit(edit)).toEqual({ after: edit.after, ...(edit.assumed && { assumed: true }) });
    });
  });
}
