import { joinPath } from '../base/path.ts';
import type { StepId } from '../model/ids.ts';
import type { Provenance } from '../model/provenance.ts';
import type { Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';

/** A working directory, how it is known, and the step that made it so. */
export interface Directory {
  readonly path: string;
  readonly provenance: Provenance;
  readonly by: StepId | undefined;
}

/**
 * What becomes of `cd` when a step ends: `kept` in a shell that lives on, `lost` where every command gets a fresh shell.
 * By format id; where a format holds runs of several agents, by the agent's name.
 */
const AFTER_STEP: readonly {
  readonly format: RegExp;
  readonly agent?: RegExp;
  readonly cd: 'kept' | 'lost';
}[] = [
  { format: /^mini-swe-agent/, cd: 'lost' },
  { format: /^(?:kimi|opencode|pi|qwen)$/, cd: 'lost' },
  { format: /./, agent: /^mini-?swe-?agent/i, cd: 'lost' },
  { format: /./, agent: /^(?:codex|gemini)/i, cd: 'lost' },
  { format: /^(?:claude-code|openhands|swe-agent|terminus|terminal-bench|atif)/, cd: 'kept' },
];

/** Claude Code puts its shell back when a command left the allowed folders, and says so. */
const RESET = /^Shell cwd was reset to (\/[^\n]*)$/m;

export function keepsDirectory(run: Pick<Run, 'format' | 'agent'>): boolean {
  const rule = AFTER_STEP.find(
    ({ format, agent }) => format.test(run.format) && (!agent || agent.test(run.agent?.name ?? '')),
  );
  return rule?.cd !== 'lost';
}

/** Follows the working directory of every thread of a run; each sub-agent has a shell of its own. */
export class DirectoryTracker {
  /** Whether the shell lives on from step to step, with its directory and environment. */
  readonly keeps: boolean;
  readonly start: Directory | undefined;
  private readonly threads = new Map<string, { now: Directory | undefined; before: Directory | undefined }>();

  constructor(run: Run) {
    this.keeps = keepsDirectory(run);
    this.start =
      run.initialCwd === undefined
        ? assumeStart(run, this.keeps)
        : { path: run.initialCwd, provenance: 'recorded', by: undefined };
  }

  /** Directory in which a step starts. */
  before(step: Step): Directory | undefined {
    const thread = this.threads.get(threadOf(step.id));
    return thread ? thread.now : this.start;
  }

  /** `cd` to a path as written: `-` is the directory before; what only the shell can expand leaves it unknown. */
  enter(from: Directory | undefined, target: string, step: Step, certain: boolean): Directory | undefined {
    if (target === '-') return this.threads.get(threadOf(step.id))?.before;
    if (target === '' || /[$`*?~]/.test(target)) return undefined;
    if (!target.startsWith('/') && !from) return undefined;
    return {
      path: joinPath(from?.path ?? '', target),
      provenance:
        certain && (target.startsWith('/') || from?.provenance !== 'assumed') ? 'derived' : 'assumed',
      by: step.id,
    };
  }

  /** Ends a step whose commands left the shell in `left`; answers the directory after it. */
  settle(step: Step, left: Directory | undefined): Directory | undefined {
    const key = threadOf(step.id);
    const thread = this.threads.get(key);
    const before = thread ? thread.now : this.start;
    const now = this.recorded(step, before) ?? (this.keeps ? left : this.start);
    this.threads.set(key, { now, before: now?.path === before?.path ? thread?.before : before });
    return now;
  }

  private recorded(step: Step, before: Directory | undefined): Directory | undefined {
    const path = step.recordedCwd ?? RESET.exec(step.observation?.slice(-400) ?? '')?.[1];
    if (path === undefined) return undefined;
    return before?.path === path ? before : { path, provenance: 'recorded', by: step.id };
  }
}

/** `7.2` belongs to the thread `7`; main-agent steps to the thread ``. */
export function threadOf(id: StepId): string {
  const cut = id.lastIndexOf('.');
  return cut < 0 ? '' : id.slice(0, cut);
}

const LEADING_CD = /^\s*cd\s+(\/[\w./-]+)\s*(?:&&|;|\n|$)/;

/**
 * Where nothing records the start, the steps themselves may tell: the first one's recorded directory, `pwd` before
 * any `cd`, or, in fresh shells, the directory that most commands ask for first, for agents name their project there.
 */
function assumeStart(run: Run, keeps: boolean): Directory | undefined {
  const [first] = run.steps;
  if (first?.recordedCwd !== undefined && !/\b(?:cd|pushd|popd)\b/.test(first.action))
    return { path: first.recordedCwd, provenance: 'derived', by: undefined };
  const votes = new Map<string, number>();
  for (const step of run.steps) {
    if (step.action.trim() === 'pwd' && (!keeps || votes.size === 0)) {
      const shown = /^\/[^\n]*$/m.exec(step.observation ?? '')?.[0]?.trimEnd();
      if (shown !== undefined) return { path: shown, provenance: 'derived', by: undefined };
    }
    const target = LEADING_CD.exec(step.action.slice(0, 300))?.[1];
    if (target !== undefined) votes.set(target, (votes.get(target) ?? 0) + 1);
    else if (keeps && /(?:^|[;&|\n]\s*)cd\s/.test(step.action.slice(0, 2000))) votes.set('', 1);
  }
  if (keeps) return undefined;
  const [best] = [...votes].sort((a, b) => b[1] - a[1]);
  if (!best || best[1] < 2) return undefined;
  return { path: best[0], provenance: 'assumed', by: undefined };
}
