import { CountedStep } from './counted-step.ts';
import { DiagnosticLog } from './diagnostic-log.ts';
import type { Millis, RunId, StepId } from './ids.ts';
import { KeepBudget } from './keep-budget.ts';
import { numberSteps } from './number-steps.ts';
import { decideOutcome, type OutcomeSignal } from './outcome.ts';
import type { ArtifactInfo, Branch, Message, PlacedText, Run, RunException, Task } from './run.ts';
import type { Step } from './step.ts';
import type { TestResult } from './test-result.ts';
import { type PendingStep, ThreadBuilder } from './thread-builder.ts';
import { addUsage, type Usage } from './usage.ts';

/** Builds one run. Formats fill it, enrichers add what stands beside the steps; `build` numbers the steps and freezes. */
export class RunBuilder extends ThreadBuilder {
  readonly format: string;
  /** Where the run stands: a path relative to the input, with a `#fragment` when one artifact holds several runs. */
  readonly path: string;
  readonly log = new DiagnosticLog();
  formatVersion: string | undefined;
  agent: { name: string; version?: string } | undefined;
  model: string | undefined;
  task: Task | undefined;
  submission: Run['submission'];
  exitStatus: string | undefined;
  initialCwd: string | undefined;
  /** Usage of the whole run where recorded; else the turns are summed. */
  totalUsage: Usage | undefined;
  /** A later attempt in the same artifact replaced this one: outcomes recorded beside the artifact are not its own. */
  superseded = false;
  startedAt: Millis | undefined;
  endedAt: Millis | undefined;
  readonly exceptions: RunException[] = [];
  readonly outcomeSignals: OutcomeSignal[] = [];
  readonly checks: TestResult[] = [];
  private readonly artifacts = new Map<string, ArtifactInfo>();
  private readonly threads: ThreadBuilder[] = [];

  constructor(init: { format: string; path: string }, budget = new KeepBudget()) {
    super(undefined, budget);
    this.format = init.format;
    this.path = init.path;
  }

  /** A sub-agent's thread under the call that started it; without one it is an orphan. */
  branch(parent: PendingStep | undefined, facts: { name?: string; prompt?: string } = {}): ThreadBuilder {
    const branch = new ThreadBuilder(parent, this.budget);
    branch.name = facts.name;
    branch.prompt = facts.prompt;
    this.threads.push(branch);
    return branch;
  }

  /** An artifact of the run. The one that counts the steps is named before it is read: a huge one is not kept whole. */
  artifact(info: ArtifactInfo): void {
    if (info.use === 'steps' && info.size !== undefined) this.budget.expect(info.size);
    const known = this.artifacts.get(info.path);
    if (!known || known.use === 'unread') this.artifacts.set(info.path, info);
  }

  build(id: RunId): Run {
    const ids = new Map<PendingStep, StepId>();
    const main = numberSteps(this, '', 0, ids, this.log);
    const { steps } = main;
    const branches = this.buildBranches(ids);
    if (steps.length === 0) this.log.add('no-steps', 'warning', 'the artifact holds no step');
    const pending = steps.filter((step) => step.status === 'pending').length;
    if (pending > 0)
      this.log.add('unpaired-call', 'info', `${pending} of ${steps.length} calls have no result`);
    const outcome = decideOutcome(this.outcomeSignals, this.checks);
    if (outcome.conflicting) {
      const says = outcome.signals.map((signal) => `${signal.source}: ${signal.says}`).join('; ');
      this.log.add('conflicting-outcome', 'warning', `outcome signals disagree (${says})`);
    }
    const usage = this.totalUsage ?? this.sumUsage(steps, branches);
    const last = this.counted.steps === 0 ? steps.at(-1) : undefined;
    this.reportLimits(steps.length);
    const startedAt = this.startedAt ?? steps.find((step) => step.startedAt !== undefined)?.startedAt;
    const endedAt = this.endedAt ?? last?.endedAt ?? last?.startedAt;
    return Object.freeze({
      id,
      path: this.path,
      format: this.format,
      ...(this.formatVersion !== undefined && { formatVersion: this.formatVersion }),
      ...(this.agent && { agent: this.agent }),
      ...(this.model !== undefined && { model: this.model }),
      ...(this.task && { task: this.task }),
      outcome,
      steps: Object.freeze(steps),
      ...(this.counted.steps > 0 && { stepCount: steps.length + this.counted.steps }),
      branches: Object.freeze(branches),
      messages: buildMessages(this, steps),
      ...joinFinal(main.finalTexts),
      ...(this.submission && { submission: this.submission }),
      ...(this.exitStatus !== undefined && { exitStatus: this.exitStatus }),
      exceptions: this.exceptions,
      ...(this.initialCwd !== undefined && { initialCwd: this.initialCwd }),
      ...(usage && { usage }),
      ...(startedAt !== undefined && { startedAt }),
      ...(endedAt !== undefined && { endedAt }),
      artifacts: [...this.artifacts.values()],
      diagnostics: this.log.list(),
    });
  }

