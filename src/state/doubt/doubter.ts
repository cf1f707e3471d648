import type { Effect, StepEffects } from '../../model/effect.ts';
import type { StepId } from '../../model/ids.ts';
import type { Run } from '../../model/run.ts';
import type { Step } from '../../model/step.ts';
import type { FileStore } from '../file-store.ts';
import { type DoubtContext, isQuietJob, reachOf } from './find-doubts.ts';

/** Where an effect stands. */
export interface DoubtScene {
  readonly step: Step;
  readonly at: number;
  readonly place: (path: string) => string;
}

/** What Claude Code tells its agent of a file that somebody else wrote. */
const TOUCHED = /(?:^|\n)[^\n]{0,40}?(\/[^\n]{1,300}?) was modified, either by the user or by a linter/g;
const SOURCED = /(?:^|[;&|\n({]|\bthen|\bdo)[ \t]*(?:\.|source)[ \t]+["']?([^\s;&|"']{1,300})/g;
/** Scripts that set up a shell: environments of languages, settings of users. */
const QUIET_SCRIPT =
  /(?:^|\/)(?:activate(?:\.\w+)?|\.?(?:bashrc|bash_profile|profile|zshrc|env(?:\.\w+)?)|conda\.sh|nvm\.sh|env|setup\.bash|environment|os-release|bash_completion)$/;
/** A hook of git rewrote files before it let the commit through. */
const HOOKS =
  /files were modified by this hook|^(?:husky|lint-staged|pre-commit)\b|\[(?:STARTED|COMPLETED)\] Running tasks/m;

/** Notes in the file store which steps may have changed files unseen. */
export class Doubter {
  private readonly files: FileStore;
  /** Steps whose sub-agents left all their steps in the run. */
  private readonly delegates = new Set<StepId>();
  /** Programs in the background that may write at any time, by what they are called. */
  private readonly jobs = new Map<string, StepId>();

  constructor(run: Run, files: FileStore) {
    this.files = files;
    for (const { parent, steps, stepCount } of run.branches)
      if (parent !== undefined && steps.length > 0 && (stepCount ?? steps.length) === steps.length)
        this.delegates.add(parent);
  }

  /** Before a step's own effects: what runs in the background may have written since. */
  begin(step: Step, at: number, effects: StepEffects): void {
    const [job] = this.jobs.values();
    if (job !== undefined) this.files.doubt(at, job, { kind: 'all' });
    if (
      effects.programs.some((program) => program === '.' || program === 'source') &&
      this.sourcesUnseen(step)
    )
      this.files.doubt(at, step.id, { kind: 'all' });
    if (effects.unparsed !== undefined && effects.happened.effects.length > 0)
      this.files.doubt(at, step.id, { kind: 'all' });
  }

  /** Whether the step runs a script in its own shell whose text nobody knows. */
  private sourcesUnseen(step: Step): boolean {
    for (const [, path = ''] of step.action.slice(0, 200_000).matchAll(SOURCED)) {
      if (QUIET_SCRIPT.test(path)) continue;
      const known = path.startsWith('/') ? this.files.sureContent(path) : undefined;
      // A text that is known was read with the step's own, as far as it goes.
      if (known === undefined) return true;
    }
    return false;
  }

  note(effect: Effect, scene: DoubtScene): void {
    const { step, at } = scene;
    const context: DoubtContext = {
      action: step.action,
      place: scene.place,
      script: (path) => this.files.sureContent(scene.place(path)),
      delegateRecorded: this.delegates.has(step.id),
    };
    const reach = reachOf(effect, context);
    if (reach) this.files.doubt(at, step.id, reach);
    if (effect.kind !== 'process') return;
    if (effect.action === 'start' && effect.background && !isQuietJob(effect.what, context))
      this.jobs.set(effect.what, step.id);
    else if (effect.action === 'kill' && effect.certainty === 'certain') this.jobs.delete(effect.what);
  }

  /** After a step's effects: what its output says of files that somebody else wrote. */
  end(step: Step, at: number, effects: StepEffects): void {
    const shown = step.observation;
    if (shown === undefined) return;
    if (shown.includes('was modified, either by the user or by a linter')) {
      for (const [, path] of shown.slice(-20_000).matchAll(TOUCHED))
        if (path !== undefined) this.files.doubt(at, step.id, { kind: 'path', path });
    }
    const commits = effects.happened.effects.some(
      (effect) => effect.kind === 'git' && effect.command === 'commit',
    );
    if (commits && HOOKS.test(shown.slice(0, 100_000))) this.files.doubt(at, step.id, { kind: 'all' });
  }
}
