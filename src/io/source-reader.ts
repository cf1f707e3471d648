import { baseName, joinPath, normalizePath } from '../base/path.ts';
import type { ArtifactReader, Entry, TextContent, TextLine } from '../formats/port.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Bytes } from '../model/ids.ts';
import type { ByteFile, ByteSource, SourceEntry } from './byte-source.ts';
import { decodeText, detectEncoding, transcodeToUtf8, utf8CutPoint } from './decode-text.ts';
import { type NestingSource, nestArchives } from './nested-archives.ts';
import { readChunks } from './read-chunks.ts';
import { readJsonDocument } from './read-json.ts';
import { completeLimits, type ReadLimits } from './read-limits.ts';
import { splitChunksToLines } from './read-lines.ts';
import { relativePath } from './relative-path.ts';
import { describeText } from './text-diagnostics.ts';

const HEAD_BYTES = 64 * 1024;

/** Reads around one run's folder inside a source; `at` moves to another run of the same source. */
export interface RunReader extends ArtifactReader {
  readonly source: NestingSource;
  /** The run's folder, relative to the source. */
  readonly root: string;
  /** A reader whose root is another folder, given relative to this one's. */
  at(folder: string): RunReader;
  /** The path in the source of a path of this reader; undefined when it leaves the source. */
  locate(path: string): string | undefined;
}

/** A reader whose paths are relative to the folder `root` of a source; `..` reaches as far as the source does. */
export function createSourceReader(
  source: ByteSource,
  root = '',
  limits: Partial<ReadLimits> = {},
): RunReader {
  return createReader(nestArchives(source), root, completeLimits(limits));
}

function createReader(source: NestingSource, root: string, allLimits: ReadLimits): RunReader {
  const home = normalizePath(root);

  /** The path in the source; undefined when it leaves it. */
  const locate = (path: string): string | undefined => {
    if (path.startsWith('/')) return undefined;
    const place = joinPath(home, path);
    return place === '..' || place.startsWith('../') || place.startsWith('/') ? undefined : place;
  };
  const toEntry = (place: string, entry: SourceEntry): Entry | undefined => {
    if (entry.kind === 'refused') return undefined;
    const path = relativePath(home, place);
    return {
      path,
      name: place === '' ? source.name : baseName(place),
      kind: entry.kind,
      size: entry.size as Bytes,
    };
  };
  const open = async (path: string): Promise<ByteFile | undefined> => {
    const place = locate(path);
    return place === undefined ? undefined : source.open(place);
  };
  const readStart = async (path: string, limit: number): Promise<Start | undefined> => {
    const file = await open(path);
    if (!file) return undefined;
    try {
      const bytes = await file.read(0, Math.min(limit, file.size));
      return { bytes: bytes.length < file.size ? cutAtCharacter(bytes) : bytes, size: file.size };
    } finally {
      await file.close();
    }
  };

  return {
    source,
    root: home,
    locate,
    at: (folder) => createReader(source, locate(folder) ?? home, allLimits),
    async list(folder) {
      const place = locate(folder);
      if (place === undefined) return [];
      const { entries } = await source.list(place);
      return entries.flatMap((entry) => toEntry(joinPath(place, entry.name), entry) ?? []);
    },
    async stat(path) {
      const place = locate(path);
      const entry = place === undefined ? undefined : await source.stat(place);
      return entry && place !== undefined ? toEntry(place, entry) : undefined;
    },
    async head(path, bytes = HEAD_BYTES) {
      const start = await readStart(path, bytes);
      return start && decodeText(start.bytes).text;
    },
    async text(path): Promise<TextContent | undefined> {
      const start = await readStart(path, allLimits.textBytes);
      if (!start) return undefined;
      const { text, repaired } = decodeText(start.bytes);
      const diagnostics: Diagnostic[] = describeText(path, text, repaired, start.bytes.length, start.size);
      return { text, diagnostics };
    },
    async *lines(path): AsyncGenerator<readonly TextLine[]> {
      const file = await open(path);
      if (!file) return;
      try {
        const encoding = detectEncoding(await file.read(0, 4));
        const { chunkBytes, lineBytes: limit } = allLimits;
        const chunks = readChunks(file, { start: encoding.skip, chunkBytes });
        const options = { offset: encoding.skip, limit };
        if (encoding.name === 'utf-8') yield* splitChunksToLines(chunks, options);
        else {
          yield* splitChunksToLines(transcodeToUtf8(chunks, encoding.name), { ...options, unitBytes: 2 });
        }
      } finally {
        await file.close();
      }
    },
    json: (path, arrays = []) =>
      readJsonDocument({ artifact: path, open: () => open(path), arrays, limits: allLimits }),
  };
}

interface Start {
  readonly bytes: Uint8Array;
  readonly size: number;
}

/** Bytes that were cut at a limit, shortened so that the cut splits no character. */
function cutAtCharacter(bytes: Uint8Array): Uint8Array {
  const isUtf16 = detectEncoding(bytes).name !== 'utf-8';
  return bytes.subarray(0, isUtf16 ? bytes.length - (bytes.length % 2) : utf8CutPoint(bytes));
}
