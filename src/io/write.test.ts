import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../test/support/temporary-folder.ts';
import { openFileWriter, writeFileAtomic, writeJsonArray, writeJsonStream } from './write.ts';

describe('writing', () => {
  it('makes folders and leaves no temporary file', async () => {
    const folder = await makeTemporaryFolder();
    const path = join(folder, 'a', 'b', 'c.txt');
    await writeFileAtomic(path, 'one');
    await writeFileAtomic(path, new Uint8Array([0x74, 0x77, 0x6f]));
    expect(await readFile(path, 'utf8')).toBe('two');
    expect(await readdir(join(folder, 'a', 'b'))).toEqual(['c.txt']);
  });

  it('shows nothing before it is closed, and nothing of an aborted or failed write', async () => {
    const folder = await makeTemporaryFolder();
    const path = join(folder, 'f');
    await writeFile(path, 'old');
    const writer = await openFileWriter(path);
    await writer.write('new'.repeat(400_000));
    expect(await readFile(path, 'utf8')).toBe('old');
    await writer.abort();
    function* failing(): Generator<string> {
      yield '[';
      throw new Error('no more');
    }
    await expect(writeJsonStream(path, failing())).rejects.toThrow('no more');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['f']);
  });

  it('says what can not be written', async () => {
    const folder = await makeTemporaryFolder();
    await writeFile(join(folder, 'file'), '');
    await mkdir(join(folder, 'taken', 'by'), { recursive: true });
    await expect(writeFileAtomic(join(folder, 'file', 'x'), '')).rejects.toMatchObject({
      code: 'unwritable',
    });
    await expect(writeFileAtomic(join(folder, 'taken'), '')).rejects.toMatchObject({ code: 'unwritable' });
    expect(await readdir(folder)).toEqual(['file', 'taken']);
  });

  it('writes an array item by item', async () => {
    const folder = await makeTemporaryFolder();
    const path = join(folder, 'a.json');
    await writeJsonArray(path, []);
    expect(await readFile(path, 'utf8')).toBe('[]\n');
    const items = Array.from({ length: 3000 }, (_, id) => ({ id, text: '\ud83d and 😀'.repeat(50) }));
    await writeJsonArray(path, items);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(items);
  });

  it('takes pieces from an asynchronous source too', async () => {
    const folder = await makeTemporaryFolder();
    const path = join(folder, 'a.json');
    async function* pieces(): AsyncGenerator<string> {
      yield '["';
      for (let i = 0; i < 10_000; i++) yield 'é'.repeat(100);
      yield '\ud83d';
      yield '\ude00"]';
    }
    await writeJsonStream(path, pieces());
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual([`${'é'.repeat(1_000_000)}😀`]);
  });

  it('escapes lone surrogates and keeps pairs, wherever the pieces are cut', async () => {
    const folder = await makeTemporaryFolder();
    const path = join(folder, 's.json');
    const units = fc.array(fc.constantFrom('a', '\ud83d', '\ude00', '😀', 'é'), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(units, async (parts) => {
        await writeJsonStream(path, ['"', ...parts, '"']);
        const bytes = await readFile(path);
        expect(bytes.toString('utf8')).not.toContain('\ufffd');
        expect(JSON.parse(bytes.toString('utf8'))).toBe(parts.join(''));
      }),
      { numRuns: 100 },
    );
  });
});
