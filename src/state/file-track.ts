import { hashText } from '../base/hash.ts';
import { lastAtMost } from '../base/order.ts';
import type { ContentChange } from '../model/effect.ts';
import type { Position, StepId } from '../model/ids.ts';
import type { Provenance } from '../model/provenance.ts';
import type { FileVersion } from '../model/state.ts';
import { ContentHash } from './content-hash.ts';
import { ContentLog } from './content-log.ts';
import { isScratchPath } from './scratch-path.ts';

/** What a new version is, apart from its number. */
export interface VersionFacts {
  readonly at: number;
  readonly by: StepId | undefined;
  readonly exists: boolean;
  readonly how: FileVersion['how'];
  /** `assumed` for content that is not surely so; everything else counts as sure from here on. */
  readonly provenance: Provenance;
  /** Place in the order of everything that happens to files and of all doubts. */
  readonly order: number;
  readonly change?: ContentChange | undefined;
  readonly source?: FileVersion['source'];
}

/** From here on a version was surely what it is said to be: it was made, or read whole, then. */
interface SurePoint {
  readonly at: number;
  readonly order: number;
  readonly version: number;
  readonly provenance: Provenance;
}

/** What is known of how sure a version is at a position. */
export interface Trust {
  /** Undefined while nothing made it sure: the version's own provenance holds. */
  readonly provenance: Provenance | undefined;
  /** Doubts that came after this order count. */
  readonly order: number;
}

/** A state of one file that can be brought back: one of its versions, or the original that was never seen. */
export interface FileSnapshot {
  /** Index of the version; undefined for the original. */
  readonly index: number | undefined;
  readonly exists: boolean;
  readonly key: string;
  /** Whether the file was surely in this state when it was taken. */
  readonly sure: boolean;
}

export const ABSENT = 'absent';
/** Key of an original whose content was never seen. */
const UNSEEN = 'unseen';
/** Start of the key of content that was never seen but is known to be a copy. */
const COPY = 'copy ';

/** All versions of one path, and the key of its state: equal keys mean equal states. */
export class FileTrack {
  readonly path: string;
  readonly versions: FileVersion[] = [];
  /** The file as it was before the run. */
  private base: FileSnapshot;
  private readonly log = new ContentLog();
  private hash: ContentHash | undefined;
  private stateKey: string;
  private readonly sure: SurePoint[] = [];
  /** Position of the first change by a step. */
  changedAt: Position | undefined;
  private firstOrder = 0;

  constructor(path: string, existedBefore: boolean) {
    this.path = path;
    this.stateKey = existedBefore ? UNSEEN : ABSENT;
    this.base = { index: undefined, exists: existedBefore, key: this.stateKey, sure: true };
  }

  get exists(): boolean {
    return this.versions.at(-1)?.exists ?? this.base.exists;
  }

  /** Content now; undefined when unknown, also for a file that does not exist. */
  get content(): string | undefined {
    return this.log.current;
  }

  get original(): FileSnapshot {
    return this.base;
  }

  /** The state now; `sure` is for the caller to say, who knows the doubts. */
  takeSnapshot(sure: boolean): FileSnapshot {
    const last = this.versions.length - 1;
    return last < 0 ? this.base : { index: last, exists: this.exists, key: this.stateKey, sure };
  }

  /** Key of the state now. */
  get key(): string {
    return this.stateKey;
  }

  /** How sure the version that holds at a position is, apart from doubts. */
  trustAt(position: number, version: number): Trust {
    const point = lastAtMost(this.sure, position, (entry) => entry.at);
    return {
      provenance: point?.version === version ? point.provenance : undefined,
      order: point?.order ?? this.firstOrder,
    };
  }

  /** The newest version was surely so at this position: it was made then, or seen whole. */
  confirm(at: number, order: number, provenance: Provenance): void {
    this.sure.push({ at, order, version: this.versions.length, provenance });
  }

  contentOf(snapshot: FileSnapshot): string | undefined {
    return snapshot.index === undefined ? undefined : this.log.get(snapshot.index);
  }

  /** This file's part in the fingerprint of the whole state; 0 when it is as before the run. */
  get part(): number {
    if (this.stateKey === this.base.key || isScratchPath(this.path, !this.base.exists)) return 0;
    return Math.floor(hashText(`${this.path}\u0000${this.stateKey}`) / 2);
  }

