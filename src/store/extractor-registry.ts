import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { CodetracerError } from '../base/error.ts';
import type { ExtractorSpec } from '../evolve/spec/spec.ts';
import { writeFileAtomic } from '../io/write.ts';
import { type ExtractorEntry, extractorEntrySchema } from './extractor-entry.ts';

/**
 * Learnt extractors on disk: a folder per name, in it a file per version (`1.json`, never changed once written) and
 * `active`, which names the version that reads artifacts.
 */
export interface ExtractorRegistry {
  /** Absolute. */
  readonly folder: string;
}

/** What is kept under one name. */
export interface LearntExtractor {
  readonly name: string;
  /** The version that reads artifacts; undefined while none was promoted. */
  readonly active: number | undefined;
  /** In order; versions that can't be read stand in `damaged`. */
  readonly versions: readonly ExtractorEntry[];
  readonly damaged: readonly string[];
}

const ACTIVE = 'active';
const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** A version's file holds a bounded spec; a larger one is not ours. */
const MAX_CHARACTERS = 2_000_000;

/** The registry in a folder that the user named; else that of `CODETRACER_EXTRACTORS`, else the user's own. */
export function openRegistry(folder?: string): ExtractorRegistry {
  const named = folder ?? process.env.CODETRACER_EXTRACTORS;
  if (named !== undefined && named !== '') return { folder: resolve(named) };
  const base = process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share');
  return { folder: join(base, 'codetracer', 'extractors') };
}

/** Everything in the registry, by name; nothing when there is none yet. */
export async function listExtractors(registry: ExtractorRegistry): Promise<LearntExtractor[]> {
  const names = await readdir(registry.folder).catch(() => []);
  const known: LearntExtractor[] = [];
  for (const name of names.filter((name) => NAME.test(name)).sort()) {
    const extractor = await readExtractor(registry, name);
    if (extractor.versions.length + extractor.damaged.length > 0) known.push(extractor);
  }
  return known;
}

/** What is kept under a name: no versions where there is nothing. */
export async function readExtractor(registry: ExtractorRegistry, name: string): Promise<LearntExtractor> {
  checkName(name);
  const folder = join(registry.folder, name);
  const files = await readdir(folder).catch(() => []);
  const versions: ExtractorEntry[] = [];
  const damaged: string[] = [];
  for (const file of files.filter((file) => /^\d+\.json$/.test(file))) {
    const entry = await readEntry(join(folder, file));
    if (entry && `${entry.version}.json` === file && entry.spec.name === name) versions.push(entry);
    else damaged.push(file);
  }
  versions.sort((a, b) => a.version - b.version);
  const active = Number(await readFile(join(folder, ACTIVE), 'utf8').catch(() => ''));
  const isThere = versions.some(({ version }) => version === active);
  return { name, active: isThere ? active : undefined, versions, damaged };
}

/**
 * The version that `name` (the active one, else the newest) or `name@version` means.
 * @throws CodetracerError `usage` when there is none.
 */
export async function findEntry(registry: ExtractorRegistry, reference: string): Promise<ExtractorEntry> {
  const [name = '', wanted] = reference.replace(/^learnt:/, '').split('@');
  const { versions, active } = await readExtractor(registry, name);
  const version = wanted === undefined ? (active ?? versions.at(-1)?.version) : Number(wanted);
  const entry = versions.find((candidate) => candidate.version === version);
  if (entry) return entry;
  const known = (await listExtractors(registry)).map((extractor) => extractor.name);
  throw new CodetracerError('usage', `no learnt extractor is called ${JSON.stringify(reference)}`, {
    hint:
      versions.length > 0
        ? `versions of ${name}: ${versions.map((candidate) => candidate.version).join(', ')}`
        : known.length > 0
          ? `known: ${known.join(', ')}`
          : `there are none in ${registry.folder}`,
  });
}

/** Keeps a new version under the spec's name, beside those that are there; it reads nothing until it is promoted. */
export async function addVersion(
  registry: ExtractorRegistry,
  entry: Omit<ExtractorEntry, 'schema' | 'version' | 'fingerprint'>,
): Promise<ExtractorEntry> {
  const { versions, damaged } = await readExtractor(registry, entry.spec.name);
  const taken = [
    ...versions.map(({ version }) => version),
    ...damaged.map((file) => Number.parseInt(file, 10)),
  ];
  const full: ExtractorEntry = {
    schema: 'codetracer.extractor/1',
    version: Math.max(0, ...taken) + 1,
    ...entry,
    fingerprint: digestFingerprint(entry.spec),
  };
  const path = join(registry.folder, entry.spec.name, `${full.version}.json`);
  await writeFileAtomic(path, `${JSON.stringify(extractorEntrySchema.parse(full), undefined, 2)}\n`);
  return full;
}

/** Lets a version read artifacts from now on; the others stay. */
export async function promoteVersion(
  registry: ExtractorRegistry,
  { spec, version }: ExtractorEntry,
): Promise<void> {
  await writeFileAtomic(join(registry.folder, spec.name, ACTIVE), `${version}\n`);
}

/** Removes one version, or everything under the name. The active version's place stays empty until another is promoted. */
export async function removeExtractor(
  registry: ExtractorRegistry,
  name: string,
  version?: number,
): Promise<void> {
  checkName(name);
  const folder = join(registry.folder, name);
  if (version === undefined) {
    await rm(folder, { recursive: true, force: true });
    return;
  }
  const { active, versions } = await readExtractor(registry, name);
  await rm(join(folder, `${version}.json`), { force: true });
  if (active === version) await rm(join(folder, ACTIVE), { force: true });
  if (versions.every((entry) => entry.version === version))
    await rm(folder, { recursive: true, force: true });
}

/** Specs that read artifacts: of every name the active version. */
export async function listActiveSpecs(registry: ExtractorRegistry): Promise<ExtractorSpec[]> {
  const extractors = await listExtractors(registry);
  return extractors.flatMap(({ versions, active }) =>
    versions.filter(({ version }) => version === active).map(({ spec }) => spec),
  );
}

async function readEntry(path: string): Promise<ExtractorEntry | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text.length > MAX_CHARACTERS) return undefined;
  try {
    return extractorEntrySchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function checkName(name: string): void {
  if (NAME.test(name) && name.length <= 60) return;
  throw new CodetracerError('usage', `${JSON.stringify(name)} is no name of an extractor`, {
    hint: 'names are lower-case words with hyphens between them',
  });
}

function digestFingerprint({ fingerprint }: ExtractorSpec): string {
  return createHash('sha256').update(JSON.stringify(fingerprint)).digest('hex').slice(0, 16);
}
