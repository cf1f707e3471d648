import { baseName, joinPath } from '../base/path.ts';
import type { Certainty, ContentChange } from '../model/effect.ts';
import type { StepId } from '../model/ids.ts';
import type { Provenance } from '../model/provenance.ts';
import type { FileVersion } from '../model/state.ts';
import { applyChange } from './apply-change.ts';
import { type FileSnapshot, FileTrack, type VersionFacts } from './file-track.ts';
import { Fingerprint } from './fingerprint.ts';
import { LivePaths } from './live-paths.ts';

/** The step that does something to files, and how sure that is. */
export interface Doing {
  readonly at: number;
  readonly by: StepId;
  readonly certainty: Certainty;
}

/** Text of a file beyond this many characters is not kept: such files are data, and edits of them unknowable at low cost. */
const LARGEST_CONTENT = 8_000_000;

/**
 * Every file that a run touched, with all its versions. Methods that change something answer the paths that really
 * changed: a write of what the file holds already changes nothing.
 */
export class FileStore {
  private readonly tracks = new Map<string, FileTrack>();
  private readonly live = new LivePaths();
  /** Paths whose content is known now: the ones to forget when everything may have changed. */
  private readonly known = new Set<string>();
  private readonly changedOrder: FileTrack[] = [];
  private readonly listed = new Set<FileTrack>();
  readonly fingerprint = new Fingerprint();
  /** Whole reads that agreed with the content derived so far, and that did not. */
  readonly agreement = { equal: 0, different: 0 };

  get paths(): string[] {
    return [...this.tracks.keys()].sort();
  }

  track(path: string): FileTrack | undefined {
    return this.tracks.get(path);
  }

  versions(path: string): readonly FileVersion[] {
    return this.tracks.get(path)?.versions ?? [];
  }

  /** Files that steps changed, by the position of the first change. */
  get changed(): readonly FileTrack[] {
    return this.changedOrder;
  }

  /** A step saw that the file exists; `content` when it saw all of it. */
  observe(path: string, at: number, content?: string): void {
    const kept = content !== undefined && content.length <= LARGEST_CONTENT ? content : undefined;
    const track = this.open(path, true);
    const seen: VersionFacts = { at, by: undefined, exists: true, how: 'read', provenance: 'recorded' };
    const before = track.content;
    if (track.versions.length === 0 || !track.exists) this.push(track, seen, kept);
    else if (kept === undefined) return;
    else if (before === undefined) {
      track.fill(kept);
      this.known.add(path);
    } else if (sameText(before, kept)) this.agreement.equal++;
    else {
      this.agreement.different++;
      this.push(track, seen, kept);
    }
  }

  write(path: string, doing: Doing, change: ContentChange, creates: boolean): string[] {
    const fresh = !this.tracks.has(path);
    // Who writes a whole file without ever having looked at it creates it.
    const track = this.open(path, !(creates || change.kind === 'set'));
    // `>>` and `touch` make a file or find one: for a path never seen before nobody knows which.
    const unseen = fresh && (!creates || change.kind === 'append');
    const before = track.exists ? track.content : unseen ? undefined : '';
    const after = doing.certainty === 'possible' ? undefined : this.applied(track, before, change);
    if (after !== undefined && track.exists && after === before) return [];
    const facts: VersionFacts = {
      at: doing.at,
      by: doing.by,
      exists: true,
      how: howOf(change),
      provenance: doing.certainty === 'certain' ? provenanceOf(change) : 'assumed',
    };
    if (change.kind === 'append' && after !== undefined && track.versions.length > 0 && track.exists) {
      const part = track.part;
      track.append(facts, change.content);
      this.settle(track, part, doing.at);
    } else this.push(track, facts, after);
    return [path];
  }

