import type { StateNode } from '../../model/tree.ts';

/** Deeper branches are shown at this depth: a page has only so much width. */
const DEEPEST = 8;

/**
 * How far each node is set in. The way from the start to where the run ended is not; a path that was given up is one
 * level deeper than where it left, so that a run of any length stays readable. Parents come before children, so one pass
 * is enough.
 */
export function indentNodes(nodes: readonly StateNode[]): number[] {
  const main = new Set<number>();
  for (let at = nodes.at(-1)?.index; at !== undefined; at = nodes[at]?.parent) main.add(at);
  const indents: number[] = [];
  const goesOn = new Set<number>();
  for (const { index, parent } of nodes) {
    if (parent === undefined || main.has(index)) {
      indents[index] = 0;
      continue;
    }
    // The first child of a path that was given up goes on with it; a further one is a branch of its own.
    const inherits = !main.has(parent) && !goesOn.has(parent);
    goesOn.add(parent);
    indents[index] = Math.min(DEEPEST, (indents[parent] ?? 0) + (inherits ? 0 : 1));
  }
  return indents;
}
