import type { RunBuilder } from '../../model/run-builder.ts';
import type { PendingStep } from '../../model/thread-builder.ts';

interface OpenCall {
  readonly tool: string;
  readonly id: string | undefined;
  readonly step: PendingStep;
  answered: boolean;
}

/** The calls of the last answer: their results come in the message after it, by id, or by name in their order. */
export class OpenCalls {
  private calls: OpenCall[] = [];
  private readonly run: RunBuilder;

  constructor(run: RunBuilder) {
    this.run = run;
  }

  nextAnswer(): void {
    this.calls = [];
  }

  add(tool: string, id: string | undefined, step: PendingStep): void {
    if (id !== undefined && this.calls.some((call) => call.id === id)) {
      this.run.log.fold('reused-call-id', 'info', 'an id names several calls', step.facts.place);
    }
    this.calls.push({ tool, id, step, answered: false });
  }

  /** By id, the first one that waits; a further result for the same call goes to it as well. */
  takeById(id: string | undefined): { tool: string; step: PendingStep | undefined } {
    const fitting = this.calls.filter((call) => id === undefined || call.id === id);
    return answer(fitting.find((call) => !call.answered) ?? fitting.at(-1));
  }

  /** A call that fails is answered twice: the error, and what was read all the same. */
  takeByName(tool: string): { tool: string; step: PendingStep | undefined } {
    const fitting = this.calls.filter((call) => namesTool(tool, call.tool));
    const found = answer(fitting.find((call) => !call.answered) ?? fitting.at(-1));
    return found.step ? found : { tool, step: undefined };
  }
}

function answer(call: OpenCall | undefined): { tool: string; step: PendingStep | undefined } {
  if (!call) return { tool: '', step: undefined };
  call.answered = true;
  return { tool: call.tool, step: call.step };
}

/** Headers may name a tool shorter than the call does: `[new_task completed]`, an MCP tool without its server. */
function namesTool(header: string, tool: string): boolean {
  return header === tool || tool.endsWith(`__${header}`) || tool.endsWith(`--${header}`);
}
