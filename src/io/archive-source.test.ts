import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, gzipSync } from 'node:zlib';
import { packTar, type TarEntry } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../test/support/temporary-folder.ts';
import type { ArchiveLimits } from './archive-limits.ts';
import { type ArchiveSource, createArchiveSource, isArchive, openArchive } from './archive-source.ts';
import { openBytes } from './memory-source.ts';
import { createSourceReader } from './source-reader.ts';
import { walk } from './walk.ts';

const open = (
  bytes: Uint8Array,
  limits: Partial<ArchiveLimits> = {},
  name = 'a.tar',
): Promise<ArchiveSource> => openArchive(name, async () => openBytes(bytes), limits);

async function tarOf(
  entries: readonly { header: Partial<TarEntry['header']>; body?: string }[],
): Promise<Buffer> {
  return Buffer.from(
    await packTar(
      entries.map(({ header, body }) => ({
        header: { name: '', size: Buffer.byteLength(body ?? ''), type: 'file', ...header },
        ...(body === undefined ? {} : { body }),
      })),
    ),
  );
}

async function contents(source: ArchiveSource): Promise<Record<string, string>> {
  const reader = createSourceReader(source);
  const found: Record<string, string> = {};
  for await (const { path, entries } of walk(source)) {
    for (const { name, kind } of entries) {
      const place = path === '' ? name : `${path}/${name}`;
      if (kind === 'file') found[place] = (await reader.text(place))?.text ?? '?';
    }
  }
  return found;
}

/** A folder with a long name, a link and a nested file, packed by the system's own tools. */
async function makeFolder(): Promise<{ folder: string; expected: Record<string, string> }> {
  const folder = await makeTemporaryFolder();
  const long = `${'long-'.repeat(40)}é.txt`;
  await mkdir(join(folder, 'run', 'deep', 'er'), { recursive: true });
  await mkdir(join(folder, 'run', 'hollow'));
  await writeFile(join(folder, 'run', 'log.jsonl'), '{"a":1}\n'.repeat(100_000));
  await writeFile(join(folder, 'run', 'deep', 'er', long), 'nested');
  await symlink('deep/er', join(folder, 'run', 'way'));
  await symlink(`deep/er/${long}`, join(folder, 'run', 'link.txt'));
  return {
    folder,
    expected: {
      'run/log.jsonl': '{"a":1}\n'.repeat(100_000),
      [`run/deep/er/${long}`]: 'nested',
      'run/link.txt': 'nested',
    },
  };
}

