import type { StepId } from '../../model/ids.ts';
import type { Run } from '../../model/run.ts';
import type { FileVersion, StateHistory } from '../../model/state.ts';
import { type Sketch, sameLines } from '../../state/patch/sketch.ts';
import { type SketchState, SketchVersions } from '../../state/patch/sketch-versions.ts';

/** A file of the repository that the run's steps changed. */
export interface ChangedFile {
  readonly path: string;
  readonly isNew: boolean;
  /** It is another one than before the run, as far as its known lines show. */
  readonly differs: boolean;
  /** Steps changed it, and it did not go again; what they changed may be lines that nobody knows. */
  readonly stays: boolean;
  /** Its changes can't be told. */
  readonly lost: boolean;
  /** The step of a program that may have changed it unseen. */
  readonly doubted: StepId | undefined;
  readonly content: string | undefined;
  readonly step: StepId | undefined;
  readonly before: SketchState;
  readonly now: SketchState;
}

export interface RunChanges {
  readonly root: string | undefined;
  readonly files: readonly ChangedFile[];
  /** Whether every change can be told from the record. */
  readonly told: boolean;
}

/** The files of the repository that steps changed up to a position, from the record alone. */
export function listChanges(run: Run, history: StateHistory, position: number): RunChanges {
  const root = findRoot(run, history);
  const view = history.at(position);
  const sketches = new SketchVersions(history);
  const files: ChangedFile[] = [];
  for (const { path } of view.changedFiles()) {
    if (root !== undefined && !path.startsWith(`${root}/`) && path.startsWith('/')) continue;
    if (root === undefined && /^\/(?:tmp|var|dev|proc|root|home\/\w+\/\.)/.test(path)) continue;
    const versions = history.versions(path).filter((version) => version.at <= position);
    const before = sketches.at(path, 0);
    const now = sketches.at(path, versions.length);
    files.push({
      path,
      isNew: before.kind === 'absent',
      differs: differs(before, now) && !isPassing(versions, now),
      stays: !isPassing(versions, now) && !(before.kind === 'absent' && now.kind === 'absent'),
      lost: now.kind === 'lost',
      doubted: view.file(path)?.doubtedBy,
      content: versions.at(-1)?.content,
      step: versions.findLast((version) => version.madeBy !== undefined)?.madeBy,
      before,
      now,
    });
  }
  const staying = files.filter((file) => file.stays);
  const told = staying.length > 0 && staying.every((file) => !file.lost && file.doubted === undefined);
  return { root, files, told };
}

/** Gone at the end, and nothing says that it was there before the run: `touch` and `rm -f` don't. */
function isPassing(versions: readonly FileVersion[], now: SketchState): boolean {
  const [first] = versions;
  const kind = first?.change?.kind;
  const toldBefore =
    first?.madeBy === undefined || (kind !== undefined && kind !== 'append' && kind !== 'unknown');
  return now.kind === 'absent' && !toldBefore;
}

function differs(before: SketchState, now: SketchState): boolean {
  if (now.kind === 'lost' || before.kind === 'lost') return true;
  if (now.kind === 'absent' || before.kind === 'absent') return now.kind !== before.kind;
  return !sameSketch(before.sketch, now.sketch);
}

function sameSketch(a: Sketch, b: Sketch): boolean {
  const moved = b.islands.some(({ before, now }) => !sameLines(before, now));
  if (moved || b.end.length !== a.end.length) return false;
  return a.open === b.open && sameLines([...a.lines, ...b.laid], b.lines);
}

/** The folder of the repository: where the run began, else where its last git command ran. */
function findRoot(run: Run, history: StateHistory): string | undefined {
  const start = run.initialCwd;
  if (start !== undefined && start !== '/' && start.startsWith('/')) return start.replace(/\/$/, '');
  const git = history.records.findLast(
    ({ cwd, effects }) => cwd?.startsWith('/') && effects.happened.effects.some(({ kind }) => kind === 'git'),
  );
  return git?.cwd;
}

/** The run's path of a file that a patch names from the repository's root. */
export function matchPath(path: string, history: StateHistory, { root }: RunChanges): string | undefined {
  const ending = `/${path}`;
  const found = history.paths.filter(
    (known) => (known === path || known.endsWith(ending)) && history.versions(known).length > 0,
  );
  const own = root === undefined ? undefined : found.find((known) => known === root + ending);
  const changed = found.filter((known) => history.versions(known).some(({ madeBy }) => madeBy !== undefined));
  return own ?? changed[0] ?? found[0];
}
