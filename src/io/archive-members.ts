import { dirName, joinPath, normalizePath } from '../base/path.ts';
import type { Diagnostic, DiagnosticCode } from '../model/diagnostic.ts';
import { DiagnosticLog } from '../model/diagnostic-log.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import type { MemberContent } from './memory-source.ts';

/** Collects the members of an archive under their paths; refuses, with a diagnostic, what must not be read. */
export class ArchiveMembers {
  readonly files = new Map<string, MemberContent>();
  readonly folders = new Set<string>();
  private readonly links = new Map<string, string>();
  private readonly log = new DiagnosticLog();
  /** The example that each kind of finding names. */
  private readonly firstPlaces = new Map<string, string>();
  private readonly archive: string;
  private readonly limits: ArchiveLimits;
  private keptBytes = 0;
  private count = 0;

  constructor(archive: string, limits: ArchiveLimits) {
    this.archive = archive;
    this.limits = limits;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.log.list();
  }

  get isEmpty(): boolean {
    return this.files.size === 0 && this.folders.size === 0;
  }

  /** Whether another member may come; to be asked once per member. */
  hasRoom(): boolean {
    this.count += 1;
    if (this.count <= this.limits.members) return true;
    if (this.count === this.limits.members + 1) {
      this.report(
        'limit-reached',
        `The archive has more than ${this.limits.members} members; the rest was not read.`,
      );
    }
    return false;
  }

  /** Whether there is memory left for a file of this size. */
  hasMemory(size: number): boolean {
    return this.keptBytes + size <= this.limits.keptBytes;
  }

  /** Whether a file of this size may be kept in memory; if so it counts. */
  keeps(name: string, size: number): boolean {
    if (this.keptBytes + size <= this.limits.keptBytes) {
      this.keptBytes += size;
      return true;
    }
    this.report(
      'limit-reached',
      'Members over the memory limit were left out: unpack the archive to read them.',
      name,
    );
    return false;
  }

  /** Whether a file of this size may be unpacked into memory by itself. */
  fits(name: string, size: number): boolean {
    if (size <= this.limits.keptBytes) return true;
    this.report(
      'limit-reached',
      'Members over the memory limit were left out: unpack the archive to read them.',
      name,
    );
    return false;
  }

  /** The normalized path of a member; undefined, and reported, when it would leave the archive. */
  accept(name: string): string | undefined {
    const isOutside = name.startsWith('/') || /^[A-Za-z]:[\\/]/.test(name) || name.split('/').includes('..');
    const path = isOutside || name.includes('\0') ? undefined : normalizePath(name);
    if (path === undefined) {
      this.report('refused-entry', 'Members whose path leaves the archive were refused.', name);
    }
    return path;
  }

  addFile(path: string, content: MemberContent): void {
    // An archive may hold a path twice; unpacked, the last one counts.
    this.links.delete(path);
    if (path === '') this.report('refused-entry', 'Members without a name were refused.');
    else this.files.set(path, content);
  }

  addFolder(path: string): void {
    if (path !== '') this.folders.add(path);
  }

  /** A link to the path `target`, seen from the link's folder, or from the root of the archive for hard links. */
  addLink(path: string, target: string, isHard: boolean): void {
    const place = target.startsWith('/') ? '..' : joinPath(isHard ? '' : dirName(path), target);
    if (place === '..' || place.startsWith('../')) {
      this.report('refused-entry', 'Links that leave the archive were refused.', path);
      return;
    }
    this.files.delete(path);
    this.links.set(path, place);
  }

  refuse(name: string, what: string): void {
    this.report('refused-entry', `${what} were left out.`, name);
  }

  damaged(message: string): void {
    this.report('damaged-archive', message);
  }

  /** Gives each link the content of the file that it leads to; call when all members are there. */
  resolveLinks(): void {
    for (const path of this.links.keys()) {
      let target = path;
      const seen = new Set<string>();
      for (let next: string | undefined = path; next !== undefined && !seen.has(next); ) {
        seen.add(next);
        target = next;
        next = this.links.get(next);
      }
      const content = this.files.get(target);
      if (content) this.files.set(path, content);
      else this.report('refused-entry', 'Links that lead to no file of the archive were left out.', path);
    }
    this.links.clear();
  }

  private report(code: DiagnosticCode, message: string, member?: string): void {
    const artifact = member === undefined ? this.archive : `${this.archive}/${member}`;
    const first = this.firstPlaces.get(message) ?? artifact;
    this.firstPlaces.set(message, first);
    this.log.fold(code, 'warning', message, { artifact: first });
  }
}
