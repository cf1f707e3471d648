import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ThreadBuilder } from '../../model/thread-builder.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import type { ExtractInput } from '../format.ts';
import { findNotedRoot, readNotedTrace } from './noted-trace.ts';
import { readSpans } from './read-spans.ts';
import { failureOf, ThreadReader } from './read-thread.ts';
import type { Span } from './span.ts';
import type { Convention, SpanFacts } from './span-facts.ts';
import type { PlannedCall } from './thread-plan.ts';
import { shapeTrace, type TraceThread } from './trace-shape.ts';

/** The runs in a file of spans: one per trace, or one per agent where a trace holds several that no other started. */
export async function* extractTraces(
  { reader, entry, path }: ExtractInput,
  convention: Convention,
): AsyncGenerator<RunBuilder> {
  const log = new DiagnosticLog();
  const table = await readSpans(reader, entry, log);
  table.settle();
  const found: { readonly name: string; readonly fill: (run: RunBuilder) => void }[] = [];
  for (const [traceId, spans] of table.traces) {
    const kinds = [...spans.values()].map((span) => convention.kindOf(span));
    if (!kinds.some((kind) => kind === 'agent' || kind === 'model' || kind === 'tool')) {
      log.fold('unknown-record', 'info', 'a trace without an agent, a model or a tool', {
        artifact: entry.path,
      });
      continue;
    }
    const noted = findNotedRoot(spans, convention);
    if (noted) {
      found.push({ name: traceId, fill: (run) => readNotedTrace(run, spans, convention, noted) });
      continue;
    }
    const tops = joinOutside(shapeTrace(spans, convention));
    for (const top of tops) {
      const name = tops.length === 1 ? traceId : `${traceId}-${top.owner?.spanId ?? 'outside'}`;
      const fill = (run: RunBuilder): void => {
        new TraceRun(run, convention).read(top);
        reportLostParents(run, top, spans);
      };
      found.push({ name, fill });
    }
  }
  if (found.length === 0) found.push({ name: '', fill: () => undefined });
  for (const { name, fill } of found) {
    // A file with one run is that run.
    const run = new RunBuilder({
      format: convention.id,
      path: found.length === 1 ? path : `${path}#${name}`,
    });
    run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
    fill(run);
    run.log.addAll(log.list());
    yield run;
  }
}

/** Spans outside of every agent belong to the only agent that there is: their own parents were not recorded. */
function joinOutside(tops: readonly TraceThread[]): readonly TraceThread[] {
  const outside = tops.find(({ owner }) => owner === undefined);
  const [agent, ...others] = tops.filter(({ owner }) => owner !== undefined);
  if (!outside || !agent || others.length > 0) return tops;
  const spans = [...agent.spans, ...outside.spans].sort((a, b) => (a.span.order ?? 0) - (b.span.order ?? 0));
  return [{ ...agent, spans, children: [...agent.children, ...outside.children] }];
}

function reportLostParents(run: RunBuilder, top: TraceThread, spans: ReadonlyMap<string, Span>): void {
  const threads = [top];
  for (const thread of threads) {
    threads.push(...thread.children);
    for (const { span } of thread.spans) {
      if (span.parentId !== undefined && !spans.has(span.parentId))
        run.log.fold('unexpected-shape', 'info', 'spans whose parent is not in the file', span.place);
    }
  }
}

/** Reads the threads of one run, a thread after the one that started it. */
class TraceRun {
  private readonly run: RunBuilder;
  private readonly convention: Convention;
  private readonly callOf = new Map<string, PlannedCall>();
  private usage: Usage | undefined;

  constructor(run: RunBuilder, convention: Convention) {
    this.run = run;
    this.convention = convention;
  }

  read(top: TraceThread): void {
    const { run } = this;
    const owner = top.owner && this.convention.factsOf(top.owner);
    if (owner?.name !== undefined) run.agent = { name: owner.name };
    run.model = owner?.model;
    const first = top.owner ?? top.spans[0]?.span;
    run.startedAt = first?.startedAt;
    run.endedAt = top.owner?.endedAt;
    const work: { thread: TraceThread; around: ThreadReader | undefined }[] = [
      { thread: top, around: undefined },
    ];
    for (const { thread, around } of work) {
      const reader = this.readThread(thread, around);
      work.push(...thread.children.map((child) => ({ thread: child, around: reader })));
    }
    run.totalUsage = this.usage ?? owner?.usage;
    if (top.owner?.status === 'error') {
      const message = failureOf(top.owner) ?? 'the agent’s span is marked as failed';
      run.exceptions.push({ kind: 'crash', message, place: top.owner.place });
    }
  }

  private readThread(thread: TraceThread, around: ThreadReader | undefined): ThreadReader {
    const { run, convention } = this;
    const reader = new ThreadReader(run, around === undefined);
    const owner = thread.owner && convention.factsOf(thread.owner);
    const hasModels = thread.spans.some(({ kind }) => kind === 'model');
    // Where no call of a model was traced, the agent's own span may hold the conversation.
    if (thread.owner && owner?.kind === 'agent' && !hasModels && hasContent(owner))
      reader.readModel({ ...thread.owner, status: 'unset' }, { ...owner, usage: undefined });
    for (const { span, kind, within } of thread.spans) {
      const facts = convention.factsOf(span);
      if (kind === 'tool') this.callOf.set(span.spanId, reader.readTool(span, facts));
      else if (!within || !hasContent(convention.factsOf(within))) {
        this.usage = addUsage(this.usage, facts.usage);
        reader.readModel(span, facts);
      }
    }
    if (owner?.kind === 'agent') reader.readAgent(owner);
    const parent = around && this.parentOf(thread, around);
    const builder: ThreadBuilder = around ? run.branch(parent?.step, { name: owner?.name }) : run;
    if (around) builder.prompt = reader.plan.prompt?.text;
    else run.task = reader.plan.task;
    reader.plan.build(run, builder);
    return reader;
  }

  /** The call that started a sub-agent: its tool's span, else the last call before it that no tool's span answers. */
  private parentOf({ tool, owner }: TraceThread, around: ThreadReader): PlannedCall | undefined {
    if (tool) return this.callOf.get(tool.spanId);
    const begun = owner?.order ?? Number.POSITIVE_INFINITY;
    return around.plan.calls.findLast(
      ({ ran, issuedAt }) => !ran && issuedAt !== undefined && issuedAt <= begun,
    );
  }
}

function hasContent({ input, output }: SpanFacts): boolean {
  return input.length + output.length > 0;
}
