import { baseName } from '../base/path.ts';
import type { Anchor } from '../model/diagnosis.ts';
import type { Context } from './context.ts';
import type { DependenceGraph } from './dependence.ts';

/** Distance in edges from the nearest anchor, for every step that some anchor depends on. */
export type Slice = ReadonlyMap<number, number>;

/**
 * Walks back from the anchors to every step that they depend on. An anchor that was observed after the run starts from
 * the steps that made what it mentions; when it mentions nothing known, from the last writer of every source file.
 */
export function sliceBackward(context: Context, graph: DependenceGraph, anchors: readonly Anchor[]): Slice {
  const distance = new Map<number, number>();
  const queue: number[] = [];
  const reach = (ordinal: number, d: number): void => {
    if (distance.has(ordinal)) return;
    distance.set(ordinal, d);
    queue.push(ordinal);
  };
  const writers = [...context.lastWriter].map(([path, ordinal]) => ({ name: baseName(path), ordinal }));
  for (const anchor of anchors) for (const root of rootsOf(anchor, writers)) reach(root, 0);
  for (let head = 0; head < queue.length; head++) {
    const ordinal = queue[head] ?? 0;
    const next = (distance.get(ordinal) ?? 0) + 1;
    for (const edge of graph.incoming(ordinal)) {
      if (edge.kind !== 'repetition') reach(edge.from, next);
    }
  }
  return distance;
}

function rootsOf(anchor: Anchor, writers: readonly { name: string; ordinal: number }[]): number[] {
  if (anchor.step !== undefined) {
    const ordinal = Number.parseInt(anchor.step, 10);
    return Number.isNaN(ordinal) ? [] : [ordinal];
  }
  const mentioned = new Set(anchor.mentions.map(baseName));
  const named = mentioned.size > 0 ? writers.filter(({ name }) => mentioned.has(name)) : [];
  return (named.length > 0 ? named : writers).map(({ ordinal }) => ordinal);
}

/** Steps after `start` that depend on it, in order, over every kind of dependence but repetition. */
export function sliceForward(graph: DependenceGraph, start: number): number[] {
  const reached = new Set([start]);
  const queue = [start];
  for (let head = 0; head < queue.length; head++) {
    for (const edge of graph.outgoing(queue[head] ?? 0)) {
      if (edge.kind === 'repetition' || reached.has(edge.to)) continue;
      reached.add(edge.to);
      queue.push(edge.to);
    }
  }
  reached.delete(start);
  return [...reached].toSorted((a, b) => a - b);
}
