import type { PendingStep } from '../../model/thread-builder.ts';

interface Queue {
  readonly steps: PendingStep[];
  /** Index of the first that may still be open. */
  next: number;
}

/** Calls of a view that wait for their results. */
export class WaitingCalls {
  private readonly byId = new Map<string, Queue>();
  private readonly byTool = new Map<string, Queue>();
  private readonly all: Queue = { steps: [], next: 0 };

  add(step: PendingStep, id: string | undefined): void {
    this.all.steps.push(step);
    push(this.byTool, step.facts.tool, step);
    if (id !== undefined) push(this.byId, id, step);
  }

  /** By id, the earliest first, since ids come again. Results of calls that were text have only the tool's name. */
  take(id: string | undefined, tool: string | undefined): PendingStep | undefined {
    if (id !== undefined) return takeOpen(this.byId.get(id));
    return takeOpen(tool === undefined ? this.all : this.byTool.get(tool));
  }
}

function push(queues: Map<string, Queue>, key: string, step: PendingStep): void {
  const queue = queues.get(key);
  if (queue) queue.steps.push(step);
  else queues.set(key, { steps: [step], next: 0 });
}

/** The caller gives the step its result at once: a step with one is open no more. */
function takeOpen(queue: Queue | undefined): PendingStep | undefined {
  if (!queue) return undefined;
  let step = queue.steps[queue.next++];
  while (step?.result) step = queue.steps[queue.next++];
  return step;
}
