import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_WEIGHTS } from '../../diagnosis/weights/default.ts';
import { VERSION } from '../version.ts';
import { fittedOn } from './fitted-on.ts';

export interface CodeIdentity {
  readonly version: string;
  /** Commit of the repository that the code runs from; undefined for an installed package. */
  readonly commit?: string;
  /** SHA-256 over every file of the code as it stands on the disk, edits that nobody committed included. */
  readonly digest: string;
  readonly weights: string;
  /** SHA-256 of the label files that the weights were fitted on. */
  readonly fittedOn: readonly string[];
}

/** What answers follow from beside the run: figures are only comparable when it is the same. */
export async function identifyCode(): Promise<CodeIdentity> {
  const root = findCodeFolder();
  const commit = await readCommit(dirname(root));
  return {
    version: VERSION,
    ...(commit !== undefined && { commit }),
    digest: await digestCode(root),
    weights: digestText(JSON.stringify(DEFAULT_WEIGHTS)),
    fittedOn: fittedOn(),
  };
}

export function digestText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** `dist` of a package, or `src` of a checkout. */
function findCodeFolder(): string {
  const here = fileURLToPath(import.meta.url);
  return here.endsWith('.ts') ? resolve(dirname(here), '../..') : dirname(here);
}

async function digestCode(root: string): Promise<string> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && isCode(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const path of paths) {
    const name = relative(root, path).replaceAll('\\', '/');
    hash
      .update(`${name}\0`)
      .update(await readFile(path))
      .update('\0');
  }
  return hash.digest('hex');
}

function isCode(name: string): boolean {
  return /\.(?:ts|js|json)$/.test(name) && !/\.test\.ts$|\.d\.ts$/.test(name);
}

/** The commit that is checked out, read from the files of the repository: git itself need not be there. */
async function readCommit(folder: string): Promise<string | undefined> {
  const git = join(folder, '.git');
  const head = await readText(join(git, 'HEAD'));
  if (head === undefined) return undefined;
  const ref = /^ref: (refs\/\S+)/.exec(head)?.[1];
  if (ref === undefined) return asCommit(head);
  const loose = await readText(join(git, ref));
  if (loose !== undefined) return asCommit(loose);
  const packed = (await readText(join(git, 'packed-refs'))) ?? '';
  return asCommit(packed.split('\n').find((line) => line.endsWith(` ${ref}`)) ?? '');
}

function asCommit(text: string): string | undefined {
  return /^[0-9a-f]{40,64}/.exec(text)?.[0];
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
