import { lastAtMost } from '../base/order.ts';
import type { StepId } from '../model/ids.ts';
import type { Provenance } from '../model/provenance.ts';
import type { FileNow, FileVersion } from '../model/state.ts';
import { DoubtLine, type Reach } from './doubt/doubt-line.ts';
import { FileLinks } from './file-links.ts';
import { type FileSnapshot, FileTrack, type VersionFacts } from './file-track.ts';
import { Fingerprint } from './fingerprint.ts';
import { LivePaths, trimSlash } from './live-paths.ts';

/** Files looked at in all for whether they are in doubt. */
const SWEEP_LIMIT = 20_000_000;

/** What is held of every file that a run touched: its versions, how sure they are, and what came into doubt when. */
export class FileBook {
  protected readonly tracks = new Map<string, FileTrack>();
  protected readonly live = new LivePaths();
  protected readonly links = new FileLinks();
  protected readonly doubts = new DoubtLine();
  private swept = 0;
  /** Counts everything that happens, so that doubts and versions of one step keep their order. */
  private clock = 0;
  /** Paths whose content is known now: the ones to forget when everything may have changed. */
  protected readonly known = new Set<string>();
  private readonly changedOrder: FileTrack[] = [];
  private readonly listed = new Set<FileTrack>();
  readonly fingerprint = new Fingerprint();

  get paths(): string[] {
    return [...this.tracks.keys()].sort();
  }

  track(path: string): FileTrack | undefined {
    return this.tracks.get(this.links.resolve(path));
  }

  versions(path: string): readonly FileVersion[] {
    return this.track(path)?.versions ?? [];
  }

  /** Files that steps changed, by the position of the first change. */
  get changed(): readonly FileTrack[] {
    return this.changedOrder;
  }

  /** The file at a position, with every doubt that came up to there. */
  at(path: string, position: number): FileNow | undefined {
    const track = this.track(path);
    const version = track && lastAtMost(track.versions, position, (entry) => entry.at);
    if (!version) return undefined;
    const trust = track.trustAt(position, version.version);
    const doubtedBy = this.doubts.first(track.path, trust.order, position);
    const provenance = doubtedBy === undefined ? (trust.provenance ?? version.provenance) : 'assumed';
    if (doubtedBy === undefined && provenance === version.provenance) return version;
    return {
      path: version.path,
      version: version.version,
      madeBy: version.madeBy,
      at: version.at,
      exists: version.exists,
      provenance,
      how: version.how,
      ...(version.change && { change: version.change }),
      ...(version.source && { source: version.source }),
      ...(doubtedBy !== undefined && { doubtedBy }),
      get content() {
        return version.content;
      },
    };
  }

  /** Content now, where it is known for sure. */
  sureContent(path: string): string | undefined {
    const track = this.track(path);
    return track?.content !== undefined && this.isSure(track) ? track.content : undefined;
  }

  /** A step may have changed these files, and nothing says which and how. */
  doubt(at: number, by: StepId, reach: Reach): void {
    this.doubts.add(reach, { at, order: this.tick(), by });
  }

  /** The state of a file now, to be brought back later. */
  snapshot(path: string): FileSnapshot | undefined {
    const track = this.track(path);
    return track?.takeSnapshot(this.isSure(track));
  }

  /** Existing files that a path (a file, a folder, a name with wildcards) stands for. */
  matching(path: string): string[] {
    return this.live.expand(trimSlash(path)).flatMap((found) => this.live.under(found));
  }

  isFolder(path: string): boolean {
    return this.live.isFolder(path);
  }

  /** Files whose known content is in doubt now; undefined when that was asked so often that it costs too much. */
  doubtedNow(): string[] | undefined {
    if (this.doubts.count === 0) return [];
    this.swept += this.known.size;
    if (this.swept > SWEEP_LIMIT) return undefined;
    return [...this.known].filter((path) => {
      const track = this.tracks.get(path);
      return track !== undefined && !this.isSure(track);
    });
  }

  /** Something showed that the newest version of a file still holds. */
  confirm(path: string, at: number, provenance: Provenance = 'recorded'): void {
    this.track(path)?.confirm(at, this.tick(), provenance);
  }

  /** Whether a step from one position to another may have changed a file unseen. */
  wasDoubted(path: string, from: number, to: number): boolean {
    return this.doubts.between(this.links.resolve(path), from, to);
  }

  /** The next place in the order of everything that happens to files. */
  tick(): number {
    return ++this.clock;
  }

  /** Whether a file may have been changed unseen after an order and up to a position. */
  doubtedAfter(path: string, order: number, until: number = Number.POSITIVE_INFINITY): boolean {
    return this.doubts.first(this.links.resolve(path), order, until) !== undefined;
  }

  /** Whether any file may have been. */
  anyDoubtAfter(order: number, until: number): boolean {
    return this.doubts.any(order, until);
  }

  /** Whether the newest version of a file is surely what the file holds. */
  isSure(track: FileTrack, at: number = Number.POSITIVE_INFINITY): boolean {
    return this.ownProvenance(track, at) !== 'assumed' && !this.isDoubted(track, at);
  }

  /** Provenance of the newest version apart from doubts. */
  protected ownProvenance(track: FileTrack, at: number): Provenance {
    const version = track.versions.at(-1);
    if (!version) return 'derived';
    return track.trustAt(at, version.version).provenance ?? version.provenance;
  }

  protected isDoubted(track: FileTrack, at: number): boolean {
    const trust = track.trustAt(at, track.versions.length);
    return this.doubts.first(track.path, trust.order, at) !== undefined;
  }

  protected open(path: string, existedBefore: boolean): FileTrack {
    const known = this.tracks.get(path);
    if (known) return known;
    const made = new FileTrack(path, existedBefore);
    this.tracks.set(path, made);
    return made;
  }

  protected push(
    track: FileTrack,
    facts: VersionFacts,
    content: string | undefined,
    identity?: string,
  ): void {
    const part = track.part;
    track.push(facts, content, identity);
    this.settle(track, part, facts.at);
  }

  protected settle(track: FileTrack, part: number, at: number): void {
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
