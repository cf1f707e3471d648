import { applyPatch, parsePatch, reversePatch } from 'diff';

/** Lines times hunks beyond which the content counts as unknown: a hunk that fits nowhere is searched everywhere. */
const WORK_LIMIT = 2e7;

/** One file's hunks of a unified diff applied to its content; undefined when they do not fit. */
export function applyPatchText(before: string, diff: string, reverse: boolean): string | undefined {
  try {
    const patches = parsePatch(diff);
    const [patch] = patches;
    if (!patch || patches.length !== 1 || patch.hunks.length === 0) return undefined;
    // A hunk without line numbers is read as one that starts nowhere.
    if (!patch.hunks.every((hunk) => Number.isInteger(hunk.oldStart) && hunk.lines.length > 0))
      return undefined;
    if ((before.length / 20) * patch.hunks.length > WORK_LIMIT) return undefined;
    const applied = applyPatch(before, reverse ? reversePatch(patch) : patch, { fuzzFactor: 0 });
    return applied === false ? undefined : applied;
  } catch {
    // jsdiff throws for text that is no diff.
    return undefined;
  }
}
