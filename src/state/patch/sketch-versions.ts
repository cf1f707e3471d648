import type { StepId } from '../../model/ids.ts';
import type { FileVersion, StateHistory } from '../../model/state.ts';
import { applyToSketch } from './apply-to-sketch.ts';
import { EMPTY_SKETCH, type Sketch, sketchOf, UNKNOWN_SKETCH } from './sketch.ts';

/** What is known of a file at one of its versions. */
export type SketchState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'known'; readonly sketch: Sketch }
  /** A step did something to it that can't be told, or that does not fit what was known. */
  | {
      readonly kind: 'lost';
      readonly why: 'not-told' | 'does-not-fit' | 'unseen-change';
      readonly by: StepId | undefined;
    };

const ABSENT: SketchState = { kind: 'absent' };

/** Follows files through their versions with as many of their lines as are known, from what is known of the originals. */
export class SketchVersions {
  private readonly history: StateHistory;
  private readonly originalOf: (path: string) => Sketch | undefined;
  private readonly done = new Map<string, SketchState[]>();

  /** `originalOf` gives what is known of a file before the run from elsewhere; an empty closed one for none. */
  constructor(history: StateHistory, originalOf: (path: string) => Sketch | undefined = () => undefined) {
    this.history = history;
    this.originalOf = originalOf;
  }

  /** The file at a version; 0 or undefined for the original. */
  at(path: string, version: number | undefined): SketchState {
    const waiting: { path: string; version: number }[] = [{ path, version: version ?? 0 }];
    for (let next = waiting.at(-1); next; next = waiting.at(-1)) {
      const states = this.statesOf(next.path);
      const versions = this.history.versions(next.path);
      if (states.length > Math.min(next.version, versions.length)) {
        waiting.pop();
        continue;
      }
      const entry = versions[states.length - 1];
      if (!entry) break;
      const needed = this.missingSource(entry);
      if (needed) waiting.push(needed);
      else states.push(this.make(entry, states.at(-1) ?? ABSENT));
    }
    const states = this.statesOf(path);
    return states[Math.min(version ?? 0, states.length - 1)] ?? ABSENT;
  }

  /** States by version; the first is the original. */
  private statesOf(path: string): SketchState[] {
    const known = this.done.get(path);
    if (known) return known;
    const states = [this.original(path)];
    this.done.set(path, states);
    return states;
  }

  private original(path: string): SketchState {
    const [first] = this.history.versions(path);
    if (first && first.madeBy === undefined) {
      if (!first.exists) return ABSENT;
      if (first.content !== undefined) return { kind: 'known', sketch: sketchOf(first.content) };
    }
    const told = this.originalOf(path);
    if (told) return told === EMPTY_SKETCH ? ABSENT : { kind: 'known', sketch: told };
    const isMade =
      first?.madeBy !== undefined && (first.change?.kind === 'set' || first.source !== undefined);
    return isMade ? ABSENT : { kind: 'known', sketch: UNKNOWN_SKETCH };
  }

  private missingSource({ source }: FileVersion): { path: string; version: number } | undefined {
    if (!source) return undefined;
    const version = source.version ?? 0;
    const reachable = Math.min(version, this.history.versions(source.path).length);
    return this.statesOf(source.path).length > reachable ? undefined : { path: source.path, version };
  }

  private make(entry: FileVersion, before: SketchState): SketchState {
    if (!entry.exists) return ABSENT;
    const lost = (why: 'not-told' | 'does-not-fit' | 'unseen-change'): SketchState => ({
      kind: 'lost',
      why,
      by: entry.madeBy,
    });
    if (entry.content !== undefined) {
      // The original keeps its lines, so that later versions share them.
      const isOriginal = entry.version === 1 && entry.madeBy === undefined && before.kind === 'known';
      return isOriginal ? before : { kind: 'known', sketch: sketchOf(entry.content) };
    }
    if (entry.source) {
      const states = this.statesOf(entry.source.path);
      return states[entry.source.version ?? 0] ?? lost('not-told');
    }
    if (entry.madeBy === undefined) {
      if (entry.how === 'unknown') return lost('unseen-change');
      // Only that it exists was seen: it is what it was.
      return before.kind === 'absent' ? { kind: 'known', sketch: UNKNOWN_SKETCH } : before;
    }
    const { change } = entry;
    if (!change || change.kind === 'unknown') return lost('not-told');
    if (before.kind === 'lost' && change.kind !== 'set') return before;
    const sketch = applyToSketch(before.kind === 'known' ? before.sketch : EMPTY_SKETCH, change);
    return sketch ? { kind: 'known', sketch } : lost(hasUnknown(change) ? 'not-told' : 'does-not-fit');
  }
}

function hasUnknown(change: NonNullable<FileVersion['change']>): boolean {
  if (change.kind === 'undo') return true;
  return change.kind === 'unknown' || (change.kind === 'sequence' && change.changes.some(hasUnknown));
}
