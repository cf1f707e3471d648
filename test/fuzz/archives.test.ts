import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { discoverFolder } from '../../src/app/discover.ts';
import { openInput } from '../../src/app/open-input.ts';
import { CodetracerError } from '../../src/base/error.ts';
import type { RunId } from '../../src/model/ids.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { zipFiles } from '../support/zip-files.ts';
import { BYTE_MUTATIONS } from './mutate-bytes.ts';
import { Random } from './random.ts';

const CASES = 24;

/** A short run, so that most of an archive's bytes are the archive's own. */
const RUN = JSON.stringify({
  trajectory_format: 'mini-swe-agent-1',
  instance_id: 'ledger-7',
  info: { exit_status: 'Submitted', submission: '', config: { agent: {}, model: { model_name: 'any' } } },
  messages: [
    { role: 'system', content: 'You type commands.' },
    { role: 'user', content: 'Please list the files.' },
    { role: 'assistant', content: 'I look.\n\n```bash\nls\n```' },
    { role: 'user', content: '<returncode>0</returncode>\n<output>\nledger.py\n</output>' },
  ],
});

const FILES = { 'a/ledger-7.traj.json': RUN, 'b/ledger-8.traj.json': RUN };

async function tarFiles(): Promise<Buffer> {
  const entries = Object.entries(FILES).map(([name, body]) => ({
    header: { name, size: Buffer.byteLength(body), type: 'file' as const },
    body,
  }));
  return Buffer.from(await packTar(entries));
}

/** Numbers that an archive's headers never hold, in place of four or eight of its bytes. */
function absurdNumber(bytes: Buffer, random: Random): Buffer {
  const damaged = Buffer.from(bytes);
  const wide = random.below(2) === 0 ? 4 : 8;
  const at = random.below(Math.max(1, damaged.length - wide));
  damaged.fill(random.pick([0xff, 0x7f, 0x00, 0x37]) ?? 0xff, at, at + wide);
  return damaged;
}

function firstChange(sound: Buffer, damaged: Buffer): number {
  let at = 0;
  while (at < damaged.length && sound[at] === damaged[at]) at++;
  return at;
}

interface ReadArchive {
  readonly steps: number;
  /** Whether anything was reported, refused or left. */
  readonly reports: number;
  readonly problems: readonly string[];
}

/** What becomes of an archive; a refusal is an answer too. */
async function readArchive(path: string): Promise<ReadArchive> {
  let steps = 0;
  let reports = 0;
  const problems: string[] = [];
  try {
    const input = await openInput(path);
    reports += input.diagnostics.length;
    for await (const found of discoverFolder(input.reader, input.start, {})) {
      if (found.kind !== 'found') {
        reports++;
        continue;
      }
      for await (const builder of found.format.extract({ ...found, path: found.path })) {
        const run = builder.build('run' as RunId);
        problems.push(...checkIntegrity(run));
        reports += run.diagnostics.length;
        steps += run.steps.length;
      }
    }
    reports += input.diagnostics.length;
  } catch (error) {
    if (!(error instanceof CodetracerError)) throw error;
    reports++;
  }
  return { steps, reports, problems };
}

const ARCHIVES: Readonly<Record<string, () => Promise<Buffer>>> = {
  'runs.zip': async () => zipFiles(FILES),
  'runs.tar': tarFiles,
  'runs.tar.gz': async () => gzipSync(await tarFiles()),
};

describe.each(Object.entries(ARCHIVES))('a damaged %s', (name, make) => {
  it('is read as far as it is sound, or refused; a lost run is reported', async () => {
    const folder = await makeTemporaryFolder();
    const path = join(folder, name);
    const bytes = await make();
    await writeFile(path, bytes);
    const sound = await readArchive(path);
    expect(sound).toEqual({ steps: 2, reports: 0, problems: [] });
    const random = new Random(name.length);
    const mutations = Object.entries({ ...BYTE_MUTATIONS, 'an absurd number': absurdNumber });
    for (let nth = 0; nth < CASES; nth++) {
      // Every other case is the number: headers are few bytes among many.
      const [kind, mutate] =
        mutations[nth % 2 === 0 ? (nth / 2) % mutations.length : mutations.length - 1] ?? [];
      if (!mutate) continue;
      const mutated = mutate(bytes, random);
      await writeFile(path, mutated);
      const damaged = await readArchive(path);
      expect(damaged.problems, kind).toEqual([]);
      const isSilent = damaged.steps < sound.steps && damaged.reports === 0;
      expect(
        isSilent,
        `${kind}, case ${nth} from byte ${firstChange(bytes, mutated)} of ${bytes.length}`,
      ).toBe(false);
    }
  });
});
