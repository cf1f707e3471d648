import type { JsonObject } from '../base/json.ts';
import {
  exportedArguments,
  noteStep,
  type StepNote,
  type ThreadNote,
  type TurnNote,
} from '../model/exchange-note.ts';
import type { StepId } from '../model/ids.ts';
import type { Message, Run } from '../model/run.ts';
import type { Step, StepStatus } from '../model/step.ts';
import type { Usage } from '../model/usage.ts';
import { noteBranch, noteMessage, noteRun, noteUsage } from './describe-run.ts';
import {
  branchThread,
  findTaskMessage,
  mainThread,
  orderBranches,
  planThread,
  type Thread,
} from './plan-thread.ts';

/** A text of the conversation as a model takes it. */
export interface SaidMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** A span before its convention gives names to what it holds. Times are milliseconds, the last known one where none is. */
export type PlannedSpan = {
  readonly id: string;
  readonly parent?: string;
  readonly startedAt: number;
  readonly endedAt: number;
} & (
  | {
      readonly kind: 'agent';
      readonly name?: string;
      readonly model?: string;
      readonly usage?: Usage;
      /** Id of the conversation; at the root alone. */
      readonly session?: string;
      /** What the agent was asked, and its last words; they stand in the model's spans too. */
      readonly asked?: string;
      readonly answered?: string;
      readonly note: ThreadNote;
    }
  | {
      readonly kind: 'model';
      readonly model?: string;
      readonly usage?: Usage;
      readonly input: readonly SaidMessage[];
      readonly text?: string;
      readonly calls: readonly { readonly id: string; readonly name: string; readonly args: JsonObject }[];
      readonly note: TurnNote;
    }
  | {
      readonly kind: 'tool';
      readonly name: string;
      readonly callId: string;
      readonly args: JsonObject;
      readonly observation?: string;
      readonly status: StepStatus;
      readonly note: StepNote;
    }
);

/** Name and attributes of a span under a convention; what is undefined is left out. */
export interface NamedSpan {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * The spans of a run in the order in which they are written: an agent, then its model's answers with the tools that they
 * called; then the sub-agents, each below the tool that started it. Parents come before their children.
 */
export function* planSpans(run: Run, session: string): Generator<PlannedSpan> {
  const planner = new SpanPlanner(run);
  const root = planner.nextId();
  const { startedAt = 0 } = run;
  const name = run.agent?.name;
  // Viewers add up what the spans of a trace have used: the total is told only where its parts are not.
  const isCounted = [run, ...run.branches].some(({ steps }) =>
    steps.some(({ usage }) => usage !== undefined),
  );
  const asked = run.task?.text;
  const answered = run.finalMessage?.text;
  yield {
    kind: 'agent',
    id: root,
    startedAt,
    endedAt: lastTime([run, ...run.branches], Math.max(startedAt, run.endedAt ?? startedAt)),
    ...(name !== undefined && { name }),
    ...(run.model !== undefined && { model: run.model }),
    ...(run.usage && !isCounted && { usage: run.usage }),
    ...(asked !== undefined && { asked }),
    ...(answered !== undefined && { answered }),
    session,
    note: { ...noteRun(run), ...(run.usage && isCounted && { usage: noteUsage(run.usage) }) },
  };
  yield* planner.planThread(mainThread(run), root, findTaskMessage(run));
  for (const branch of orderBranches(run)) {
    const id = planner.nextId();
    const tool = branch.parent === undefined ? undefined : planner.toolOf.get(branch.parent);
    const { name: own, prompt, finalMessage } = branch;
    const timed = branch.steps.find((step) => step.startedAt !== undefined);
    const time = timed?.startedAt ?? tool?.startedAt ?? planner.time;
    planner.time = time;
    yield {
      kind: 'agent',
      id,
      parent: tool?.id ?? root,
      startedAt: time,
      endedAt: lastTime([branch], time),
      ...(own !== undefined && { name: own }),
      ...(prompt !== undefined && { asked: prompt }),
      ...(finalMessage !== undefined && { answered: finalMessage }),
      note: noteBranch(branch),
    };
    yield* planner.planThread(branchThread(branch), id, undefined);
  }
}

/** The last time of the steps, or `least` where none is later. */
function lastTime(threads: readonly Pick<Run, 'steps'>[], least: number): number {
  let last = least;
  for (const { steps } of threads) {
    for (const { startedAt, endedAt } of steps) last = Math.max(last, startedAt ?? last, endedAt ?? last);
  }
  return last;
}

class SpanPlanner {
  /** The span of each step. */
  readonly toolOf = new Map<StepId, { readonly id: string; readonly startedAt: number }>();
  /** The last time that was recorded. */
  time: number;
  private count = 0;
  private readonly model: string | undefined;

  constructor(run: Run) {
    this.model = run.model;
    this.time = run.startedAt ?? 0;
  }

  nextId(): string {
    return (++this.count).toString(16).padStart(16, '0');
  }

  *planThread(thread: Thread, agent: string, task: Message | undefined): Generator<PlannedSpan> {
    let said: Message[] = [];
    for (const item of planThread(thread)) {
      if (item.kind === 'message') said.push(item.message);
      else if (item.kind === 'final') {
        yield this.planModel(agent, said, task, item.text, [], { final: true });
        said = [];
      } else {
        const { steps, sameTurn } = item;
        const [first] = steps;
        this.time = first.startedAt ?? this.time;
        yield this.planModel(
          agent,
          said,
          task,
          first.thought,
          steps,
          sameTurn ? { sameTurn } : {},
          first.usage,
        );
        said = [];
        for (const step of steps) yield this.planTool(step, agent);
      }
    }
    if (said.length > 0) yield this.planModel(agent, said, task, undefined, [], { final: true });
  }

  private planModel(
    parent: string,
    said: readonly Message[],
    task: Message | undefined,
    text: string | undefined,
    steps: readonly Step[],
    note: TurnNote,
    usage?: Usage,
  ): PlannedSpan {
    return {
      kind: 'model',
      id: this.nextId(),
      parent,
      startedAt: this.time,
      endedAt: this.time,
      ...(this.model !== undefined && { model: this.model }),
      ...(usage && { usage }),
      input: said.map((message) => ({ role: roleOf(message), text: message.text })),
      ...(text !== undefined && { text }),
      calls: steps.map((step) => ({ id: callId(step), name: step.tool, args: exportedArguments(step) })),
      note: {
        ...note,
        ...(said.length > 0 && { messages: said.map((message) => noteMessage(message, task)) }),
      },
    };
  }

  private planTool(step: Step, parent: string): PlannedSpan {
    const id = this.nextId();
    const startedAt = step.startedAt ?? this.time;
    this.toolOf.set(step.id, { id, startedAt });
    this.time = Math.max(startedAt, step.endedAt ?? startedAt);
    return {
      kind: 'tool',
      id,
      parent,
      startedAt,
      endedAt: this.time,
      name: step.tool,
      callId: callId(step),
      args: exportedArguments(step),
      ...(step.observation !== undefined && { observation: step.observation }),
      status: step.status,
      note: noteStep(step),
    };
  }
}

/** What the harness says reaches the model as the user's words. */
function roleOf({ role }: Message): SaidMessage['role'] {
  return role === 'environment' ? 'user' : role;
}

function callId({ id }: Step): string {
  return `call-${id}`;
}