  /** Names the state of the content across paths, so that a copy of what was never seen can be told when it comes back. */
  get identity(): string {
    return this.stateKey.startsWith(COPY)
      ? this.stateKey.slice(COPY.length)
      : `${this.path}\u0000${this.stateKey}`;
  }

  /** `identity` says of which state, perhaps of another path, the new content is a copy. */
  push(facts: VersionFacts, content: string | undefined, identity?: string): void {
    this.log.push(content);
    this.hash = undefined;
    const copied = content === undefined && facts.exists ? identity : undefined;
    this.add(facts, copied === undefined ? this.keyOf(facts, content) : this.keyOfCopy(copied));
  }

  append(facts: VersionFacts, text: string): void {
    // The hash of the text before is made before the text grows.
    const hash = this.hash ?? new ContentHash().extend(this.log.current ?? '');
    this.log.append(text);
    this.hash = hash.extend(text);
    this.add(facts, `content ${hash.value}`);
  }

  /** Brings back an earlier state; its key comes back with it even where the content was never known. */
  restore(facts: VersionFacts, snapshot: FileSnapshot): void {
    this.log.push(this.contentOf(snapshot));
    this.hash = undefined;
    this.add({ ...facts, exists: snapshot.exists }, snapshot.key);
  }

  /**
   * The newest version's content was seen whole. The original's key follows it as long as nothing changed. `sure` is
   * false where what was seen need not be all to the last character.
   */
  fill(content: string, sure: boolean): void {
    this.log.fill(content);
    this.hash = undefined;
    const last = this.versions.length - 1;
    const version = this.versions[last];
    if (version && !sure && version.provenance !== 'assumed') {
      this.versions[last] = this.makeVersion({ ...version, provenance: 'assumed' }, last);
      if (this.sure.at(-1)?.version === last + 1) this.sure.pop();
    }
    if (this.changedAt !== undefined || this.versions.length !== 1) return;
    this.stateKey = this.keyOf({ exists: true, by: undefined }, content);
    this.base = { index: 0, exists: true, key: this.stateKey, sure };
  }

  private add(facts: VersionFacts, key: string): void {
    const index = this.versions.length;
    const at = facts.at as Position;
    const sure = facts.provenance !== 'assumed';
    this.stateKey = key;
    if (index === 0) this.firstOrder = facts.order;
    if (facts.by !== undefined) this.changedAt ??= at;
    else if (index === 0) this.base = { index: 0, exists: facts.exists, key, sure };
    this.versions.push(
      this.makeVersion(
        {
          at,
          madeBy: facts.by,
          exists: facts.exists,
          provenance: facts.provenance,
          how: facts.how,
          ...(facts.change && { change: facts.change }),
          ...(facts.source && { source: facts.source }),
        },
        index,
      ),
    );
    if (sure) this.confirm(at, facts.order, facts.provenance);
  }

  private makeVersion(
    facts: Pick<FileVersion, 'at' | 'madeBy' | 'exists' | 'provenance' | 'how' | 'change' | 'source'>,
    index: number,
  ): FileVersion {
    const { log } = this;
    return {
      path: this.path,
      version: index + 1,
      madeBy: facts.madeBy,
      at: facts.at,
      exists: facts.exists,
      provenance: facts.provenance,
      how: facts.how,
      ...(facts.change && { change: facts.change }),
      ...(facts.source && { source: facts.source }),
      get content() {
        return log.get(index);
      },
    };
  }

  private keyOfCopy(identity: string): string {
    const own = `${this.path}\u0000`;
    return identity.startsWith(own) ? identity.slice(own.length) : COPY + identity;
  }

  private keyOf(facts: Pick<VersionFacts, 'exists' | 'by'>, content: string | undefined): string {
    if (!facts.exists) return ABSENT;
    if (content === undefined) {
      const original = this.versions.length === 0 && facts.by === undefined;
      return original ? UNSEEN : `version ${this.versions.length + 1}`;
    }
    this.hash = new ContentHash().extend(content);
    return `content ${this.hash.value}`;
  }
}
