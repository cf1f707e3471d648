import type { Span } from './span.ts';
import type { Convention, SpanFacts } from './span-facts.ts';

/** A model's or tool's span of a thread. */
export interface ThreadSpan {
  readonly span: Span;
  readonly kind: SpanFacts['kind'];
  /** The span of a model around it: two instrumentations saw one call. */
  readonly within?: Span;
}

/** A thread of a trace: an agent's spans, or what a tool did on its own with a model. */
export interface TraceThread {
  /** The span of the agent or tool that it is the inside of; undefined for what stands outside of all. */
  readonly owner: Span | undefined;
  /** Models and tools directly in it, in time order. */
  readonly spans: ThreadSpan[];
  /** Threads that began in it, in time order. */
  readonly children: TraceThread[];
  /** The span of the tool that started it, where there is one. */
  readonly tool?: Span;
}

interface Node {
  readonly span: Span;
  readonly kind: SpanFacts['kind'];
  readonly key: number;
  readonly index: number;
}

const RANK = { agent: 0, model: 1, tool: 2, other: 3 } as const;

/**
 * The threads of one trace: spans belong to the nearest agent or tool above them, whatever else stands between. An agent
 * that does nothing but start other agents is passed through. Answers the threads that no other started.
 */
export function shapeTrace(spans: ReadonlyMap<string, Span>, convention: Convention): TraceThread[] {
  const nodes = orderSpans(spans, convention);
  const kinds = new Map(nodes.map(({ span, kind }) => [span.spanId, kind]));
  const owners = findAbove(spans, (id) => kinds.get(id) === 'agent' || kinds.get(id) === 'tool');
  const around = findAbove(spans, (id) => kinds.get(id) !== 'other');
  const busy = new Set<string>();
  for (const { span, kind } of nodes) {
    const owner = owners.get(span.spanId);
    if (owner !== undefined && (kind === 'model' || kind === 'tool')) busy.add(owner);
  }
  const isHollow = (id: string): boolean => kinds.get(id) === 'agent' && !busy.has(id);
  const hasAgentBelow = new Set<string>();
  for (const { span, kind } of nodes) {
    const owner = owners.get(span.spanId);
    if (kind === 'agent' && owner !== undefined) hasAgentBelow.add(owner);
  }
  const passes = (id: string): boolean => isHollow(id) && hasAgentBelow.has(id);
  /** The nearest owner that is a thread of its own. */
  const threadOf = (id: string): string | undefined => {
    let owner = owners.get(id);
    while (owner !== undefined && passes(owner)) owner = owners.get(owner);
    return owner;
  };

  const threads = new Map<string | undefined, TraceThread>();
  const open = (id: string | undefined): TraceThread => {
    const known = threads.get(id);
    if (known) return known;
    const owner = id === undefined ? undefined : spans.get(id);
    const above = id === undefined ? undefined : threadOf(id);
    const tool =
      kinds.get(id ?? '') === 'tool'
        ? owner
        : kinds.get(above ?? '') === 'tool'
          ? spans.get(above ?? '')
          : undefined;
    const thread = { owner, spans: [], children: [], ...(tool && { tool }) };
    threads.set(id, thread);
    return thread;
  };
  for (const { span, kind } of nodes) {
    if (kind === 'agent' && !passes(span.spanId)) open(span.spanId);
    else if (kind === 'model' || kind === 'tool') {
      const outer = spans.get(around.get(span.spanId) ?? '');
      // Two layers of a program that both traced one call of a tool.
      if (kind === 'tool' && outer && kinds.get(outer.spanId) === 'tool' && outer.name === span.name)
        continue;
      const within = kind === 'model' && outer && kinds.get(outer.spanId) === 'model' ? outer : undefined;
      open(threadOf(span.spanId)).spans.push({ span, kind, ...(within && { within }) });
    }
  }
  return nest(threads, threadOf, kinds);
}

/** Hangs threads below the ones that they began in; the top ones remain. */
function nest(
  threads: ReadonlyMap<string | undefined, TraceThread>,
  threadOf: (id: string) => string | undefined,
  kinds: ReadonlyMap<string, SpanFacts['kind']>,
): TraceThread[] {
  const top: TraceThread[] = [];
  for (const [id, thread] of threads) {
    if (id === undefined) {
      top.push(thread);
      continue;
    }
    let above = threadOf(id);
    // An agent in a tool: the tool is no thread of its own, its call stands in the thread around.
    while (above !== undefined && kinds.get(above) === 'tool' && !threads.has(above)) above = threadOf(above);
    const parent = threads.get(above);
    // What stands outside of all agents is no agent that could have started one, unless by a tool.
    if (parent && (above !== undefined || thread.tool)) parent.children.push(thread);
    else top.push(thread);
  }
  return top;
}

/** For each span the nearest one above it that counts. Iterative: traces nest without bound. */
function findAbove(
  spans: ReadonlyMap<string, Span>,
  counts: (id: string) => boolean,
): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const start of spans.values()) {
    const path: string[] = [];
    const walked = new Set<string>();
    let here: Span | undefined = start;
    while (here && !found.has(here.spanId)) {
      path.push(here.spanId);
      walked.add(here.spanId);
      const above: Span | undefined = spans.get(here.parentId ?? '');
      // Spans that are their own ancestors: damaged, and cut here.
      here = above && !walked.has(above.spanId) ? above : undefined;
    }
    let above = here?.spanId;
    for (const id of path.toReversed()) {
      found.set(id, above === undefined || counts(above) ? above : found.get(above));
      above = id;
    }
  }
  return found;
}

/** Time order. A span without a time stands where it was written, behind the one before it. */
function orderSpans(spans: ReadonlyMap<string, Span>, convention: Convention): Node[] {
  let last = 0;
  const nodes = [...spans.values()].map((span, index): Node => {
    last = span.order ?? last;
    return { span, kind: convention.kindOf(span), key: last, index };
  });
  return nodes.sort((a, b) => a.key - b.key || RANK[a.kind] - RANK[b.kind] || a.index - b.index);
}