  /** What of the run was not kept; said once, whatever the reason. */
  private reportLimits(kept: number): void {
    const { shortened, leftOut, messagesLeftOut, factsLeftOut } = this.budget;
    const main = this.counted.steps;
    const below = this.threads.reduce((sum, thread) => sum + thread.counted.steps, 0);
    if (main > 0) {
      const text = `the run has ${kept + main} steps; the first ${kept} are kept and analysed, the others counted`;
      this.log.add('model-limit', 'warning', text);
    }
    if (below > 0) {
      this.log.add('model-limit', 'warning', `${below} steps of sub-agents were counted and not kept`);
    }
    if (shortened > 0) {
      const text = `${shortened} texts are kept by their beginning and end only, without ${leftOut} characters`;
      this.log.add('model-limit', 'warning', text);
    }
    if (factsLeftOut > 0) {
      this.log.add('model-limit', 'warning', `${factsLeftOut} recorded contents of files were not kept`);
    }
    if (messagesLeftOut > 0) {
      this.log.add('model-limit', 'warning', `${messagesLeftOut} messages were counted and not kept`);
    }
  }

  private sumUsage(steps: readonly Step[], branches: readonly Branch[]): Usage | undefined {
    let sum = this.countedUsage;
    for (const step of steps) sum = addUsage(sum, step.usage);
    for (const branch of branches) for (const step of branch.steps) sum = addUsage(sum, step.usage);
    for (const thread of this.threads) sum = addUsage(sum, thread.countedUsage);
    return sum;
  }

  private buildBranches(ids: Map<PendingStep, StepId>): Branch[] {
    // A parent thread is always opened before its children, so one pass in creation order finds every parent's id.
    const taken = new Map<StepId | undefined, number>();
    const built: Branch[] = [];
    for (const thread of this.threads) {
      const parent = thread.parent && ids.get(thread.parent);
      const offset = taken.get(parent) ?? 0;
      const { steps, finalTexts } = numberSteps(thread, `${parent ?? 'orphan'}.`, offset, ids, this.log);
      taken.set(parent, offset + steps.length);
      // Begun by a call that was only counted, like its own steps: there is nothing to hang it on.
      if (thread.parent instanceof CountedStep && steps.length === 0) continue;
      if (parent === undefined && steps.length > 0) {
        this.log.fold(
          'orphan-subagent',
          'warning',
          'sub-agent without its starting call',
          steps[0]?.actionRef,
        );
      }
      built.push({
        ...(parent !== undefined && { parent }),
        ...(thread.name !== undefined && { name: thread.name }),
        ...(thread.prompt !== undefined && { prompt: thread.prompt }),
        steps: Object.freeze(steps),
        ...(thread.counted.steps > 0 && { stepCount: steps.length + thread.counted.steps }),
        ...(thread.messages.length > 0 && { messages: buildMessages(thread, steps) }),
        ...(finalTexts.length > 0 && { finalMessage: finalTexts.map(({ text }) => text).join('\n\n') }),
      });
    }
    return built;
  }
}

/** The final message as one text; its parts stay apart where there are several, since each has a place of its own. */
function joinFinal(texts: readonly PlacedText[]): Pick<Run, 'finalMessage'> {
  const [first] = texts;
  if (!first) return {};
  if (texts.length === 1) return { finalMessage: { ...first } };
  return {
    finalMessage: { text: texts.map(({ text }) => text).join('\n\n'), place: first.place, parts: [...texts] },
  };
}

function buildMessages(thread: ThreadBuilder, steps: readonly Step[]): Message[] {
  // Dropped calls have no id: a message before one stands before the next kept step.
  const idAt: (StepId | undefined)[] = [];
  let next = steps.length;
  for (let i = thread.calls.length - 1; i >= 0; i--) {
    if (!thread.calls[i]?.dropped) next--;
    idAt[i] = steps[next]?.id;
  }
  return thread.messages.map(({ message, beforeCall }) => {
    const before = idAt[beforeCall];
    return before === undefined ? message : { ...message, before };
  });
}