/** A zip archive of one member whose data is given as packed. */
function zipOf(name: string, method: number, packed: Buffer, size: number, checksum: number): Buffer {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(method, 4);
  common.writeUInt32LE(checksum, 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(size, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
  const rest = Buffer.alloc(14);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, rest, Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

const hasZstd = (() => {
  try {
    execFileSync('zstd', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

const PACKINGS = [['--format=gnu'], ['--format=pax'], ['--gzip'], ...(hasZstd ? [['--zstd']] : [])];

describe('an archive as a source', () => {
  it.each(PACKINGS)('reads what tar %s packs, whatever its name', async (...flags) => {
    const { folder, expected } = await makeFolder();
    const path = join(folder, 'a.bin');
    execFileSync('tar', [...flags, '-cf', path, '-C', folder, 'run']);
    expect(await isArchive(path)).toBe(true);
    expect(await isArchive(join(folder, 'run', 'log.jsonl'))).toBe(false);
    const source = await createArchiveSource(path);
    expect(await contents(source)).toEqual(expected);
    const { entries } = await source.list('run');
    expect(entries.map((entry) => entry.name)).toEqual(['deep', 'hollow', 'link.txt', 'log.jsonl']);
    // The link to a folder is the one thing that is left out.
    expect(source.diagnostics).toMatchObject([{ code: 'refused-entry' }]);
  });

  it('reads zip', async () => {
    const { folder, expected } = await makeFolder();
    const path = join(folder, 'a.bin');
    const script = [
      'import sys, zipfile, os',
      'z = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)',
      'os.chdir(sys.argv[2])',
      'for base, dirs, files in os.walk("run"):',
      '  for d in dirs: z.write(os.path.join(base, d))',
      '  for f in files:',
      '    p = os.path.join(base, f)',
      '    if os.path.islink(p):',
      '      i = zipfile.ZipInfo(p); i.create_system = 3; i.external_attr = 0o120777 << 16',
      '      z.writestr(i, os.readlink(p))',
      '    else: z.write(p)',
      'z.writestr("../evil.txt", "x"); z.writestr("/abs.txt", "x"); z.close()',
    ].join('\n');
    execFileSync('python3', ['-c', script, path, folder]);
    const source = await createArchiveSource(path);
    expect(await contents(source)).toEqual(expected);
    expect(source.diagnostics).toMatchObject([{ code: 'refused-entry', count: 2 }]);
  });

  it('reads zip members that are packed with zstd, and no damaged ones', async () => {
    const text = 'hello\n'.repeat(5);
    const packed = Buffer.from('28b52ffd00686500003068656c6c6f0a0100014b11', 'hex');
    const zip = zipOf('a.json', 93, packed, text.length, crc32(text));
    expect(await contents(await open(zip))).toEqual({ 'a.json': text });
    for (const size of [3, 300]) {
      const damaged = open(zipOf('a.json', 93, packed, size, crc32(text)));
      await expect(damaged).rejects.toMatchObject({ code: 'unreadable' });
    }
    await expect(open(zipOf('a.json', 93, packed, text.length, 1))).rejects.toThrow('wrong checksum');
    const unknown = await open(zipOf('a.json', 97, packed, text.length, crc32(text)));
    expect(unknown.diagnostics).toMatchObject([{ code: 'refused-entry' }]);
  });

  it('reads a file that is packed alone', async () => {
    const source = await open(gzipSync('{"a":1}\n'), {}, 'x.jsonl.gz');
    expect(await contents(source)).toEqual({ 'x.jsonl': '{"a":1}\n' });
  });

  it('refuses names and links that leave the archive, and devices', async () => {
    const bytes = await tarOf([
      { header: { name: '../up.txt' }, body: 'x' },
      { header: { name: '/etc/passwd' }, body: 'x' },
      { header: { name: 'a/../../b' }, body: 'x' },
      { header: { name: 'out', type: 'symlink', linkname: '../../etc/passwd' } },
      { header: { name: 'abs', type: 'symlink', linkname: '/etc/passwd' } },
      { header: { name: 'pipe', type: 'fifo' } },
      { header: { name: 'loop', type: 'symlink', linkname: 'pool' } },
      { header: { name: 'pool', type: 'symlink', linkname: 'loop' } },
      { header: { name: 'ok.txt' }, body: 'first' },
      { header: { name: './ok.txt' }, body: 'last' },
      { header: { name: 'hard', type: 'link', linkname: 'ok.txt' } },
    ]);
    const source = await open(bytes);
    expect(await contents(source)).toEqual({ hard: 'last', 'ok.txt': 'last' });
    expect(source.diagnostics).toMatchObject([
      { code: 'refused-entry', count: 3, place: { artifact: 'a.tar/../up.txt' } },
      { code: 'refused-entry', count: 2 },
      { code: 'refused-entry' },
      { code: 'refused-entry', count: 2 },
    ]);
  });

  it('keeps what is complete of a damaged archive', async () => {
    const bytes = await tarOf([
      { header: { name: 'a' }, body: 'a'.repeat(2000) },
      { header: { name: 'b' }, body: Array.from({ length: 9000 }, (_, i) => `${i * 7919}`).join() },
    ]);
    const packed = gzipSync(bytes);
    for (const cut of [bytes.subarray(0, 5000), packed.subarray(0, packed.length - 2000)]) {
      const source = await open(cut);
      expect(Object.keys(await contents(source))).toEqual(['a']);
      expect(source.diagnostics).toMatchObject([{ code: 'damaged-archive' }]);
    }
    await expect(open(packed.subarray(0, 100))).rejects.toMatchObject({ code: 'unreadable' });
    await expect(open(Buffer.from('PK\x03\x04 but no zip'))).rejects.toMatchObject({ code: 'unreadable' });
    await expect(open(Buffer.from('plain text'))).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('never throws anything but its own error, wherever an archive is cut', async () => {
    const bytes = await tarOf([{ header: { name: 'folder/a' }, body: 'a'.repeat(600) }]);
    for (let cut = 0; cut < bytes.length; cut += 37) {
      await open(bytes.subarray(0, cut)).catch((error: unknown) =>
        expect(error).toMatchObject({ name: 'CodetracerError', code: 'unreadable' }),
      );
    }
  });

  it('reads again from the archive what is over the memory limit, in ranges and back and forth', async () => {
    const body = Array.from({ length: 30_000 }, (_, line) => `line ${line}`).join('\n');
    const members = [
      { header: { name: 'small' }, body: 'x' },
      { header: { name: 'big' }, body },
      { header: { name: 'last' }, body: 'y' },
    ];
    const source = await open(gzipSync(await tarOf(members)), { keptBytes: 100_000 });
    expect(await contents(source)).toEqual({ small: 'x', big: body, last: 'y' });
    expect(source.diagnostics).toEqual([]);
    const file = await source.open('big');
    for (const [from, length] of [
      [200_000, 50],
      [250_000, 9],
      [0, 20],
      [body.length - 5, 100],
      [body.length, 10],
    ] as const) {
      const bytes = await file?.read(from, length);
      expect(Buffer.from(bytes ?? []).toString()).toBe(body.slice(from, from + length));
    }
    await file?.close();
    const alone = await open(gzipSync(body), { keptBytes: 100_000 });
    expect(Object.values(await contents(alone))).toEqual([body]);
  });

  it('gives no member over the memory limit that the archive only promises', async () => {
    const bytes = await tarOf([
      { header: { name: 'small' }, body: 'x' },
      { header: { name: 'big' }, body: '0'.repeat(300_000) },
    ]);
    const source = await open(gzipSync(bytes.subarray(0, 200_000)), { keptBytes: 100_000 });
    expect(await contents(source)).toEqual({ small: 'x' });
    expect(source.diagnostics).toMatchObject([{ code: 'damaged-archive' }]);
  });

  it('stops bombs', async () => {
    const bytes = await tarOf([
      { header: { name: 'big' }, body: '0'.repeat(300_000) },
      { header: { name: 'small' }, body: 'x' },
    ]);
    const packed = gzipSync(bytes);
    await expect(open(packed, { unpackedBytes: 100_000 })).rejects.toMatchObject({ code: 'unreadable' });
    await expect(open(packed, { ratio: 10, ratioFrom: 10_000 })).rejects.toMatchObject({
      code: 'unreadable',
    });
    const few = await open(bytes, { members: 1 });
    expect(Object.keys(await contents(few))).toEqual(['big']);
    expect(few.diagnostics).toMatchObject([{ code: 'limit-reached' }]);
  });

  it('reads members of a plain tar where they stand, in ranges', async () => {
    const folder = await makeTemporaryFolder();
    const path = join(folder, 'a.tar');
    const body = 'line\n'.repeat(1000);
    await writeFile(
      path,
      await tarOf([
        { header: { name: 'd/f' }, body },
        { header: { name: 'g' }, body: 'g' },
      ]),
    );
    const source = await createArchiveSource(path, { keptBytes: 0 });
    const file = await source.open('d/f');
    expect(Buffer.from((await file?.read(4991, 500)) ?? []).toString()).toBe('ine\nline\n');
    await file?.close();
    expect(await contents(source)).toEqual({ 'd/f': body, g: 'g' });
    expect(source.diagnostics).toEqual([]);
  });
});
