import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CodetracerError } from '../../src/base/error.ts';
import {
  addVersion,
  findEntry,
  listActiveSpecs,
  listExtractors,
  promoteVersion,
} from '../../src/store/extractor-registry.ts';
import { specOf } from '../evolve/support.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { BYTE_MUTATIONS } from './mutate-bytes.ts';
import { mutateValue, VALUE_MUTATIONS } from './mutate-json.ts';
import { Random } from './random.ts';

const ROUNDS = 3;

const SPEC = specOf({
  name: 'acts',
  rules: [
    { role: 'call', tool: { path: 'tool' }, args: 'args', id: 'id' },
    { role: 'result', text: ['out'], id: 'of' },
  ],
});

async function makeRegistry(): Promise<{ folder: string; text: string }> {
  const folder = await makeTemporaryFolder();
  const entry = await addVersion(
    { folder },
    {
      spec: SPEC,
      validation: { accepted: true, reasons: [], score: 1, measures: {} },
      provenance: {
        origin: 'file',
        learntAt: '2026-01-02T03:04:05.000Z',
        tool: '0.0.0',
        learntFrom: [],
        heldOut: [],
      },
    },
  );
  await promoteVersion({ folder }, entry);
  return { folder, text: `${JSON.stringify(entry, undefined, 2)}\n` };
}

function* damageEntry(text: string): Generator<{ what: string; bytes: Buffer }> {
  const random = new Random(7);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [what, mutate] of Object.entries(BYTE_MUTATIONS))
      yield { what, bytes: mutate(Buffer.from(text), random) };
    for (const [kind, mutate] of Object.entries(VALUE_MUTATIONS)) {
      const mutated = mutateValue(text, mutate, random);
      if (mutated) yield { what: `${kind} at ${mutated.at}`, bytes: Buffer.from(mutated.text) };
    }
  }
}

describe('a damaged registry of extractors', () => {
  it('lists a version that cannot be read as damaged, and lets no damaged spec read anything', async () => {
    const { folder, text } = await makeRegistry();
    let refused = 0;
    for (const { what, bytes } of damageEntry(text)) {
      await writeFile(join(folder, 'acts', '1.json'), bytes);
      const [known] = await listExtractors({ folder });
      const active = await listActiveSpecs({ folder });
      const isDamaged = known?.damaged.length === 1;
      expect(known?.versions.length, what).toBe(isDamaged ? 0 : 1);
      expect(active.length, what).toBe(isDamaged ? 0 : 1);
      if (!isDamaged) continue;
      refused++;
      await expect(findEntry({ folder }, 'acts'), what).rejects.toBeInstanceOf(CodetracerError);
    }
    expect(refused).toBeGreaterThan(ROUNDS * 10);
  });

  it('passes over whatever else lies there, and an active version that is none', async () => {
    const { folder } = await makeRegistry();
    await mkdir(join(folder, 'empty'));
    await mkdir(join(folder, '..evil'));
    await mkdir(join(folder, 'odd', '1.json'), { recursive: true });
    await writeFile(join(folder, 'a-file'), 'no folder');
    expect((await listExtractors({ folder })).map(({ name, damaged }) => [name, damaged])).toEqual([
      ['acts', []],
      ['odd', ['1.json']],
    ]);
    for (const active of ['', '-1', '1e3', '9', '../1', '\u0000', 'NaN', '1\n1']) {
      await writeFile(join(folder, 'acts', 'active'), active);
      expect(await listActiveSpecs({ folder }), active).toEqual([]);
    }
  });
});
