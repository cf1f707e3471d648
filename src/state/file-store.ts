import { baseName, dirName, joinPath } from '../base/path.ts';
import type { Certainty, ContentChange } from '../model/effect.ts';
import type { StepId } from '../model/ids.ts';
import type { Provenance } from '../model/provenance.ts';
import type { FileVersion } from '../model/state.ts';
import { applyChange } from './apply-change.ts';
import { EditHistory } from './edit-history.ts';
import { FileBook } from './file-book.ts';
import type { FileSnapshot, FileTrack, VersionFacts } from './file-track.ts';
import { trimSlash } from './live-paths.ts';
import { compareText } from './same-text.ts';

/** The step that does something to files, and how sure that is. */
export interface Doing {
  readonly at: number;
  readonly by: StepId;
  readonly certainty: Certainty;
}

/**
 * How exactly a read shows a whole file. `bytes`: as it is. `text`: but line endings may have been unified on the way.
 * `lines`: the newline at the end may have been cut off, too.
 */
export type Exactness = 'bytes' | 'text' | 'lines';

/** Text of a file beyond this many characters is not kept: such files are data, and edits of them unknowable at low cost. */
const LARGEST_CONTENT = 8_000_000;
/** A wildcard in a path. */
const WILD = /[*?[]/;

/**
 * What steps do to files, written into the book of them. Methods that change something answer the paths that really
 * changed: a write of what the file holds already changes nothing. A version is `assumed` as soon as anything that it
 * was made from is.
 */
export class FileStore extends FileBook {
  private readonly peers = new Map<string, readonly string[]>();
  private readonly edits = new EditHistory();
  /** Whole reads that agreed with content held as sure, that did not, and that corrected what was in doubt anyway. */
  readonly agreement = { equal: 0, different: 0, corrected: 0 };

  /** A step saw that the file exists; `content` when it saw all of it. */
  observe(path: string, at: number, content?: string, exactness: Exactness = 'bytes'): void {
    const kept = content !== undefined && content.length <= LARGEST_CONTENT ? content : undefined;
    const track = this.open(this.links.resolve(path), true);
    const exact = exactness === 'bytes';
    const provenance: Provenance = kept === undefined || exact ? 'recorded' : 'assumed';
    const seen = (): VersionFacts => {
      const order = this.tick();
      return { at, by: undefined, exists: true, how: 'read', provenance, order };
    };
    const before = track.content;
    if (track.versions.length === 0 || !track.exists) return this.push(track, seen(), kept);
    if (kept === undefined) return;
    if (before === undefined) {
      // What was seen now need not have been there since, when something may have changed it in between.
      if (this.isDoubted(track, at)) return this.push(track, seen(), kept);
      track.fill(kept, exact);
      if (exact) track.confirm(at, this.tick(), 'recorded');
      this.known.add(track.path);
      return;
    }
    const sure = this.isSure(track, at);
    const likeness = compareText(before, kept);
    if (likeness === 'different' || (exactness !== 'lines' && likeness === 'equal-to-end')) {
      if (sure) this.agreement.different++;
      else this.agreement.corrected++;
      return this.push(track, seen(), kept);
    }
    this.agreement.equal++;
    if (likeness === 'looks-equal') return;
    // Seeing the same text again takes away what came into doubt since, not what was never known.
    const confirmed = exact || (exactness === 'text' && this.ownProvenance(track, at) !== 'assumed');
    if (confirmed) track.confirm(at, this.tick(), 'recorded');
    else if (!sure) track.confirm(at, this.tick(), 'assumed');
  }

  write(path: string, doing: Doing, change: ContentChange, creates: boolean): string[] {
    const place = this.placeOf(path, change, doing.at);
    if (WILD.test(place)) return this.writeMatching(place, doing, change);
    if (this.live.isFolder(trimSlash(place)) && !this.tracks.get(place)?.exists) {
      this.doubt(doing.at, doing.by, { kind: 'below', folder: trimSlash(place) });
      return [];
    }
    for (const peer of this.peers.get(place) ?? [])
      this.doubt(doing.at, doing.by, { kind: 'path', path: peer });
    const fresh = !this.tracks.has(place);
    // Who writes a whole file without ever having looked at it creates it.
    const track = this.open(place, !(creates || change.kind === 'set'));
    // `>>` and `touch` make a file or find one: for a path never seen before nobody knows which.
    const unseen = fresh && (!creates || change.kind === 'append');
    const sure = fresh ? !unseen : this.isSure(track, doing.at);
    const earlier = change.kind === 'undo' ? this.edits.take(place, doing.certainty) : undefined;
    if (earlier) return this.takeBack(track, doing, earlier);
    this.edits.note(place, change, doing.certainty, track.takeSnapshot(sure));
    const before = track.exists ? track.content : unseen ? undefined : '';
    const after = doing.certainty === 'possible' ? undefined : this.applied(track, before, change);
    // What edits a file that was never seen, and whose content it leaves unknown, may not have found it at all.
    const blind =
      fresh && after === undefined && !creates && change.kind !== 'unknown' && change.kind !== 'append';
    const provenance = provenanceOf(doing.certainty, change, (sure || after === undefined) && !blind);
    if (after !== undefined && track.exists && after === before) {
      if (provenance !== 'assumed') track.confirm(doing.at, this.tick(), provenance);
      return [];
    }
    const facts: VersionFacts = {
      at: doing.at,
      by: doing.by,
      exists: true,
      how: howOf(change),
      provenance,
      order: this.tick(),
      change,
    };
    if (change.kind === 'append' && after !== undefined && track.versions.length > 0 && track.exists) {
      const part = track.part;
      track.append(facts, change.content);
      this.settle(track, part, doing.at);
    } else this.push(track, facts, after);
    return [place];
  }

  remove(path: string, doing: Doing, recursive: boolean): string[] {
    // A link goes, what it points to stays.
    const own = this.links.resolve(trimSlash(path), false);
    if (this.links.remove(own)) return [];
    const gone = this.matching(own).filter((file) => recursive || file === own || this.live.has(file));
    // A path never seen before was there if removing it worked.
    if (gone.length === 0 && !this.tracks.has(own) && !WILD.test(own)) {
      this.open(own, true);
      gone.push(own);
    }
    for (const file of gone) this.vanish(this.open(file, true), doing, 'delete');
    if (recursive) this.live.removeFolder(own);
    return gone;
  }

  /** `mkdir`: what is put there later goes into it. */
  makeFolder(path: string): void {
    this.live.addFolder(this.links.resolve(trimSlash(path)));
  }

  /** `ln`: two names of one file; what is written to one of them is in doubt under the other. */
  linkHard(path: string, other: string, doing: Doing): string[] {
    const [own, goal] = [this.links.resolve(path), this.links.resolve(other)];
    const changed = this.transfer(own, goal, doing, 'copy');
    for (const made of changed) {
      this.peers.set(own, [...(this.peers.get(own) ?? []).slice(-8), made]);
      this.peers.set(made, [...(this.peers.get(made) ?? []).slice(-8), own]);
    }
    return changed;
  }

  /** `ln -s`: from now on the path leads to the other file. */
  link(target: string, path: string, doing: Doing): string[] {
    const place = this.links.resolve(trimSlash(path), false);
    const own = this.live.isFolder(place) ? joinPath(place, baseName(target)) : place;
    const track = this.tracks.get(own);
    if (track?.exists) this.vanish(track, doing, 'delete');
    this.links.add(own, target);
    return [own];
  }

  /** `mv` and `cp`: a folder takes what lies below it along; into a known folder the name is kept. */
  transfer(from: string, to: string, doing: Doing, kind: 'move' | 'copy'): string[] {
    const changed: string[] = [];
    const wild = WILD.test(baseName(from));
    const goalPath = this.links.resolve(wild && baseName(from) === baseName(to) ? `${dirName(to)}/` : to);
    const intoFolder = wild || goalPath.endsWith('/') || this.live.isFolder(trimSlash(goalPath));
    // A name without an ending that was never seen may be a folder, in which the file then lies under its old name.
    const unclear = !intoFolder && !this.tracks.has(goalPath) && !baseName(goalPath).slice(1).includes('.');
    const own =
      kind === 'move' ? this.links.resolve(trimSlash(from), false) : this.links.resolve(trimSlash(from));
    for (const source of this.live.expand(own)) {
      const target = intoFolder ? joinPath(goalPath, baseName(source)) : goalPath;
      const files = this.live.under(source);
      const isFolder = files.length > 1 || files[0] !== source;
      if (files.length === 0) files.push(source);
      const careful: Doing = unclear && !isFolder ? { ...doing, certainty: weaker(doing.certainty) } : doing;
      for (const file of files) {
        const goal = target + file.slice(source.length);
        if (goal === file) continue;
        const origin = this.open(file, true);
        const sure = this.isSure(origin, doing.at);
        const { content, identity } = origin;
        const taken = sourceOf(file, origin.versions.length);
        if (kind === 'move') {
          this.vanish(origin, doing, 'move');
          changed.push(file);
        }
        const track = this.open(goal, false);
        const facts = { ...this.facts(careful, kind, true, sure || content === undefined), source: taken };
        if (content !== undefined && track.exists && track.content === content) {
          if (facts.provenance !== 'assumed') track.confirm(doing.at, facts.order, facts.provenance);
          continue;
        }
        this.push(track, facts, content, identity);
        changed.push(goal);
      }
      if (unclear && !isFolder)
        this.doubt(doing.at, doing.by, { kind: 'path', path: joinPath(goalPath, baseName(source)) });
    }
    return changed;
  }

  /** Brings a file back to an earlier state of it; `sure` is false where that state is only taken for it. */
  restore(path: string, doing: Doing, snapshot: FileSnapshot, sure = snapshot.sure): string[] {
    const track = this.open(this.links.resolve(path), snapshot.exists);
    const source = sourceOf(track.path, snapshot.index === undefined ? 0 : snapshot.index + 1);
    const facts = { ...this.facts(doing, 'restore', snapshot.exists, sure), source };
    if (track.key === snapshot.key) {
      if (track.versions.length > 0 && facts.provenance !== 'assumed')
        track.confirm(doing.at, facts.order, facts.provenance);
      return [];
    }
    const part = track.part;
    track.restore(facts, snapshot);
    this.settle(track, part, doing.at);
    return [track.path];
  }

  /** An editor's own undo: it kept the text as it read it, with tabs and line ends made plain by some. */
  private takeBack(track: FileTrack, doing: Doing, earlier: FileSnapshot): string[] {
    const plain = !/[\t\r]/.test(track.contentOf(earlier) ?? '\t');
    return this.restore(track.path, doing, earlier, earlier.sure && plain);
  }

  /** Something put other contents in files without saying which (another branch, a merge): they are not known any more. */
  forget(at: number, chosen: (path: string) => boolean): string[] {
    const forgotten: string[] = [];
    for (const path of this.known) {
      const track = this.tracks.get(path);
      if (!track?.exists || !chosen(path)) continue;
      forgotten.push(path);
    }
    for (const path of forgotten) {
      const track = this.open(path, true);
      const order = this.tick();
      this.push(
        track,
        { at, by: undefined, exists: true, how: 'unknown', provenance: 'assumed', order },
        undefined,
      );
    }
    return forgotten;
  }

  /** Where a write goes: through links, but `sed -i` puts a file of its own in the place of a link. */
  private placeOf(path: string, change: ContentChange, at: number): string {
    const own = this.links.resolve(path, false);
    if (change.kind !== 'sed' || !this.links.has(own)) return this.links.resolve(path);
    const target = this.tracks.get(this.links.resolve(own));
    this.links.remove(own);
    const track = this.open(own, false);
    const order = this.tick();
    const facts = { at, by: undefined, exists: true, how: 'copy', provenance: 'assumed', order } as const;
    this.push(track, facts, target?.content, target?.identity);
    return own;
  }

  /** A change of all files that a pattern names: those that the run knows of are changed, the rest is not known anyway. */
  private writeMatching(pattern: string, doing: Doing, change: ContentChange): string[] {
    const folder = dirName(pattern.slice(0, pattern.search(WILD) + 1));
    const readable = dirName(pattern) === folder && !/[{}]|\[:/.test(pattern);
    if (!readable) {
      this.doubt(doing.at, doing.by, folder === '' ? { kind: 'all' } : { kind: 'below', folder });
      return [];
    }
    return this.matching(pattern).flatMap((path) => this.write(path, doing, change, false));
  }

  private facts(doing: Doing, how: FileVersion['how'], exists: boolean, sure: boolean): VersionFacts {
    const provenance: Provenance = doing.certainty === 'certain' && sure ? 'derived' : 'assumed';
    return { at: doing.at, by: doing.by, exists, how, provenance, order: this.tick() };
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
    if (!track.exists && track.versions.length > 0) {
      if (doing.certainty === 'certain') track.confirm(doing.at, this.tick(), 'derived');
      return;
    }
    this.push(track, this.facts(doing, how, false, true), undefined);
  }
}

function weaker(certainty: Certainty): Certainty {
  return certainty === 'certain' ? 'likely' : certainty;
}

function sourceOf(path: string, version: number): FileVersion['source'] {
  return version === 0 ? { path } : { path, version };
}

function howOf(change: ContentChange): FileVersion['how'] {
  if (change.kind === 'set') return 'write';
  if (change.kind === 'append') return 'append';
  return change.kind === 'unknown' || change.kind === 'undo' ? 'unknown' : 'edit';
}

/** A whole text stands in the step itself; all else follows from what was there before, and is as sure as that. */
function provenanceOf(certainty: Certainty, change: ContentChange, sure: boolean): Provenance {
  if (certainty !== 'certain') return 'assumed';
  if (change.kind === 'set') return 'recorded';
  return sure ? 'derived' : 'assumed';
}
