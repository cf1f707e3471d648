import type { ArchiveMembers } from './archive-members.ts';
import type { ByteFeed } from './byte-feed.ts';
import type { MemberContent } from './memory-source.ts';
import { parsePax, parseTarHeader, TAR_BLOCK, type TarHeader } from './tar-header.ts';

/** Takes the content of a member from the feed, which stands at its first byte; undefined when it is passed over. */
export type TakeContent = (name: string, size: number) => Promise<MemberContent | undefined>;

/** Names and attributes that do not fit a header come before it as members of their own; they are never larger. */
const METADATA_LIMIT = 1024 * 1024;

/** Records have 20 blocks unless their writer was told otherwise. */
const FILLING_BLOCKS = 64;

/** Reads a tar archive (v7, ustar, GNU, pax) member by member. */
export async function readTar(feed: ByteFeed, members: ArchiveMembers, take: TakeContent): Promise<void> {
  let pax = new Map<string, string>();
  const globals = new Map<string, string>();
  let longName: string | undefined;
  let longLink: string | undefined;
  let blanks = 0;

  while (blanks < 2) {
    const block = await feed.take(TAR_BLOCK);
    // Some writers leave out the closing blocks.
    if (block.length === 0) return;
    if (block.every((byte) => byte === 0)) {
      blanks += 1;
      continue;
    }
    blanks = 0;
    const header = parseTarHeader(block);
    if (!header) {
      members.damaged(`No member's header where one must stand (byte ${feed.position - block.length}).`);
      return;
    }
    if ('xgLK'.includes(header.type)) {
      if (header.size > METADATA_LIMIT) {
        members.damaged('The attributes of a member are over their limit.');
        return;
      }
      const bytes = await feed.take(header.size);
      await feed.skip(padding(header.size));
      if (header.type === 'L') longName = withoutNul(bytes);
      else if (header.type === 'K') longLink = withoutNul(bytes);
      else if (header.type === 'x') pax = parsePax(bytes);
      else for (const [key, value] of parsePax(bytes)) globals.set(key, value);
      continue;
    }
    if (!members.hasRoom()) return;
    const attribute = (key: string): string | undefined => pax.get(key) ?? globals.get(key);
    const entry: TarHeader = {
      type: header.type,
      name: attribute('path') ?? longName ?? header.name,
      linkName: attribute('linkpath') ?? longLink ?? header.linkName,
      size: sizeOf(attribute('size')) ?? header.size,
    };
    const isSparse = [...pax.keys()].some((key) => key.startsWith('GNU.sparse.'));
    const next = feed.position + dataBytes(entry);
    await addMember(isSparse ? { ...entry, type: 'S' } : entry, members, take);
    const border = next + padding(dataBytes(entry));
    if (border > feed.position) await feed.skip(border - feed.position);
    if (feed.position < border) {
      members.damaged('The archive ends early.');
      return;
    }
    pax = new Map();
    longName = undefined;
    longLink = undefined;
  }
  await lookBehindEnd(feed, members);
}

/** Writers fill the last record of an archive with blank blocks; anything else there is what blanks cut off. */
async function lookBehindEnd(feed: ByteFeed, members: ArchiveMembers): Promise<void> {
  for (let i = 0; i < FILLING_BLOCKS; i++) {
    const block = await feed.take(TAR_BLOCK);
    if (block.length === 0) return;
    if (block.every((byte) => byte === 0)) continue;
    members.damaged('Something stands behind the blank blocks that end the archive.');
    return;
  }
}

async function addMember(entry: TarHeader, members: ArchiveMembers, take: TakeContent): Promise<void> {
  const path = members.accept(entry.name);
  if (path === undefined) return;
  switch (entry.type) {
    case '0':
    case '7':
      if (entry.name.endsWith('/')) members.addFolder(path);
      else {
        const content = await take(entry.name, entry.size);
        if (content) members.addFile(path, content);
      }
      return;
    case '5':
    case 'D':
      members.addFolder(path);
      return;
    case '1':
    case '2':
      members.addLink(path, entry.linkName, entry.type === '1');
      return;
    case 'S':
      members.refuse(entry.name, 'Sparse files');
      return;
    default:
      members.refuse(entry.name, 'Members that are no plain file');
  }
}

/** Links and folders carry no data even when their header gives a size. */
function dataBytes(entry: TarHeader): number {
  return '12345'.includes(entry.type) ? 0 : entry.size;
}

function padding(size: number): number {
  return (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
}

function withoutNul(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}

function sizeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
