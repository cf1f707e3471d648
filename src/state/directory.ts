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

/**
 * Whether variables outlive the command that sets them where the directory does. Versions of Claude Code differ: some
 * keep one shell, some only hand the directory on.
 */
function keepsVariables(run: Pick<Run, 'format' | 'agent'>): Provenance {
  return run.format.startsWith('claude-code') || /claude/i.test(run.agent?.name ?? '')
    ? 'assumed'
    : 'derived';
}

/** Follows the working directory of every thread of a run; each sub-agent has a shell of its own. */
export class DirectoryTracker {
  /** Whether the shell lives on from step to step, with its directory and environment. */
  readonly keeps: boolean;
  /** How it is known that its variables are kept, too. */
  readonly variables: Provenance;
  readonly start: Directory | undefined;
  private readonly threads = new Map<string, { now: Directory | undefined; before: Directory | undefined }>();

  constructor(run: Run) {
    this.keeps = keepsDirectory(run);
    this.variables = keepsVariables(run);
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
  settle(
    step: Step,
    left: Directory | undefined,
    output?: string,
    old?: { readonly left?: Directory | undefined },
  ): Directory | undefined {
    const key = threadOf(step.id);
    const thread = this.threads.get(key);
    const before = thread ? thread.now : this.start;
    const stays = !this.keeps || runsApart(step);
    const now =
      this.recorded(step, before, stays ? undefined : shownDirectory(step, output)) ??
      (this.keeps ? (stays ? before : left) : this.start);
    // `cd` to where the shell is already changes what `cd -` goes back to.
    const moved = !stays && old !== undefined && 'left' in old;
    const last = moved ? old.left : now?.path === before?.path ? thread?.before : before;
    this.threads.set(key, { now, before: last });
    return now;
  }

  private recorded(
    step: Step,
    before: Directory | undefined,
    shown: string | undefined,
  ): Directory | undefined {
    const path = step.recordedCwd ?? RESET.exec(step.observation?.slice(-400) ?? '')?.[1] ?? shown;
    if (path === undefined || !/^(?:\/|[A-Za-z]:[\\/])/.test(path)) return undefined;
    if (before?.path !== path) return { path, provenance: 'recorded', by: step.id };
    return before.provenance === 'recorded' ? before : { ...before, provenance: 'recorded' };
  }
}

/** Whether the harness ran the step's command in a shell of its own, in the background. */
export function runsApart(step: Step): boolean {
  const { args, observation } = step;
  if (args?.['run_in_background'] === true || args?.['is_background'] === true) return true;
  return observation?.startsWith('Command running in background with ID: ') ?? false;
}

/** The prompt that a terminal shows at the end: `root@host:/app#`; the home of others than root is not known. */
const PROMPT = /(?:^|\n)(?:\([\w.-]{1,40}\) ){0,2}([\w.-]{1,40})@[\w.-]{1,80}:(~|\/[^\s#$]{0,400})[#$] ?$/;
const ENDS_WITH_PWD = /(?:^|&&|;|\n)\s*pwd\s*$/;

/** The directory that the output itself shows at its end. */
function shownDirectory(step: Step, output: string | undefined): string | undefined {
  const prompt = PROMPT.exec(step.observation?.slice(-800).trimEnd() ?? '');
  if (prompt) return prompt[2] === '~' ? (prompt[1] === 'root' ? '/root' : undefined) : prompt[2];
  if (output === undefined || step.status === 'error' || !ENDS_WITH_PWD.test(step.action.slice(-200)))
    return undefined;
  const line = output.trimEnd().slice(-500).split('\n').at(-1)?.trim();
  return line !== undefined && /^\/[^\s:]*$/.test(line) ? line : undefined;
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
