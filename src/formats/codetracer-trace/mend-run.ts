import { checkIntegrity } from '../../model/integrity.ts';
import type { Message, Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';

/**
 * A run of which steps were lost on the way, cut back to what still holds together: the steps before the first loss,
 * the sub-agents that these started, and every message. Undefined when even that does not hold.
 */
export function mendRun(run: Run): Run | undefined {
  const steps = keepUnbroken(run.steps);
  const ids = new Set<string>(steps.map(({ id }) => id));
  // A branch follows the one that started it, so what a lost branch started is lost with it.
  const branches = run.branches.filter(({ parent, steps: own }) => {
    if (parent !== undefined && !ids.has(parent)) return false;
    for (const { id } of own) ids.add(id);
    return true;
  });
  const mended: Run = { ...run, steps, branches, messages: moveMessages(run, ids) };
  return checkIntegrity(mended).length === 0 ? Object.freeze(mended) : undefined;
}

/** The steps before the first that does not follow the one before it. */
function keepUnbroken(steps: readonly Step[]): Step[] {
  const end = steps.findIndex(({ id, ordinal }, index) => ordinal !== index + 1 || id !== String(index + 1));
  const kept = end < 0 ? [...steps] : steps.slice(0, end);
  const last = kept.at(-1);
  if (last?.parallelGroup === undefined || kept.at(-2)?.turn === last.turn) return kept;
  // Of a parallel group one step is left, which is none.
  const { parallelGroup: _, ...alone } = last;
  kept[kept.length - 1] = Object.freeze(alone);
  return kept;
}

/** A message before a lost step stands at the end. */
function moveMessages(run: Run, ids: ReadonlySet<string>): Message[] {
  return run.messages.map((message) => {
    const { before, ...rest } = message;
    return before === undefined || ids.has(before) ? message : rest;
  });
}
