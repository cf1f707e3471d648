import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeDocumentSchema } from '../../src/query/schemas.ts';
import { captureCli } from '../support/run-cli.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A session of an agent that nobody wrote an extractor for. `rename` changes the names of its fields. */
function session(number: number, rename: (line: string) => string = (line) => line): string {
  const lines: object[] = [
    { kind: 'begin', prompt: `Please find out why build number ${number} fails and mend it.`, at: 1_000 },
  ];
  for (let turn = 0; turn < 6 + number; turn++) {
    const key = `k${turn}`;
    lines.push(
      { kind: 'thought', text: `File ${turn} may say more about the failing build.`, at: 1_010 + 10 * turn },
      {
        kind: 'action',
        key,
        tool: 'shell',
        args: { command: `cat notes-${turn}.txt` },
        at: 1_011 + 10 * turn,
      },
      { kind: 'observation', key, output: `line one of ${turn}\nline two of ${turn}`, at: 1_012 + 10 * turn },
    );
  }
  return lines.map((line) => rename(JSON.stringify(line))).join('\n');
}

async function layRuns(folder: string, rename?: (line: string) => string): Promise<string> {
  const runs = join(folder, 'runs');
  await mkdir(runs, { recursive: true });
  for (const number of [1, 2, 3, 4]) await writeFile(join(runs, `s${number}.jsonl`), session(number, rename));
  return runs;
}

