import { hashText } from '../base/hash.ts';
import { foldWhitespace } from '../base/text.ts';
import type { Position, StepId } from '../model/ids.ts';
import type { FileVersion, StateHistory } from '../model/state.ts';
import { applyChange } from '../state/apply-change.ts';
import type { Side } from './compared-run.ts';
import { addEdit, type EditState, UNEDITED } from './edit-sum.ts';

/** By what a state is known: its whole text, its absence, or the edits since the original; `unknown` when by nothing. */
export type StateKind = 'original' | 'gone' | 'text' | 'edits' | 'unknown';

/**
 * A state of one file: equal keys in two runs mean equal states. A state of the kind `unknown` has the action that made
 * it for its key: it is equal only where the same action met the same state of everything.
 */
export interface FileState {
  readonly kind: StateKind;
  readonly at: Position;
  readonly step: StepId | undefined;
  readonly key: string;
  /** False when the key rests on something that is not known. */
  readonly sure: boolean;
  readonly content: string | undefined;
}

interface Track {
  readonly versions: readonly FileVersion[];
  /** The action that made each version. */
  readonly actions: readonly string[];
  readonly original: string | undefined;
  readonly existed: boolean | undefined;
}

/**
 * The states that two runs gave to what is the same file in both. Both began with the same original, so what one run
 * read of it completes the other; where nobody read it, states are named by the lines that edits brought in and took out.
 */
export function compareFileStates(
  a: { readonly history: StateHistory; readonly path: string | undefined },
  b: { readonly history: StateHistory; readonly path: string | undefined },
): Record<Side, readonly FileState[]> {
  const tracks = [readTrack(a.history, a.path), readTrack(b.history, b.path)] as const;
  const original = tracks[0].original ?? tracks[1].original;
  // One that saw the original knows better than one that wrote the file without a look.
  const [saidByA, saidByB] = [tracks[0].existed, tracks[1].existed];
  const existed = saidByA === true || saidByB === true || (saidByA ?? saidByB ?? true);
  return { a: nameStates(tracks[0], original, existed), b: nameStates(tracks[1], original, existed) };
}

function readTrack(history: StateHistory, path: string | undefined): Track {
  const versions = path === undefined ? [] : history.versions(path);
  const [first] = versions;
  const isOriginal = first !== undefined && first.madeBy === undefined && first.exists;
  return {
    versions,
    actions: versions.map(({ at }) => foldWhitespace(history.records[at]?.step.action ?? '')),
    original: isOriginal ? first.content : undefined,
    existed: first && existedBefore(first),
  };
}

/** Whether there was an original; undefined for what appends to a file or makes one. */
function existedBefore(first: FileVersion): boolean | undefined {
  if (first.madeBy === undefined) return first.exists;
  if (first.how === 'append') return undefined;
  return first.how === 'edit' || first.how === 'delete';
}

/** What is known of a text: itself, or the edits that made it of the original. */
interface Known {
  readonly text: string | undefined;
  readonly edits: EditState;
}

function nameStates(track: Track, original: string | undefined, existed: boolean): FileState[] {
  const states: FileState[] = [];
  const start: Known = { text: existed ? original : '', edits: UNEDITED };
  const past: Known[] = [start];
  let known = start;
  for (const [index, version] of track.versions.entries()) {
    if (version.madeBy !== undefined || index > 0) {
      known = knownAfter(version, known, past);
      states.push({
        at: version.at,
        step: version.madeBy,
        content: version.exists ? known.text : undefined,
        ...nameState(version, known, { original, existed, action: track.actions[index] ?? '' }),
      });
    }
    past[version.version] = known;
  }
  return states;
}

/** `past` holds what was known of the original, then of each version by its number. */
function knownAfter(version: FileVersion, before: Known, past: readonly Known[]): Known {
  const { content, change, source } = version;
  if (!version.exists) return { text: undefined, edits: undefined };
  if (version.how === 'restore' && source?.path === version.path) {
    const earlier = past[source.version ?? 0] ?? before;
    return { text: content ?? earlier.text, edits: earlier.edits };
  }
  if (!change) return { text: content, edits: undefined };
  const text = content ?? (before.text === undefined ? undefined : applyChange(before.text, change));
  return { text, edits: addEdit(before.edits, change) };
}

function nameState(
  version: FileVersion,
  { text, edits }: Known,
  file: { readonly original: string | undefined; readonly existed: boolean; readonly action: string },
): Pick<FileState, 'kind' | 'key' | 'sure'> {
  if (!version.exists) return named(file.existed ? 'gone' : 'original', '', true);
  const sure = version.provenance !== 'assumed';
  // What nobody read has no text to compare with: its states are told by the edits.
  if (text !== undefined && (file.original !== undefined || !file.existed || edits === undefined)) {
    const isOriginal = file.original !== undefined && foldEnd(text) === foldEnd(file.original);
    return isOriginal ? named('original', '', sure) : named('text', String(hashText(foldEnd(text))), sure);
  }
  if (edits === undefined) return named('unknown', String(hashText(file.action)), false);
  const { chain, sum } = edits;
  return chain === '' && sum === 0 ? named('original', '', false) : named('edits', `${chain} ${sum}`, sure);
}

function named(kind: StateKind, name: string, sure: boolean): Pick<FileState, 'kind' | 'key' | 'sure'> {
  return { kind, key: `${kind} ${name}`, sure };
}

/** How a text ends is often cut off on the way to the record. */
function foldEnd(text: string): string {
  return text.trimEnd();
}
