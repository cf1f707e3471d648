/**
 * Finds the call that each result of a step answers. Results with an id are joined by it, in order where an id stands
 * there twice; results without one by position among the calls that are left. One such result for several calls is
 * what the terminal showed after the last of them. undefined: the result answers no call of this step.
 */
export function pairResults(
  callIds: readonly (string | undefined)[],
  resultIds: readonly (string | undefined)[],
): (number | undefined)[] {
  const byId = new Map<string, number[]>();
  for (const [index, id] of callIds.entries()) {
    if (id === undefined) continue;
    const known = byId.get(id);
    if (known) known.push(index);
    else byId.set(id, [index]);
  }
  const nextOf = new Map<string, number>();
  const taken = new Set<number>();
  const pairs = resultIds.map((id) => {
    const calls = id === undefined ? undefined : byId.get(id);
    if (id === undefined || !calls) return undefined;
    const turn = nextOf.get(id) ?? 0;
    nextOf.set(id, turn + 1);
    // More results than calls of one id: the last call goes on.
    const call = calls[Math.min(turn, calls.length - 1)];
    if (call !== undefined) taken.add(call);
    return call;
  });
  const open = [...callIds.keys()].filter((index) => !taken.has(index));
  const bare = [...resultIds.keys()].filter((index) => resultIds[index] === undefined);
  const fallback = open.at(-1) ?? (callIds.length > 0 ? callIds.length - 1 : undefined);
  for (const [rank, index] of bare.entries()) {
    pairs[index] = bare.length === 1 ? fallback : (open[rank] ?? fallback);
  }
  return pairs;
}
