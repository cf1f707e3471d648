import type { Cause, CauseChain, Stated, Subject } from './cause.ts';
import type { CauseIndex } from './cause-index.ts';
import { explain } from './explain.ts';

/** So many causes are followed unless told otherwise. */
export const USUAL_CAUSES = 12;

interface Found {
  readonly cause: Stated;
  readonly depth: number;
  readonly order: number;
  readonly because: Set<string>;
}

/**
 * The causes of the given subjects, the nearest ones first until `most` are found: breadth first, so that each answer
 * holds what is closest to the question. Deterministic; work grows with `most`, not with the run.
 */
export function walkCauses(
  index: CauseIndex,
  roots: readonly Subject[],
  most = USUAL_CAUSES,
): Omit<CauseChain, 'later'> {
  const found = new Map<string, Found>();
  const left = new Set<string>();
  const queue: { subject: Subject; depth: number; parent: Found | undefined }[] = roots.map((subject) => ({
    subject,
    depth: 0,
    parent: undefined,
  }));
  for (let head = 0; head < queue.length; head++) {
    const item = queue[head];
    const explanation = item && explain(index, item.subject);
    if (!item || !explanation) continue;
    const { key } = explanation;
    const known = found.get(key);
    if (!known && found.size >= most) {
      left.add(key);
      continue;
    }
    item.parent?.because.add(key);
    if (known) continue;
    const made = {
      cause: explanation.cause,
      depth: item.depth,
      order: found.size,
      because: new Set<string>(),
    };
    found.set(key, made);
    for (const subject of explanation.because) queue.push({ subject, depth: item.depth + 1, parent: made });
  }
  return { causes: arrange(found), more: left.size };
}

/** Newest first; of the same step the one found first. */
function arrange(found: ReadonlyMap<string, Found>): Cause[] {
  const sorted = [...found].sort(([, a], [, b]) => b.cause.position - a.cause.position || a.order - b.order);
  const places = new Map(sorted.map(([key], place) => [key, place]));
  return sorted.map(([, { cause, depth, because }]) => ({
    ...cause,
    depth,
    because: [...because].flatMap((key) => places.get(key) ?? []),
  }));
}

/** Causes that stand for themselves, in the given order: what came later. */
export function asCauses(stated: readonly Stated[]): Cause[] {
  return stated.map((cause) => ({ ...cause, depth: 0, because: [] }));
}
