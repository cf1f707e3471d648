import { dirName, joinPath } from '../base/path.ts';
import { type Choice, CLAIM, detectFormat, type Tried } from '../formats/detect-format.ts';
import type { Detection, Format, Layout } from '../formats/format.ts';
import type { Entry } from '../formats/port.ts';
import { FORMATS, LAYOUTS } from '../formats/registry.ts';
import type { ArchiveSource } from '../io/archive-source.ts';
import type { SourceEntry } from '../io/byte-source.ts';
import type { RunReader } from '../io/source-reader.ts';
import { walk } from '../io/walk.ts';
import type { Bytes } from '../model/ids.ts';

/** An artifact that holds one run or more, with what is needed to read it. */
export interface FoundArtifact {
  readonly kind: 'found';
  readonly format: Format;
  /** How sure the format is, and why. */
  readonly detection: Detection;
  /** In the source. */
  readonly path: string;
  /** Rooted at the run's folder. */
  readonly reader: RunReader;
  readonly entry: Entry;
  /** The layout of the run's folder, where one was recognised. */
  readonly layout?: Layout;
}

export type Discovery =
  | FoundArtifact
  | { readonly kind: 'skipped'; readonly path: string; readonly tried: readonly Tried[] }
  | {
      readonly kind: 'failed';
      readonly path: string;
      readonly code: 'unknown-format' | 'ambiguous-format' | 'unreadable';
      readonly message: string;
      readonly tried: readonly Tried[];
    };

export interface DiscoverOptions {
  /** Forces the format of every artifact that is named, or found to be of no other. */
  readonly format?: Format;
  /** What may claim artifacts: the hand-written formats unless given. */
  readonly formats?: readonly Format[];
}

/** Files that are opened as archives when no format claims them. Other things are zip files too: packages, documents. */
const ARCHIVE_NAME = /\.(?:tar|tgz|tar\.\w{2,4}|zip|gz|zst)$/i;

/** A file in a layout stands at most so many folders below the run's folder. */
const LAYOUT_DEPTH = 4;

/** The run that a file of a source holds (`reader` stands at the source's root): its own steps, with outcome and task from the layout around it. */
export async function discoverFile(
  reader: RunReader,
  path: string,
  options: DiscoverOptions,
): Promise<Discovery> {
  const around = await findLayoutAround(reader, path);
  const folder = around?.folder ?? dirName(path);
  const local = reader.at(folder);
  const entry = await local.stat(relativeTo(folder, path));
  if (!entry) return { kind: 'failed', path, code: 'unknown-format', message: 'no file', tried: [] };
  return choose(local, entry, path, options, around?.layout);
}

/** All runs under a folder of a source (`reader` stands at the source's root), in natural order, one folder after the other; memory does not grow with the tree. */
export async function* discoverFolder(
  reader: RunReader,
  start: string,
  options: DiscoverOptions,
): AsyncGenerator<Discovery> {
  // A folder that is a run as a whole belongs to its reader: the walk does not look for other runs in it.
  const claimed = new Set<string>();
  const enters = (path: string): boolean => !claimed.has(dirName(path));
  for await (const { path: folder, entries: listed, problems } of walk(reader.source, {
    from: start,
    enters,
  })) {
    for (const { path, reason } of problems) {
      yield { kind: 'failed', path, code: 'unreadable', message: reason, tried: [] };
    }
    const local = reader.at(folder);
    const entries = listed.flatMap(toEntry);
    const whole = await discoverWholeFolder(local, folder, entries, options);
    if (whole) {
      claimed.add(folder);
      yield whole;
      continue;
    }
    for (const entry of entries) {
      if (entry.kind !== 'file') continue;
      const found = await choose(local, entry, joinPath(folder, entry.name), options);
      if (found.kind === 'found' && (await isPartOfAnother(found))) continue;
      if (found.kind === 'failed' && found.code === 'unknown-format' && ARCHIVE_NAME.test(entry.name)) {
        const archive = await reader.source.archive(joinPath(folder, entry.name));
        if (archive) {
          yield* discoverArchive(reader, joinPath(folder, entry.name), archive, options);
          continue;
        }
      }
      yield found.kind === 'failed' && found.code === 'unknown-format'
        ? { ...found, kind: 'skipped' }
        : found;
    }
  }
}

/** The runs in an archive that lies in the source, read in place; what could not be read of it is a failure of its own. */
async function* discoverArchive(
  reader: RunReader,
  path: string,
  archive: ArchiveSource,
  options: DiscoverOptions,
): AsyncGenerator<Discovery> {
  for (const { message } of archive.diagnostics) {
    yield { kind: 'failed', path, code: 'unreadable', message, tried: [] };
  }
  yield* discoverFolder(reader, path, options);
}

