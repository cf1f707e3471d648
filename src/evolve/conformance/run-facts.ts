import type { DiagnosticCode } from '../../model/diagnostic.ts';
import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import type { Conformance } from './conformance.ts';

type Facts = Pick<Conformance, 'steps' | 'calls' | 'time' | 'ids' | 'usage'> & {
  /** Steps with a thought. */
  readonly thoughtful: number;
};

/** Adds up what the runs of an artifact say about calls, times, ids and usage. */
export class RunFacts {
  private steps = 0;
  private readonly calls = { total: 0, paired: 0, observed: 0 };
  private readonly time = { timedSteps: 0, outOfOrder: 0 };
  private readonly usage = { steps: 0, totals: 0 };
  private readonly codes = new Map<DiagnosticCode, number>();
  private thoughtful = 0;

  add(run: Run): void {
    this.steps += run.steps.length;
    this.addThread(run.steps);
    for (const branch of run.branches) this.addThread(branch.steps);
    if (run.usage) this.usage.totals++;
    for (const { code, count } of run.diagnostics) {
      this.codes.set(code, (this.codes.get(code) ?? 0) + (count ?? 1));
    }
  }

  result(): Facts {
    const times = (code: DiagnosticCode): number => this.codes.get(code) ?? 0;
    return {
      steps: this.steps,
      calls: this.calls,
      time: this.time,
      usage: this.usage,
      thoughtful: this.thoughtful,
      ids: {
        reused: times('reused-call-id'),
        unpairedResults: times('unpaired-result'),
        abandoned: times('abandoned-call'),
        duplicates: times('duplicate-record'),
        orphans: times('orphan-subagent'),
      },
    };
  }

  private addThread(steps: readonly Step[]): void {
    let latest: number | undefined;
    for (const step of steps) {
      this.calls.total++;
      if (step.status !== 'pending') this.calls.paired++;
      if (step.observation !== undefined) this.calls.observed++;
      if (step.thought !== undefined) this.thoughtful++;
      if (step.usage) this.usage.steps++;
      const { startedAt } = step;
      if (startedAt === undefined) continue;
      this.time.timedSteps++;
      if (latest !== undefined && startedAt < latest) this.time.outOfOrder++;
      latest = Math.max(latest ?? startedAt, startedAt);
    }
  }
}
