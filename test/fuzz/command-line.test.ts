import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeDocumentSchema } from '../../src/query/schemas.ts';
import { captureCli } from '../support/run-cli.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { damage } from './fuzz-subject.ts';
import { Random } from './random.ts';
import { listFixtures, type Subject } from './subjects.ts';

/** A whole analysis writes a dozen files: a sample of the subjects, each with a sample of the damage. */
const EVERY_SUBJECT = 6;
const CASES = 2;

/** Every fourth or so of the damaged copies, spread over the kinds of damage. */
function* sample(subject: Subject, random: Random): Generator<{ what: string; files: Subject['files'] }> {
  const cases = [...damage(subject, random, 1)];
  for (let i = 0; i < CASES; i++) {
    const picked = random.pick(cases);
    if (picked) yield picked;
  }
}

async function layFiles(folder: string, files: Subject['files']): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
}

function listAll(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => path !== 'out' && !path.startsWith('out/'))
    .sort();
}

const subjects = listFixtures().filter((_, index) => index % EVERY_SUBJECT === 0);

describe.each(subjects.map((subject, index) => ({ ...subject, index })))('damaged $name', (subject) => {
  it('is analysed into one document and whole files, or refused with the code for it', async () => {
    for (const { what, files } of sample(subject, new Random(subject.index + 1))) {
      const folder = await makeTemporaryFolder();
      await layFiles(join(folder, 'in'), files);
      const before = listAll(folder);
      const out = join(folder, 'out');
      const { code, stdout } = await captureCli('analyze', join(folder, 'in'), '--json', '--out', out);
      const { runs, failed } = analyzeDocumentSchema.parse(JSON.parse(stdout));
      // Nothing that could be analysed: unreadable or of no known format; else whether some of it failed.
      const expected = runs.length === 0 ? [3, 4] : failed.length > 0 ? [5] : [0];
      expect(expected, `${what}: code ${code}`).toContain(code);
      expect(listAll(folder), what).toEqual(before);
      const written = existsSync(out) ? readdirSync(out, { recursive: true }).map(String) : [];
      for (const path of written.filter((path) => path.endsWith('.json'))) {
        expect(() => JSON.parse(readFileSync(join(out, path), 'utf8')), `${what}: ${path}`).not.toThrow();
      }
      expect(
        written.some((path) => /(?:^|[/.])tmp/.test(path)),
        what,
      ).toBe(false);
      if (runs.length > 0)
        expect(
          written.some((path) => path.endsWith('trace.json')),
          what,
        ).toBe(true);
    }
  });
});
