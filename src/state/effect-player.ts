import { exhaustive } from '../base/assert.ts';
import { joinPath, normalizePath } from '../base/path.ts';
import type { Effect } from '../model/effect.ts';
import type { Position } from '../model/ids.ts';
import type { Step } from '../model/step.ts';
import { type Directory, type DirectoryTracker, runsApart, threadOf } from './directory.ts';
import type { Doing, FileStore } from './file-store.ts';
import type { GitModel } from './git/git-model.ts';
import type { EnvironmentLedger } from './machine/environment.ts';
import type { FileRead } from './step-files.ts';

/** What one step's effects have done so far. */
export interface Course {
  readonly step: Step;
  readonly at: Position;
  here: Directory | undefined;
  /** The directory before the last change of it in this step; absent until the first. */
  left?: Directory | undefined;
  readonly changed: Set<string>;
  readonly looked: Set<string>;
  readonly reads: FileRead[];
  /** What was changed since the last program that may have run tests. */
  afterTests?: Set<string>;
}

/** Plays the effects of steps on the files, the directory, the environment and git. */
export class EffectPlayer {
  private readonly files: FileStore;
  private readonly git: GitModel;
  private readonly env: EnvironmentLedger;
  private readonly tracker: DirectoryTracker;

  constructor(files: FileStore, git: GitModel, env: EnvironmentLedger, tracker: DirectoryTracker) {
    this.files = files;
    this.git = git;
    this.env = env;
    this.tracker = tracker;
  }

  /** What the effect does to files, directory, environment and git; `course` notes what changed and what was looked at. */
  play(effect: Effect, course: Course): void {
    const { step, at } = course;
    const doing: Doing = { at, by: step.id, certainty: effect.certainty };
    const sure = effect.certainty !== 'possible';
    switch (effect.kind) {
      case 'read':
        if (sure && !/[*?]|\{\}/.test(effect.path)) {
          const path = placeOf(effect.path, course);
          course.reads.push({ path, range: effect.range });
          course.looked.add(path);
        }
        return;
      case 'search':
        for (const path of effect.paths) course.looked.add(placeOf(path, course));
        return;
      case 'write':
        return this.changed(
          this.files.write(placeOf(effect.path, course), doing, effect.change, effect.creates ?? false),
          course,
          sure,
        );
      case 'delete':
        // A deletion that may not have happened says nothing: the file stays as known.
        if (sure)
          this.changed(
            this.files.remove(placeOf(effect.path, course), doing, effect.recursive),
            course,
            sure,
          );
        return;
      case 'move':
      case 'copy': {
        const [from, to] = [placeOf(effect.from, course), placeOf(effect.to, course)];
        if (effect.kind === 'copy' && effect.link !== undefined) {
          if (!sure) return;
          const made =
            effect.link === 'hard'
              ? this.files.linkHard(from, to, doing)
              : this.files.link(effect.from, to, doing);
          return this.changed(made, course, sure);
        }
        const target = effect.to.endsWith('/') && !to.endsWith('/') ? `${to}/` : to;
        if (sure) this.changed(this.files.transfer(from, target, doing, effect.kind), course, sure);
        return;
      }
      case 'mkdir':
        if (sure) course.changed.add(placeOf(effect.path, course));
        if (effect.certainty === 'certain') this.files.makeFolder(placeOf(effect.path, course));
        return;
      case 'mode':
        if (sure) course.changed.add(placeOf(effect.path, course));
        this.git.noteMode(placeOf(effect.path, course));
        return;
      case 'chdir': {
        const from = course.here;
        // `cd a; cd -`: the directory before stands in the same command.
        course.here =
          effect.path === '-' && 'left' in course
            ? course.left
            : this.tracker.enter(from, effect.path, step, effect.certainty === 'certain');
        course.left = from;
        return;
      }
      case 'env':
        if (this.tracker.keeps && !runsApart(step)) this.env.apply(effect, step, threadOf(step.id), at);
        return;
      case 'git':
        if (sure) this.changed(this.git.apply(effect, course.here?.path, doing), course, sure);
        return;
      case 'process':
        // The tool was told to begin with a new shell.
        if (effect.action === 'kill' && effect.what === 'shell') {
          this.env.restart(threadOf(step.id), at);
          course.here = this.tracker.start;
        }
        return;
      case 'package':
      case 'test':
      case 'run':
      case 'build':
      case 'service':
      case 'account':
      case 'network':
      case 'keys':
      case 'submit':
      case 'note':
      case 'delegate':
      case 'remote':
        return;
      default:
        exhaustive(effect);
    }
  }

  private changed(paths: readonly string[], course: Course, sure: boolean): void {
    this.git.noteChanged(paths);
    if (!sure) return;
    for (const path of paths) {
      course.changed.add(path);
      course.afterTests?.add(path);
    }
  }
}

/** Absolute where the directory is known, else normalised as written. */
export function placeOf(path: string, course: Pick<Course, 'here'>): string {
  if (/^[~$]/.test(path)) return path;
  return course.here ? joinPath(course.here.path, path) : normalizePath(path);
}