/** What the walk listed, as the folder's own reader would name it. */
function toEntry({ name, kind, size }: SourceEntry): Entry[] {
  return kind === 'refused' ? [] : [{ path: name, name, kind, size: size as Bytes }];
}

/** A folder that is one run: by its layout, or as the artifact of a format. */
async function discoverWholeFolder(
  local: RunReader,
  path: string,
  entries: readonly Entry[],
  options: DiscoverOptions,
): Promise<Discovery | undefined> {
  const self = await local.stat('');
  if (!self) return undefined;
  for (const layout of LAYOUTS) {
    const detection = await layout.recognize(self, entries, local);
    if (detection.score < CLAIM) continue;
    return openLayout(local, path, self, layout, options);
  }
  const choice = await detectFormat(
    self,
    local,
    options.format ? [options.format] : (options.formats ?? FORMATS),
  );
  if (choice.kind === 'unknown') return undefined;
  if (choice.kind === 'chosen') return { ...chosen(choice), path, reader: local, entry: self };
  return {
    kind: 'failed',
    path,
    code: 'ambiguous-format',
    message: describeTie(choice.tried),
    tried: choice.tried,
  };
}

/** Takes the first step artifact of the layout that some format claims; else the layout's format of last resort. */
async function openLayout(
  local: RunReader,
  path: string,
  self: Entry,
  layout: Layout,
  options: DiscoverOptions,
): Promise<Discovery> {
  for (const candidate of await layout.stepArtifacts(self, local)) {
    const entry = await local.stat(candidate);
    if (!entry) continue;
    const choice = await detectFormat(
      entry,
      local,
      options.format ? [options.format] : (options.formats ?? FORMATS),
    );
    if (choice.kind === 'chosen') return { ...chosen(choice), path, reader: local, entry, layout };
  }
  const fallback = FORMATS.find((format) => format.id === layout.fallbackFormat);
  if (!fallback) throw new Error(`assertion failed: layout ${layout.id} names no format`);
  const detection = { score: CLAIM, reason: `folder of ${layout.title} without a record of the steps` };
  return { kind: 'found', format: fallback, detection, path, reader: local, entry: self, layout };
}

async function choose(
  local: RunReader,
  entry: Entry,
  path: string,
  options: DiscoverOptions,
  layout?: Layout,
): Promise<Discovery> {
  if (options.format?.units.includes(entry.kind)) {
    const detection = { score: 1, reason: 'named by the user' };
    const { format } = options;
    return { kind: 'found', format, detection, path, reader: local, entry, ...(layout && { layout }) };
  }
  const choice = await detectFormat(entry, local, options.formats ?? FORMATS);
  if (choice.kind === 'chosen') {
    return { ...chosen(choice), path, reader: local, entry, ...(layout && { layout }) };
  }
  const { tried } = choice;
  if (choice.kind === 'ambiguous') {
    return { kind: 'failed', path, code: 'ambiguous-format', message: describeTie(tried), tried };
  }
  return { kind: 'failed', path, code: 'unknown-format', message: 'no known format', tried };
}

function chosen({
  format,
  detection,
}: Extract<Choice, { kind: 'chosen' }>): Pick<FoundArtifact, 'kind' | 'format' | 'detection'> {
  return { kind: 'found', format, detection };
}

async function isPartOfAnother({ format, entry, reader }: FoundArtifact): Promise<boolean> {
  return (await format.partOf?.(entry, reader)) !== undefined;
}

async function findLayoutAround(
  reader: RunReader,
  path: string,
): Promise<{ layout: Layout; folder: string } | undefined> {
  let folder = dirName(path);
  for (let depth = 0; depth < LAYOUT_DEPTH; depth++) {
    const local = reader.at(folder);
    const self = await local.stat('');
    if (!self) return undefined;
    const entries = await local.list('');
    for (const layout of LAYOUTS) {
      const { score } = await layout.recognize(self, entries, local);
      if (score >= CLAIM) return { layout, folder };
    }
    if (folder === '') return undefined;
    folder = dirName(folder);
  }
  return undefined;
}

function describeTie(tried: readonly Tried[]): string {
  const best = tried.slice(0, 2).map((candidate) => candidate.format);
  return `could be ${best.join(' or ')}; choose with --format`;
}

/** `path` as seen from `folder`, one of its ancestors. */
function relativeTo(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}
