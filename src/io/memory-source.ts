import { compareNatural } from '../base/order.ts';
import { baseName, dirName, normalizePath } from '../base/path.ts';
import type { ByteFile, ByteSource, Listing, SourceEntry } from './byte-source.ts';

export type MemoryFiles = Readonly<Record<string, string | Uint8Array>>;

/** Something that can be opened as a file: bytes, or a range of a larger file. */
export interface MemberContent {
  readonly size: number;
  open(): ByteFile | Promise<ByteFile | undefined>;
}

/** Files in memory as a source; folders follow from the paths. Text is stored as UTF-8. */
export function createMemorySource(files: MemoryFiles, name = 'memory'): ByteSource {
  const members = new Map<string, MemberContent>();
  for (const [path, content] of Object.entries(files)) {
    members.set(normalizePath(path), memberOf(typeof content === 'string' ? Buffer.from(content) : content));
  }
  return createTreeSource(members, name);
}

export function memberOf(bytes: Uint8Array): MemberContent {
  return { size: bytes.length, open: () => openBytes(bytes) };
}

/** Bytes in memory as a file; reading copies nothing. */
export function openBytes(bytes: Uint8Array): ByteFile {
  return {
    size: bytes.length,
    read: async (position, length) => bytes.subarray(position, position + length),
    close: async () => undefined,
  };
}

/**
 * A source over a map from normalized path to content. `folders` adds folders that hold nothing. Where a path is both
 * a file and a folder, the folder wins.
 */
export function createTreeSource(
  members: ReadonlyMap<string, MemberContent>,
  name: string,
  folders: Iterable<string> = [],
): ByteSource {
  const tree = new Map<string, Map<string, SourceEntry>>([['', new Map()]]);
  const addFolder = (path: string): void => {
    for (let folder = path; !tree.has(folder); folder = dirName(folder)) {
      tree.set(folder, new Map());
    }
    for (let folder = path; folder !== ''; folder = dirName(folder)) {
      const siblings = tree.get(dirName(folder));
      if (siblings?.get(baseName(folder))?.kind === 'directory') break;
      siblings?.set(baseName(folder), { name: baseName(folder), kind: 'directory', size: 0 });
    }
  };
  for (const folder of folders) addFolder(folder);
  for (const path of members.keys()) addFolder(dirName(path));
  for (const [path, content] of members) {
    if (tree.has(path)) continue;
    tree.get(dirName(path))?.set(baseName(path), { name: baseName(path), kind: 'file', size: content.size });
  }

  return {
    name,
    async list(folder): Promise<Listing> {
      const entries = tree.get(folder);
      if (!entries) return { entries: [], problem: 'no such folder' };
      return { entries: [...entries.values()].sort((a, b) => compareNatural(a.name, b.name)) };
    },
    async stat(path) {
      if (path === '') return { name, kind: 'directory', size: 0 };
      return tree.get(dirName(path))?.get(baseName(path));
    },
    async open(path) {
      return tree.has(path) ? undefined : members.get(path)?.open();
    },
    identity: async (folder) => folder,
  };
}
