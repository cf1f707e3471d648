import type { StepId } from '../../model/ids.ts';
import type { Run } from '../../model/run.ts';
import type { StateHistory } from '../../model/state.ts';
import { compareSketches } from '../../state/patch/compare-sketches.ts';
import { type PatchFile, parsePatchText } from '../../state/patch/parse-patch.ts';
import { applyHunks, layOutPatch } from '../../state/patch/patch-base.ts';
import { type Sketch, sketchOf } from '../../state/patch/sketch.ts';
import { SketchVersions } from '../../state/patch/sketch-versions.ts';
import { type ChangedFile, listChanges, matchPath } from './list-changes.ts';
import { type PatchReason, SELECTION, UNEXPLAINED } from './reasons.ts';
import { findPatchMaker, type PatchMaker } from './submitted-by.ts';

/** One file of the patch, or of the run's changes, or of both. */
export interface FileCheck {
  /** As the patch names it, else as the run does. */
  readonly path: string;
  readonly inPatch: boolean;
  readonly inRecord: boolean;
  /** Why they are not the same; undefined when they are. */
  readonly reason?: PatchReason;
  /** The step that the reason is about. */
  readonly step?: StepId;
  readonly detail?: string;
}

export interface PatchCheck {
  /**
   * `equal`: every file is the same, apart from files that whoever made the patch left out; `explained`: each other file
   * has a reason that lies in the record or the patch; `unexplained`: at least one has none.
   */
  readonly verdict: 'equal' | 'explained' | 'unexplained';
  /** Whether every change of the repository's files can be told from the record alone. */
  readonly inRecord: boolean;
  readonly files: readonly FileCheck[];
}

/** Compares the run's changes with the patch that it handed in; undefined for a run without one. */
export function checkPatch(run: Run, history: StateHistory): PatchCheck | undefined {
  const text = run.submission?.text;
  const files = text === undefined ? [] : parsePatchText(text);
  if (files.length === 0 || text === undefined) return undefined;
  const maker = findPatchMaker(run, history);
  const changes = listChanges(run, history, maker.position);
  const checks: FileCheck[] = [];
  const matched = new Set<string>();
  for (const file of files) {
    const path = matchPath(file.path, history, changes);
    if (path !== undefined) matched.add(path);
    checks.push({
      path: file.path,
      inPatch: true,
      inRecord: path !== undefined,
      ...checkFile(file, path, history, maker),
    });
  }
  for (const change of changes.files) {
    if (matched.has(change.path) || !change.differs) continue;
    const reason = whyLeftOut(change, maker, text);
    const { step } = change;
    checks.push({
      path: change.path,
      inPatch: false,
      inRecord: true,
      reason,
      ...(step !== undefined && { step }),
    });
  }
  const reasons = checks.flatMap(({ reason }) =>
    reason === undefined || SELECTION.has(reason) ? [] : [reason],
  );
  const verdict =
    reasons.length === 0
      ? 'equal'
      : reasons.some((one) => UNEXPLAINED.has(one))
        ? 'unexplained'
        : 'explained';
  return { verdict, inRecord: changes.told, files: checks };
}

type Finding = Pick<FileCheck, 'reason' | 'step' | 'detail'>;

function checkFile(
  file: PatchFile,
  path: string | undefined,
  history: StateHistory,
  { position }: PatchMaker,
): Finding {
  if (file.binary) return { reason: 'binary' };
  const pair = layOutPatch(file);
  if (file.truncated || !pair) return { reason: 'truncated-patch' };
  if (path === undefined) return { reason: 'not-in-record' };
  const known = originalOf(path, history);
  const shown = known ? applyHunks(known, file.hunks) : pair.after;
  if (!shown) return { reason: 'does-not-fit', detail: 'the original' };
  const versions = history.versions(path).filter((version) => version.at <= position);
  const sketches = new SketchVersions(history, (other) =>
    other === path ? (known ?? pair.before) : undefined,
  );
  const state = sketches.at(path, versions.length);
  const doubtedBy = history.at(position).file(path)?.doubtedBy;
  const doubt: Finding | undefined =
    doubtedBy === undefined ? undefined : { reason: 'unread-program', step: doubtedBy };
  if (state.kind === 'lost') {
    const reason =
      state.why === 'does-not-fit'
        ? 'does-not-fit'
        : state.why === 'unseen-change'
          ? 'unread-program'
          : 'content-unknown';
    return { reason, ...(state.by !== undefined && { step: state.by }) };
  }
  const lastBy = versions.findLast((version) => version.madeBy !== undefined)?.madeBy;
  const step = lastBy === undefined ? {} : { step: lastBy };
  if (lastBy === undefined) return doubt ?? { reason: 'not-in-record' };
  if (state.kind === 'absent')
    return file.kind === 'delete' ? {} : (doubt ?? { reason: 'different', ...step });
  const comparison = compareSketches(shown, state.sketch);
  if (comparison === 'equal') return {};
  if (comparison === 'white-space') return { reason: 'white-space', ...step };
  return doubt ?? { reason: 'different', ...step };
}

/** The whole file before the run, where it was seen. */
function originalOf(path: string, history: StateHistory): Sketch | undefined {
  const [first] = history.versions(path);
  const isOriginal = first?.madeBy === undefined && first?.provenance !== 'assumed';
  return isOriginal && first?.content !== undefined ? sketchOf(first.content) : undefined;
}

const GENERATED =
  /(?:^|\/)(?:__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.tox|\.git|node_modules|_?build|dist|target|out|coverage|htmlcov|[^/]+\.egg-info|\.eggs|\.venv|venv)\/|\.(?:pyc|pyo|o|so|class|log|sqlite3|db|swp|orig|rej|bak)$|(?:^|\/)(?:\.coverage|\.DS_Store)$/;

function whyLeftOut(change: ChangedFile, maker: PatchMaker, text: string): PatchReason {
  const { path } = change;
  if (change.content !== undefined && change.content.trim() === text.trim()) return 'patch-file';
  if (change.isNew && /(?:^|\/)[^/]*\.(?:patch|diff)$|(?:^|\/)patch\.txt$/.test(path)) return 'patch-file';
  if (GENERATED.test(path)) return 'generated';
  if (maker.paths.length > 0 && !maker.paths.some((named) => names(named, path))) return 'not-selected';
  if (change.isNew && maker.newFiles !== 'all' && !maker.added.some((named) => names(named, path)))
    return 'new-file-left-out';
  if (change.doubted !== undefined) return 'unread-program';
  if (change.lost) return 'content-unknown';
  return 'not-in-patch';
}

/** Whether a path of a command is this file or a folder above it. */
function names(named: string, path: string): boolean {
  const plain = named.replace(/^\.\//, '').replace(/\/$/, '');
  return (
    path === plain ||
    path.endsWith(`/${plain}`) ||
    path.includes(`/${plain}/`) ||
    path.startsWith(`${plain}/`)
  );
}
