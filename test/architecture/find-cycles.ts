/**
 * Cycles of a directed graph: every strongly connected component with more than one node, or with an edge to itself
 * (Tarjan's algorithm with an explicit stack).
 */
export function findCycles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const cycles: string[][] = [];

  const enter = (node: string) => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, edges: [...(graph.get(node) ?? [])], next: 0 };
  };
  const lower = (node: string, value: number) => low.set(node, Math.min(low.get(node) ?? value, value));

  for (const root of graph.keys()) {
    if (index.has(root)) continue;
    const work = [enter(root)];
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const target = frame.edges[frame.next++];
      if (target !== undefined) {
        const seen = index.get(target);
        if (seen === undefined) work.push(enter(target));
        else if (isOpen.has(target)) lower(frame.node, seen);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) lower(parent.node, low.get(frame.node) ?? 0);
      if (low.get(frame.node) === index.get(frame.node)) {
        const component: string[] = [];
        for (let node = open.pop(); node !== undefined; node = open.pop()) {
          isOpen.delete(node);
          component.push(node);
          if (node === frame.node) break;
        }
        if (component.length > 1 || graph.get(frame.node)?.has(frame.node)) cycles.push(component.toSorted());
      }
    }
  }
  return cycles;
}
