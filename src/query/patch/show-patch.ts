import type { StepId } from '../../model/ids.ts';
import type { Run } from '../../model/run.ts';
import type { StateHistory } from '../../model/state.ts';
import { diffSketches } from '../../state/patch/diff-sketches.ts';
import { EMPTY_SKETCH, type Sketch } from '../../state/patch/sketch.ts';
import type { SketchState } from '../../state/patch/sketch-versions.ts';
import { type ChangedFile, listChanges } from './list-changes.ts';

/** What a run changed in one file, as a part of a patch. */
export interface PatchPart {
  /** From the repository's root where that is known. */
  readonly path: string;
  readonly kind: 'created' | 'deleted' | 'edited';
  /** `whole`: a patch program can take it; `part`: places or removed lines are not known; `unknown`: nothing can be said. */
  readonly known: 'whole' | 'part' | 'unknown';
  /** Its part of a unified diff with its head; undefined where nothing can be said. */
  readonly diff?: string;
  /** The last step that changed it. */
  readonly step?: StepId;
  /** The first step after which it may have changed unseen. */
  readonly doubtedBy?: StepId;
}

export interface RunPatch {
  /** The repository's folder; undefined where the run does not tell. */
  readonly root?: string;
  readonly files: readonly PatchPart[];
}

/** The changes of the repository's files after the step at `position`, rebuilt from the steps alone. */
export function showPatch(run: Run, history: StateHistory, position: number): RunPatch {
  const { root, files } = listChanges(run, history, position);
  return {
    ...(root !== undefined && { root }),
    files: files
      .filter(({ stays, differs, now }) => differs || (stays && isOpen(now)))
      .map((file) => showFile(file, root)),
  };
}

function showFile(file: ChangedFile, root: string | undefined): PatchPart {
  const path =
    root !== undefined && file.path.startsWith(`${root}/`) ? file.path.slice(root.length + 1) : file.path;
  const kind = file.now.kind === 'absent' ? 'deleted' : file.isNew ? 'created' : 'edited';
  const facts = {
    path,
    kind,
    ...(file.step !== undefined && { step: file.step }),
    ...(file.doubted !== undefined && { doubtedBy: file.doubted }),
  } as const;
  if (file.now.kind === 'lost' || file.before.kind === 'lost') return { ...facts, known: 'unknown' };
  const [before, now] = [sketchIn(file.before), sketchIn(file.now)];
  const hunks = diffSketches(before, now);
  if (hunks.text === '' && kind === 'edited') return { ...facts, known: 'unknown' };
  // Of a deleted file that was never read nobody knows the lines.
  const whole = hunks.whole && !(kind === 'deleted' && before.open);
  return { ...facts, known: whole ? 'whole' : 'part', diff: head(path, kind) + hunks.text };
}

/** Whether lines of the file are not known, among which a change may hide. */
function isOpen(state: SketchState): boolean {
  return (
    state.kind === 'known' && (state.sketch.open || state.sketch.lines.some(({ text }) => text === undefined))
  );
}

function sketchIn(state: SketchState): Sketch {
  return state.kind === 'known' ? state.sketch : EMPTY_SKETCH;
}

function head(path: string, kind: PatchPart['kind']): string {
  const plain = path.replace(/^\//, '');
  const [from, to] = [`a/${plain}`, `b/${plain}`];
  const mode =
    kind === 'created' ? 'new file mode 100644\n' : kind === 'deleted' ? 'deleted file mode 100644\n' : '';
  const names = [kind === 'created' ? '/dev/null' : from, kind === 'deleted' ? '/dev/null' : to];
  return `diff --git ${from} ${to}\n${mode}--- ${names[0] ?? ''}\n+++ ${names[1] ?? ''}\n`;
}
