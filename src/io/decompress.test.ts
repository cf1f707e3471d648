import { spawnSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ByteFile } from './byte-source.ts';
import { gunzip, unzstd, type ZstdDecoder } from './decompress.ts';
import { openBytes } from './memory-source.ts';
import { listZstdFrames } from './zstd-frames.ts';

async function collect(parts: AsyncIterable<Buffer>): Promise<string> {
  const all: Buffer[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all).toString();
}

// Made by `zstd -19`: "hello\n" five times without checksum, nothing, and "world\n" with checksum.
const HELLO = Buffer.from('28b52ffd00686500003068656c6c6f0a0100014b11', 'hex');
const NOTHING = Buffer.from('28b52ffd240001000099e9d851', 'hex');
const WORLD = Buffer.from('28b52ffd0468310000776f726c640aaa6e569f', 'hex');
const SKIPPABLE = Buffer.from('5a2a4d1803000000414243', 'hex');
const TEXT = `${'hello\n'.repeat(5)}world\n`;

const frames = (...parts: Buffer[]): ByteFile => openBytes(Buffer.concat(parts));

/** The command and Node's own decoder are not everywhere; the one in JavaScript is. */
const decoders: ZstdDecoder[] = ['script'];
if (spawnSync('zstd', ['--version']).status === 0) decoders.push('command');
if (Reflect.has(await import('node:zlib'), 'createZstdDecompress')) decoders.push('node');

describe('unpacking', () => {
  it('reads a gzip file of several members', async () => {
    const file = openBytes(Buffer.concat([gzipSync('one '), gzipSync('two')]));
    expect(await collect(gunzip(file))).toBe('one two');
  });

  it('finds the frames of a zstd file', async () => {
    const found = [];
    for await (const frame of listZstdFrames(frames(HELLO, SKIPPABLE, NOTHING, WORLD))) found.push(frame);
    const second = HELLO.length + SKIPPABLE.length;
    expect(found).toEqual([
      { start: 0, end: HELLO.length },
      { start: second, end: second + NOTHING.length },
      { start: second + NOTHING.length, end: second + NOTHING.length + WORLD.length },
    ]);
  });

  it.each(decoders)('reads all frames of a zstd file, by %s', async (decoder) => {
    expect(await collect(unzstd(frames(HELLO, WORLD), [decoder]))).toBe(TEXT);
    expect(await collect(unzstd(frames(HELLO, SKIPPABLE, WORLD), [decoder]))).toBe(TEXT);
  });

  it.each(decoders)('throws for a zstd file that ends early, by %s', async (decoder) => {
    await expect(collect(unzstd(frames(HELLO.subarray(0, -4)), [decoder]))).rejects.toThrow();
    await expect(collect(unzstd(frames(HELLO, WORLD.subarray(0, 12)), [decoder]))).rejects.toThrow();
  });

  it('may be left early', async () => {
    const large = gzipSync(Buffer.alloc(5_000_000, 'x'));
    for await (const part of gunzip(openBytes(large))) {
      expect(part.length).toBeGreaterThan(0);
      break;
    }
  });
});
