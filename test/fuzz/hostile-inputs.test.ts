import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { packTar, type TarEntry } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { makeRunId } from '../../src/app/run-id.ts';
import { type AnalyzeDocument, analyzeDocumentSchema } from '../../src/query/schemas.ts';
import { captureCli } from '../support/run-cli.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

/** A trajectory whose names try to leave the folder that they are written to. */
function trajectory(name = '../../../../escaped'): string {
  return JSON.stringify({
    trajectory_format: 'mini-swe-agent-1',
    instance_id: name,
    info: { exit_status: 'Submitted', submission: '', config: { agent: {}, model: { model_name: name } } },
    messages: [
      { role: 'system', content: 'You type commands.' },
      { role: 'user', content: 'Please list the files.' },
      { role: 'assistant', content: 'I look.\n\n```bash\nls\n```' },
      { role: 'user', content: '<returncode>0</returncode>\n<output>\nledger.py\n</output>' },
    ],
  });
}

/** Everything under a folder, links not followed, with the content of files. */
function snapshot(folder: string, without: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
    .filter(({ path }) => !path.startsWith(without))
    .map(
      ({ entry, path }) =>
        `${path} ${entry.isFile() ? readFileSync(path).toString('base64').slice(0, 200) : ''}`,
    )
    .sort();
}

/** Analyses an input that lies in a folder of its own, and checks that nothing but the output was written. */
async function analyzeIn(
  lay: (folder: string) => Promise<string>,
): Promise<AnalyzeDocument & { code: number; written: string[] }> {
  const folder = await makeTemporaryFolder();
  const input = await lay(folder);
  const out = join(folder, 'out');
  const before = snapshot(folder, out);
  const { code, stdout } = await captureCli('analyze', input, '--json', '--out', out);
  expect(snapshot(folder, out)).toEqual(before);
  const document = analyzeDocumentSchema.parse(JSON.parse(stdout));
  return {
    ...document,
    code,
    written: existsSync(out) ? readdirSync(out, { recursive: true }).map(String) : [],
  };
}

async function tar(
  entries: readonly { header: Partial<TarEntry['header']>; body?: string }[],
): Promise<Buffer> {
  const packed = await packTar(
    entries.map(({ header, body }) => ({
      header: { name: '', size: Buffer.byteLength(body ?? ''), type: 'file', ...header },
      ...(body === undefined ? {} : { body }),
    })),
  );
  return Buffer.from(packed);
}

/** More than the guard against bombs looks at before it compares sizes. */
const BOMB_BYTES = 150_000_000;

/** A run that goes on in spaces. */
function bomb(): Buffer {
  const begin = Buffer.from(`${trajectory().slice(0, -2)},`);
  return Buffer.concat([begin, Buffer.alloc(BOMB_BYTES, ' ')]);
}

/** A zip file with one member. */
function zipOf(name: string, content: Buffer): Buffer {
  const size = content.length;
  const packed = deflateRawSync(content, { level: 9 });
  const title = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(size, 22);
  local.writeUInt16LE(title.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt32LE(size, 24);
  central.writeUInt16LE(title.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + title.length, 12);
  end.writeUInt32LE(local.length + title.length + packed.length, 16);
  return Buffer.concat([local, title, packed, central, title, end]);
}

describe('hostile inputs', () => {
  it('reads what is sound of an archive whose other members try to leave it', async () => {
    const { runs, written, code } = await analyzeIn(async (folder) => {
      const input = join(folder, 'run.tar');
      const entries = [
        { header: { name: '../../escaped.traj.json' }, body: trajectory() },
        { header: { name: `${folder}/escaped.traj.json` }, body: trajectory() },
        { header: { name: 'link', type: 'symlink' as const, linkname: '/etc' } },
        { header: { name: 'hard.traj.json', type: 'link' as const, linkname: '../../etc/passwd' } },
        { header: { name: 'run/ledger-7.traj.json' }, body: trajectory('ledger-7') },
      ];
      await writeFile(input, await tar(entries));
      return input;
    });
    expect(code).toBe(0);
    expect(runs.map(({ path }) => path.endsWith('run/ledger-7.traj.json'))).toEqual([true]);
    const refused = runs[0]?.diagnostics.find((diagnostic) => diagnostic.code === 'refused-entry');
    expect(refused).toBeDefined();
    expect(written.every((path) => !path.includes('escaped'))).toBe(true);
  });

  it('stops at an archive that unpacks to far more than it holds', async () => {
    const { runs, failed, code } = await analyzeIn(async (folder) => {
      const input = join(folder, 'bomb.zip');
      await writeFile(input, zipOf('run/ledger-7.traj.json', bomb()));
      return input;
    });
    expect(runs).toEqual([]);
    expect([code, failed.map(({ code }) => code)]).toEqual([3, ['unreadable']]);
  });

  it('stops at a packed file that unpacks to far more than it holds', async () => {
    const { runs, failed } = await analyzeIn(async (folder) => {
      const input = join(folder, 'bomb.traj.json.gz');
      await writeFile(input, gzipSync(bomb(), { level: 9 }));
      return input;
    });
    expect(runs).toEqual([]);
    expect(failed.map(({ code }) => code)).toEqual(['unreadable']);
  });

  it('follows no link out of the input, and comes back from links that go round', async () => {
    const { runs } = await analyzeIn(async (folder) => {
      const input = join(folder, 'input');
      await mkdir(join(input, 'inner'), { recursive: true });
      await mkdir(join(folder, 'private'));
      await writeFile(join(folder, 'private', 'secret.traj.json'), trajectory('secret'));
      await writeFile(join(input, 'inner', 'ledger-7.traj.json'), trajectory('ledger-7'));
      await symlink('../private', join(input, 'way-out'));
      await symlink('../private/secret.traj.json', join(input, 'file-out.traj.json'));
      await symlink('..', join(input, 'inner', 'round'));
      await symlink('.', join(input, 'self'));
      await symlink('nowhere', join(input, 'dangling'));
      return input;
    });
    expect(runs.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))).toEqual(['ledger-7.traj.json']);
  });

  it('writes below the output whatever files and tasks are called', async () => {
    const names = [
      '..',
      '. .',
      'a\nb',
      '‮evil',
      '%2e%2e',
      'C:\\windows',
      '-rf',
      '~',
      '$(id)',
      'ä'.repeat(100),
    ];
    const { runs, written } = await analyzeIn(async (folder) => {
      const input = join(folder, 'input');
      for (const [index, name] of names.entries()) {
        const home = join(input, `n${index}`, name === '..' ? '...' : name);
        await mkdir(home, { recursive: true });
        await writeFile(join(home, 'agent.traj.json'), trajectory(name));
      }
      await link(join(input, 'n0', '...', 'agent.traj.json'), join(input, 'hard.traj.json'));
      return input;
    });
    expect(runs).toHaveLength(names.length + 1);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length);
    for (const path of written) expect(path).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9._-]+)?$/);
  });

  it('makes run ids that are names of plain folders, of any path and content', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (path, digest) => {
        const id = makeRunId(path, digest);
        expect(id).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*-[0-9a-f]{8}$/);
        expect(id.length).toBeLessThan(100);
      }),
    );
  });
});
