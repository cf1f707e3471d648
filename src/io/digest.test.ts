import { describe, expect, it } from 'vitest';
import { digestArtifact } from './digest.ts';
import { createMemoryReader } from './open-reader.ts';

const MIB = 1024 * 1024;
const digestOf = (content: string | Uint8Array) => digestArtifact(createMemoryReader({ f: content }), 'f');

describe('digestArtifact', () => {
  it('depends on the content, not on the name or place', async () => {
    const digest = await digestOf('content');
    expect(digest).toMatch(/^[0-9a-f]{12}$/);
    const moved = createMemoryReader({ 'x/y/other.json': 'content' });
    expect(await digestArtifact(moved, 'x/y/other.json')).toBe(digest);
    expect(await digestArtifact(moved.at('x'), 'y/other.json')).toBe(digest);
    expect(await digestOf('Content')).not.toBe(digest);
    expect(await digestArtifact(moved, 'x/nowhere')).toBeUndefined();
    expect(await digestArtifact(moved, '../out')).toBeUndefined();
  });

  it('sees the size, the beginning and the end of a large file', async () => {
    const bytes = Buffer.alloc(3 * MIB, 'a');
    const digests = [await digestOf(bytes), await digestOf(bytes.subarray(1))];
    for (const at of [0, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = 0x62;
      digests.push(await digestOf(changed));
    }
    expect(new Set(digests).size).toBe(4);
  });

  it('tells folders apart by names, sizes and beginnings, below the top too', async () => {
    const base = { 'run/a/1.json': 'one', 'run/b.json': 'two' };
    const digest = (files: Record<string, string>) => digestArtifact(createMemoryReader(files), 'run');
    const digests = await Promise.all([
      digest(base),
      digest({ ...base, 'run/a/2.json': '' }),
      digest({ ...base, 'run/a/1.json': 'ONE' }),
      digest({ 'run/a/1.json': 'one', 'run/c.json': 'two' }),
    ]);
    expect(new Set(digests).size).toBe(4);
    const elsewhere = createMemoryReader({ 'x/a/1.json': 'one', 'x/b.json': 'two' });
    expect(await digestArtifact(elsewhere, 'x')).toBe(digests[0]);
  });
});