describe('extractor', () => {
  it('learns to read an unknown format, and analysis reads it from then on', async () => {
    const folder = await makeTemporaryFolder();
    const runs = await layRuns(folder);
    const registry = ['--extractors', join(folder, 'registry')];
    const before = await captureCli('analyze', runs, '--json', '--no-files', ...registry);
    expect(before.code).toBe(4);

    const learnt = await captureCli('extractor', 'learn', 'acme', runs, '--json', ...registry);
    expect(learnt.code).toBe(0);
    expect(JSON.parse(learnt.stdout)).toMatchObject({
      promoted: true,
      samples: { learnt: 3, heldOut: 1 },
      verdict: { decision: 'accept', heldOut: { paired: 1 } },
      entry: { version: 1, provenance: { origin: 'inferred' } },
    });

    const { code, stdout } = await captureCli('analyze', runs, '--json', '--no-files', ...registry);
    expect(code).toBe(0);
    const document = analyzeDocumentSchema.parse(JSON.parse(stdout));
    expect(document.runs.map(({ format, steps }) => [format, steps])).toEqual([
      ['learnt:acme', 7],
      ['learnt:acme', 8],
      ['learnt:acme', 9],
      ['learnt:acme', 10],
    ]);
    const shown = await captureCli('show', join(runs, 's1.jsonl'), '2', '--json', ...registry);
    expect(JSON.parse(shown.stdout).steps[0]).toMatchObject({
      tool: 'shell',
      thought: 'File 1 may say more about the failing build.',
      observation: 'line one of 1\nline two of 1',
    });
    const without = await captureCli('analyze', runs, '--json', '--no-files', '--no-extractors');
    expect(without.code).toBe(4);
  });

  it('keeps what rests on measures alone until somebody promotes it', async () => {
    const folder = await makeTemporaryFolder();
    const registry = ['--extractors', join(folder, 'registry')];
    const names: Record<string, string> = {
      kind: 'f1',
      begin: 'v1',
      thought: 'v2',
      action: 'v3',
      observation: 'v4',
      prompt: 'f2',
      text: 'f3',
      key: 'f4',
      tool: 'f5',
      args: 'f6',
      command: 'f7',
      output: 'f8',
      at: 'f9',
    };
    const runs = await layRuns(folder, (line) =>
      line.replace(/"(\w+)"/g, (whole, name: string) =>
        name in names ? JSON.stringify(names[name]) : whole,
      ),
    );
    const learnt = await captureCli('extractor', 'learn', 'acme', runs, ...registry);
    expect(learnt.code).toBe(0);
    expect(learnt.stdout).toContain('measures alone');
    const analyze = async (): Promise<number> =>
      (await captureCli('analyze', runs, '--json', '--no-files', ...registry)).code;
    expect(await analyze()).toBe(4);
    await captureCli('extractor', 'promote', 'acme@1', ...registry);
    expect(await analyze()).toBe(0);
  });

  it('learns anew when the format has changed, and keeps the version before', async () => {
    const folder = await makeTemporaryFolder();
    const registry = ['--extractors', join(folder, 'registry')];
    await captureCli('extractor', 'learn', 'acme', await layRuns(folder), ...registry);
    const changed = await layRuns(join(folder, 'changed'), (line) =>
      line.replace('"output"', '"result"').replace('"observation"', '"returned"'),
    );
    const test = await captureCli('extractor', 'test', 'acme', changed, ...registry);
    expect(test.code).toBe(1);
    expect(test.stdout).toContain('codetracer extractor learn acme');

    const again = await captureCli('extractor', 'learn', 'acme', changed, '--json', ...registry);
    expect(JSON.parse(again.stdout)).toMatchObject({
      promoted: true,
      entry: { version: 2, provenance: { parent: 1 } },
    });
    expect((await captureCli('extractor', 'test', 'acme', changed, ...registry)).code).toBe(0);
    expect((await captureCli('extractor', 'test', 'acme@1', join(folder, 'runs'), ...registry)).code).toBe(0);

    const list = async (): Promise<unknown> =>
      JSON.parse((await captureCli('extractor', 'list', '--json', ...registry)).stdout).extractors;
    expect(await list()).toMatchObject([
      { name: 'acme', active: 2, versions: [{ version: 1 }, { version: 2 }] },
    ]);
    await captureCli('extractor', 'promote', 'acme@1', ...registry);
    expect(await list()).toMatchObject([{ active: 1 }]);
    await captureCli('extractor', 'remove', 'acme@1', ...registry);
    expect(await list()).toMatchObject([{ active: null, versions: [{ version: 2 }] }]);
    await captureCli('extractor', 'remove', 'acme', ...registry);
    expect(await list()).toEqual([]);
  });

  it('accepts nothing from files that hold no calls, and exits 4', async () => {
    const folder = await makeTemporaryFolder();
    const registry = join(folder, 'registry');
    const runs = join(folder, 'rows');
    await mkdir(runs);
    for (const name of ['a', 'b', 'c']) {
      const rows = Array.from({ length: 40 }, (_, row) =>
        JSON.stringify({ row, city: `city ${row}`, size: row * 7 }),
      );
      await writeFile(join(runs, `${name}.jsonl`), rows.join('\n'));
    }
    const { code, stdout } = await captureCli(
      'extractor',
      'learn',
      'rows',
      runs,
      '--json',
      '--extractors',
      registry,
    );
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ promoted: false });
    const analyzed = await captureCli('analyze', runs, '--json', '--no-files', '--extractors', registry);
    expect(analyzed.code).toBe(4);
  });

  it('does not learn what a format reads already, unless told', async () => {
    const folder = await makeTemporaryFolder();
    const registry = ['--extractors', join(folder, 'registry')];
    const example = join(ROOT, 'examples/failed-fix/trajs');
    const refused = await captureCli('extractor', 'learn', 'mini', example, ...registry);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('mini-swe-agent');
    const told = await captureCli('extractor', 'learn', 'mini', example, '--known', '--json', ...registry);
    expect(JSON.parse(told.stdout).samples.learnt).toBeGreaterThan(0);
  });

  it('takes a spec that somebody wrote, after the same validation, and refuses what is none', async () => {
    const folder = await makeTemporaryFolder();
    const registry = ['--extractors', join(folder, 'registry')];
    const runs = await layRuns(folder);
    await captureCli('extractor', 'learn', 'acme', runs, ...registry);
    const shown = await captureCli('extractor', 'show', 'acme', '--json', ...registry);
    const spec = join(folder, 'spec.json');
    await writeFile(spec, JSON.stringify(JSON.parse(shown.stdout).spec));
    const given = await captureCli('extractor', 'learn', 'copy', runs, '--spec', spec, '--json', ...registry);
    expect(JSON.parse(given.stdout)).toMatchObject({
      promoted: true,
      entry: { provenance: { origin: 'file' } },
    });

    await writeFile(
      spec,
      JSON.stringify({ ...JSON.parse(await readFile(spec, 'utf8')), script: 'rm -rf /' }),
    );
    const hostile = await captureCli('extractor', 'learn', 'bad', runs, '--spec', spec, ...registry);
    expect(hostile.code).toBe(2);
    expect(hostile.stderr).toContain('no extractor spec');
    const missing = await captureCli(
      'extractor',
      'learn',
      'bad',
      runs,
      '--spec',
      join(folder, 'no'),
      ...registry,
    );
    expect(missing.code).toBe(3);
  });

  it.each([
    [['show', 'nobody']],
    [['promote', 'nobody@3']],
    [['remove', '../../etc']],
    [['learn', 'Not A Name', 'examples']],
  ])('exits 2 for %j', async (words) => {
    const folder = await makeTemporaryFolder();
    const { code, stderr } = await captureCli('extractor', ...words, '--extractors', folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error /);
  });
});