  remove(path: string, doing: Doing, recursive: boolean): string[] {
    const gone = this.matching(path).filter((file) => recursive || file === path || this.live.has(file));
    // A path never seen before was there if removing it worked.
    if (gone.length === 0 && !this.tracks.has(path) && !/[*?[]/.test(path)) {
      this.open(path, true);
      gone.push(path);
    }
    for (const file of gone) this.vanish(this.open(file, true), doing, 'delete');
    return gone;
  }

  /** `mv` and `cp`: a folder takes what lies below it along; into a known folder the name is kept. */
  transfer(from: string, to: string, doing: Doing, kind: 'move' | 'copy'): string[] {
    const changed: string[] = [];
    const intoFolder = to.endsWith('/') || this.live.isFolder(trimSlash(to));
    for (const source of this.live.expand(trimSlash(from))) {
      const target = intoFolder ? joinPath(to, baseName(source)) : to;
      const files = this.live.under(source);
      if (files.length === 0) files.push(source);
      for (const file of files) {
        const goal = target + file.slice(source.length);
        if (goal === file) continue;
        const origin = this.open(file, true);
        const { content, identity } = origin;
        if (kind === 'move') {
          this.vanish(origin, doing, 'move');
          changed.push(file);
        }
        const track = this.open(goal, false);
        if (content !== undefined && track.exists && track.content === content) continue;
        this.push(track, this.facts(doing, kind, true), content, identity);
        changed.push(goal);
      }
    }
    return changed;
  }

  /** Brings a file back to an earlier state of it. */
  restore(path: string, doing: Doing, snapshot: FileSnapshot): string[] {
    const track = this.open(path, snapshot.exists);
    if (track.snapshot.key === snapshot.key) return [];
    const part = track.part;
    track.restore(this.facts(doing, 'restore', snapshot.exists), snapshot);
    this.settle(track, part, doing.at);
    return [path];
  }

  /** Something changed files that nobody names (another branch, a merge): no content is known any more. */
  forgetAll(at: number): void {
    for (const path of this.known) {
      const track = this.tracks.get(path);
      if (!track?.exists) continue;
      this.push(track, { at, by: undefined, exists: true, how: 'unknown', provenance: 'assumed' }, undefined);
    }
    this.known.clear();
  }

  /** Existing files that a path (a file, a folder, a name with wildcards) stands for. */
  matching(path: string): string[] {
    return this.live.expand(trimSlash(path)).flatMap((found) => this.live.under(found));
  }

  private facts(doing: Doing, how: FileVersion['how'], exists: boolean): VersionFacts {
    const provenance: Provenance = doing.certainty === 'certain' ? 'derived' : 'assumed';
    return { at: doing.at, by: doing.by, exists, how, provenance };
  }

  private applied(track: FileTrack, before: string | undefined, change: ContentChange): string | undefined {
    // Appending is cheap however long the file is, as long as nobody looks at the whole.
    if (change.kind === 'append' && before !== undefined && track.versions.length > 0) {
      return change.content === '' ? before : before + change.content;
    }
    const after = applyChange(before, change);
    return after !== undefined && after.length <= LARGEST_CONTENT ? after : undefined;
  }

  private vanish(track: FileTrack, doing: Doing, how: 'delete' | 'move'): void {
    if (!track.exists && track.versions.length > 0) return;
    this.push(track, this.facts(doing, how, false), undefined);
  }

  private open(path: string, existedBefore: boolean): FileTrack {
    const known = this.tracks.get(path);
    if (known) return known;
    const made = new FileTrack(path, existedBefore);
    this.tracks.set(path, made);
    return made;
  }

  private push(track: FileTrack, facts: VersionFacts, content: string | undefined, identity?: string): void {
    const part = track.part;
    track.push(facts, content, identity);
    this.settle(track, part, facts.at);
  }

  private settle(track: FileTrack, part: number, at: number): void {
    if (track.changedAt === at && !this.listed.has(track)) {
      this.listed.add(track);
      this.changedOrder.push(track);
    }
    if (track.exists) this.live.add(track.path);
    else this.live.remove(track.path);
    if (track.content === undefined) this.known.delete(track.path);
    else this.known.add(track.path);
    this.fingerprint.replace(part, track.part, at);
  }
}

function trimSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** Equal but for newlines at the end, for a terminal's carriage returns, and for tabs that a tool turned into blanks. */
function sameText(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [a, b].map((text) => text.replaceAll('\r\n', '\n').replace(/\n{1,3}$/, ''));
  if (left === undefined || right === undefined) return false;
  return left === right || (left.includes('\t') && !right.includes('\t') && expandTabs(left) === right);
}

function expandTabs(text: string): string {
  let column = 0;
  return text.replace(/[^\t\n]+|\t|\n/g, (part) => {
    if (part === '\n') {
      column = 0;
      return part;
    }
    const width = part === '\t' ? 8 - (column % 8) : part.length;
    column += width;
    return part === '\t' ? ' '.repeat(width) : part;
  });
}

function howOf(change: ContentChange): FileVersion['how'] {
  if (change.kind === 'set') return 'write';
  if (change.kind === 'append') return 'append';
  return change.kind === 'unknown' ? 'unknown' : 'edit';
}

function provenanceOf(change: ContentChange): Provenance {
  return change.kind === 'set' ? 'recorded' : 'derived';
}
