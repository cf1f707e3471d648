import { pipeline, Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { ByteFile } from './byte-source.ts';
import { type ByteRange, readParts } from './read-chunks.ts';
import { unpackWithCommand } from './zstd-command.ts';
import { listZstdFrames } from './zstd-frames.ts';

/** Unpacks a gzip file (several members too). Throws when the data is damaged. */
export function gunzip(file: ByteFile): AsyncGenerator<Buffer> {
  return unpackThrough(file, zlib.createGunzip());
}

/** How zstd files are unpacked: by Node itself where it can, by the `zstd` command, by a decoder in JavaScript. */
export type ZstdDecoder = 'node' | 'command' | 'script';

/** Unpacks a zstd file, all its frames. Throws when the data is damaged. */
export async function* unzstd(
  file: ByteFile,
  decoders: readonly ZstdDecoder[] = ['node', 'command', 'script'],
): AsyncGenerator<Buffer> {
  for (const decoder of decoders) {
    if (decoder === 'node') {
      const create = nodeDecoder();
      if (!create) continue;
      // Node's decoder stops behind the first frame without a word, so each frame gets its own.
      for await (const frame of listZstdFrames(file)) yield* unpackThrough(file, create(), frame);
      return;
    }
    const output = decoder === 'command' ? await unpackWithCommand(file) : await loadScript(file);
    if (!output) continue;
    yield* output;
    return;
  }
}

/** The decoder is loaded when nothing else is there. */
async function loadScript(file: ByteFile): Promise<AsyncGenerator<Buffer>> {
  const { unpackWithScript } = await import('./zstd-script.ts');
  return unpackWithScript(file);
}

/** Node has zstd from 22.15 on; its types come with later versions than ours. */
function nodeDecoder(): (() => Transform) | undefined {
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress');
  return typeof create === 'function' ? () => Reflect.apply(create, zlib, []) as Transform : undefined;
}

async function* unpackThrough(
  file: ByteFile,
  decoder: Transform,
  range: ByteRange = { start: 0, end: file.size },
): AsyncGenerator<Buffer> {
  // The error reaches the loop below, which reads from the last stream of the line.
  pipeline(Readable.from(readParts(file, range)), decoder, () => undefined);
  for await (const part of decoder) yield part as Buffer;
}
