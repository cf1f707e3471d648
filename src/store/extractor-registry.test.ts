import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder } from '../../test/support/temporary-folder.ts';
import type { ExtractorSpec } from '../evolve/spec/spec.ts';
import {
  addVersion,
  type ExtractorRegistry,
  findEntry,
  listActiveSpecs,
  listExtractors,
  openRegistry,
  promoteVersion,
  readExtractor,
  removeExtractor,
} from './extractor-registry.ts';

function makeSpec(name: string, title = 'Lines of an invented agent'): ExtractorSpec {
  return {
    version: 1,
    name,
    title,
    source: { unit: 'jsonl' },
    rules: [{ role: 'call', tool: { is: 'bash' }, command: 'cmd', result: { text: ['out'] } }],
    fingerprint: { records: [['cmd', 'out']], kinds: [], document: [] },
  };
}

const add = (registry: ExtractorRegistry, name: string, title?: string) =>
  addVersion(registry, {
    spec: makeSpec(name, title),
    validation: { accepted: true, reasons: ['all calls are paired'], score: 0.9, measures: { paired: 1 } },
    provenance: {
      origin: 'inferred',
      learntAt: '2026-03-01T10:00:00.000Z',
      tool: '0.0.0',
      learntFrom: [{ name: 'a.jsonl', bytes: 12, digest: 'ab' }],
      heldOut: [],
    },
  });

async function open(): Promise<ExtractorRegistry> {
  return openRegistry(await makeTemporaryFolder());
}

describe('registry of extractors', () => {
  it('is empty before anything was learnt', async () => {
    const registry = openRegistry(join(await makeTemporaryFolder(), 'not', 'there'));
    expect(await listExtractors(registry)).toEqual([]);
    expect(await listActiveSpecs(registry)).toEqual([]);
  });

  it('counts versions within a name and changes none that is there', async () => {
    const registry = await open();
    const first = await add(registry, 'acme');
    const text = await readFile(join(registry.folder, 'acme/1.json'), 'utf8');
    const second = await add(registry, 'acme', 'Lines of a newer version');
    await add(registry, 'other');
    expect([first.version, second.version]).toEqual([1, 2]);
    expect(first.fingerprint).toBe(second.fingerprint);
    expect(await readFile(join(registry.folder, 'acme/1.json'), 'utf8')).toBe(text);
    const all = await listExtractors(registry);
    expect(all.map(({ name, versions }) => [name, versions.length])).toEqual([
      ['acme', 2],
      ['other', 1],
    ]);
  });

  it('lets only promoted versions read, and keeps the ones before', async () => {
    const registry = await open();
    const first = await add(registry, 'acme', 'first');
    const second = await add(registry, 'acme', 'second');
    expect(await listActiveSpecs(registry)).toEqual([]);
    await promoteVersion(registry, first);
    expect((await listActiveSpecs(registry)).map(({ title }) => title)).toEqual(['first']);
    await promoteVersion(registry, second);
    expect((await listActiveSpecs(registry)).map(({ title }) => title)).toEqual(['second']);
    expect((await findEntry(registry, 'acme')).version).toBe(2);
    expect((await findEntry(registry, 'learnt:acme@1')).spec.title).toBe('first');
  });

  it('counts on from the highest version that is there', async () => {
    const registry = await open();
    await add(registry, 'acme');
    const second = await add(registry, 'acme');
    await promoteVersion(registry, second);
    await removeExtractor(registry, 'acme', 1);
    expect((await readExtractor(registry, 'acme')).versions.map(({ version }) => version)).toEqual([2]);
    expect((await add(registry, 'acme')).version).toBe(3);
    await removeExtractor(registry, 'acme', 2);
    expect((await readExtractor(registry, 'acme')).active).toBeUndefined();
    await removeExtractor(registry, 'acme');
    expect(await listExtractors(registry)).toEqual([]);
  });

  it('says which files are damaged and reads past them', async () => {
    const registry = await open();
    const { spec, ...rest } = await add(registry, 'acme');
    const folder = join(registry.folder, 'acme');
    await writeFile(join(folder, '2.json'), '{"schema"');
    await writeFile(join(folder, '3.json'), JSON.stringify({ ...rest, version: 4, spec }));
    await writeFile(join(folder, '5.json'), JSON.stringify({ ...rest, version: 5, spec, extra: 1 }));
    await writeFile(
      join(folder, '6.json'),
      JSON.stringify({ ...rest, version: 6, spec: makeSpec('another') }),
    );
    await mkdir(join(registry.folder, 'Not A Name'));
    const { versions, damaged } = await readExtractor(registry, 'acme');
    expect(versions.map(({ version }) => version)).toEqual([1]);
    expect(damaged.toSorted()).toEqual(['2.json', '3.json', '5.json', '6.json']);
    expect((await add(registry, 'acme')).version).toBe(7);
  });

  it.each(['', '..', '../other', 'a/b', 'A', 'a'.repeat(61), 'x@1'])('refuses the name %j', async (name) => {
    const registry = await open();
    await expect(removeExtractor(registry, name)).rejects.toMatchObject({ code: 'usage' });
    await expect(readExtractor(registry, name)).rejects.toMatchObject({ code: 'usage' });
  });

  it('names what there is when asked for what there is not', async () => {
    const registry = await open();
    await add(registry, 'acme');
    await expect(findEntry(registry, 'other')).rejects.toMatchObject({ hint: 'known: acme' });
    await expect(findEntry(registry, 'acme@7')).rejects.toMatchObject({ hint: 'versions of acme: 1' });
  });
});
