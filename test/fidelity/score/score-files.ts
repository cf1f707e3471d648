import type { FileNow, StateHistory } from '../../../src/model/state.ts';
import type { Entry, Recording } from '../recorder/recording.ts';
import type { Pair } from './align.ts';
import { excerpt, type Score } from './tally.ts';
import { entryAt, textAt } from './truth-at.ts';

export interface Subject {
  readonly format: string;
  readonly recording: Recording;
  readonly history: StateHistory;
  readonly pairs: readonly Pair[];
}

type Verdict = 'right' | 'wrong' | 'assumed right' | 'assumed wrong' | 'unknown' | 'unnoted';

/**
 * A claim counts as known when its provenance is `recorded` or `derived` and no later step puts it in doubt. Known
 * content must equal the file byte for byte, a file known to be gone must be gone, and one known to be there must be
 * there; a known file whose content is not claimed is `unknown`.
 */
export function isSure(file: FileNow): boolean {
  return file.provenance !== 'assumed' && file.doubtedBy === undefined;
}

function judge(file: FileNow | undefined, files: ReadonlyMap<string, Entry>, path: string): Verdict {
  if (!file) return 'unnoted';
  const entry = entryAt(files, path);
  const sure = isSure(file);
  if (!file.exists) return grade(entry === undefined, sure);
  if (!entry) return grade(false, sure);
  if (file.content === undefined || entry.kind !== 'file') return 'unknown';
  return grade(file.content === entry.text, sure);
}

function grade(isRight: boolean, sure: boolean): Verdict {
  if (sure) return isRight ? 'right' : 'wrong';
  return isRight ? 'assumed right' : 'assumed wrong';
}

/** The state of every file that the run touched or that changed, after every step. */
export function scoreStates(subject: Subject, score: Score): void {
  const { format, recording, history, pairs } = subject;
  const paths = watchedPaths(subject);
  const wrongBefore = new Set<string>();
  const changed = new Set<string>();
  for (const pair of pairs) {
    const view = history.at(pair.record.position);
    const { files } = pair.step.truth;
    for (const path of changesAt(recording, pair)) changed.add(path);
    for (const path of paths) {
      const file = view.file(path);
      const verdict = judge(file, files, path);
      // A file that nobody has touched so far is nothing to be known.
      if (verdict === 'unnoted' && !changed.has(path)) continue;
      score.states.count(format, verdict);
      if (verdict !== 'wrong') {
        wrongBefore.delete(path);
        continue;
      }
      if (wrongBefore.has(path)) continue;
      wrongBefore.add(path);
      const truth = textAt(files, path);
      const claimed = file?.exists ? file.content : undefined;
      score.families.count(pair.step.deed.family, 'wrong');
      score.wrongs.push({
        what: file?.exists && entryAt(files, path) ? 'content' : 'existence',
        ...place(subject, pair, path),
        claimed: `${file?.how} by ${file?.madeBy ?? 'nobody'}, ${file?.provenance}: ${excerpt(claimed, truth)}`,
        truth: excerpt(truth, claimed),
      });
    }
  }
}

/** What the reconstruction says of each change on disk at the step that made it. */
export function scoreChanges(subject: Subject, score: Score): void {
  const { format, recording, history, pairs } = subject;
  for (const pair of pairs) {
    const { record, step } = pair;
    const view = history.at(record.position);
    const changes = changesAt(recording, pair);
    const count = (verdict: string): void => {
      score.changes.count(format, verdict);
      score.families.count(step.deed.family, verdict);
    };
    for (const path of changes) {
      const file = view.file(path);
      const verdict = judgeChange(file, record.position, judge(file, step.truth.files, path));
      // A wrong claim is counted once, with the states.
      if (verdict === 'wrong') score.changes.count(format, verdict);
      else count(verdict);
      if (verdict !== 'missed') continue;
      const truth = textAt(step.truth.files, path);
      score.missed.push({
        what: 'content',
        ...place(subject, pair, path),
        claimed: `version ${file?.version}, ${file?.how} by ${file?.madeBy ?? 'nobody'}`,
        truth: excerpt(truth, file?.content),
      });
    }
    for (const path of new Set(record.changed)) {
      if (!path.startsWith('/') || changes.has(path) || isOtherChange(recording, pair, path)) continue;
      const file = view.file(path);
      if (file && file.at === record.position && file.madeBy === record.step.id) count('invented');
    }
  }
}

function judgeChange(file: FileNow | undefined, position: number, verdict: Verdict): string {
  if (!file) return 'unnoted';
  if (file.at === position) return verdict.startsWith('assumed') ? 'assumed' : verdict;
  if (file.doubtedBy !== undefined || file.provenance === 'assumed') return 'doubted';
  // What is said to be unknown may change.
  return verdict === 'unknown' && file.how === 'unknown' ? 'doubted' : 'missed';
}

/** Files whose text, or whether they are there, changed in a step. */
export function changesAt(recording: Recording, { step, before }: Pair): ReadonlySet<string> {
  const old = (before?.truth ?? recording.start).files;
  const now = step.truth.files;
  const changed = new Set<string>();
  if (old === now) return changed;
  for (const path of new Set([...old.keys(), ...now.keys()])) {
    const [a, b] = [old.get(path), now.get(path)];
    if (a === b || (a?.kind !== 'file' && b?.kind !== 'file')) continue;
    const text = (entry: Entry | undefined): string | undefined =>
      entry?.kind === 'file' ? entry.text : undefined;
    if (text(a) !== text(b)) changed.add(path);
  }
  return changed;
}

/** Modes, folders and links: changes that leave no version of a text, and changes seen through a link. */
function isOtherChange(recording: Recording, { step, before }: Pair, path: string): boolean {
  const old = (before?.truth ?? recording.start).files;
  if (old.get(path) !== step.truth.files.get(path)) return true;
  return textAt(old, path) !== textAt(step.truth.files, path);
}

function watchedPaths({ recording, history, pairs }: Subject): string[] {
  const paths = new Set(history.paths.filter((path) => /^\/(?:app|tmp|root)\//.test(path)));
  for (const pair of pairs) for (const path of changesAt(recording, pair)) paths.add(path);
  return [...paths];
}

function place(
  { format, recording }: Subject,
  { index, step }: Pair,
  path: string,
): { recording: string; format: string; family: string; step: number; action: string; path: string } {
  const action = step.done.command ?? `${step.done.tool} ${JSON.stringify(step.done.args)}`;
  return { recording: recording.name, format, family: step.deed.family, step: index, action, path };
}
