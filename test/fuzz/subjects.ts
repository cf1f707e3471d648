import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CORPUS, hasCorpus } from '../support/corpus.ts';

/** The files of a run, by path, to be read from memory. */
export interface Subject {
  readonly name: string;
  readonly files: Readonly<Record<string, Buffer>>;
  /** Out of the corpus. */
  readonly isReal: boolean;
}

const FIXTURES = join(import.meta.dirname, '../fixtures');
/** Real artifacts beyond this size would leave no time for the many small ones. */
const CORPUS_FILE_BYTES = 150_000;
const PER_FOLDER = 3;

/** Every fixture, and of each corpus folder the first few files that are small. */
export function listSubjects(): Subject[] {
  return [...listFixtures(), ...(hasCorpus ? listCorpus() : [])];
}

export function listFixtures(): Subject[] {
  return readdirSync(FIXTURES).flatMap((folder) =>
    readdirSync(join(FIXTURES, folder)).map((name) => ({
      name: `${folder}/${name}`,
      files: readFiles(join(FIXTURES, folder, name), name),
      isReal: false,
    })),
  );
}

function listCorpus(): Subject[] {
  return readdirSync(CORPUS).flatMap((folder) => {
    if (!statSync(join(CORPUS, folder)).isDirectory()) return [];
    const files = listFiles(join(CORPUS, folder)).filter((path) => {
      const { size } = statSync(path);
      return size > 500 && size < CORPUS_FILE_BYTES && !/NOTES|LICENSE/.test(path);
    });
    // Spread over the folder: its first files are often of one kind.
    const stride = Math.max(1, Math.floor(files.length / PER_FOLDER));
    return files
      .filter((_, index) => index % stride === 0)
      .slice(0, PER_FOLDER)
      .map((path) => {
        const name = path.slice(path.lastIndexOf('/') + 1);
        return { name: path.slice(CORPUS.length + 1), files: { [name]: readFileSync(path) }, isReal: true };
      });
  });
}

function readFiles(path: string, name: string): Record<string, Buffer> {
  if (!statSync(path).isDirectory()) return { [name]: readFileSync(path) };
  return Object.fromEntries(
    listFiles(path).map((file) => [`run/${file.slice(path.length + 1)}`, readFileSync(file)]),
  );
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
