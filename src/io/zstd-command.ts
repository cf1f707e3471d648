import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pipeline, Readable } from 'node:stream';
import type { ByteFile } from './byte-source.ts';
import { readParts } from './read-chunks.ts';

/** Unpacks through the `zstd` command; undefined where it is not installed. */
export async function unpackWithCommand(file: ByteFile): Promise<AsyncGenerator<Buffer> | undefined> {
  // Windows above the default of 8 MiB are what `--long` makes; 128 MiB is as far as memory may go.
  const child = spawn('zstd', ['-dcq', '--long=27'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const isRunning = await Promise.race([
    once(child, 'spawn').then(() => true),
    once(child, 'error').then(() => false),
  ]).catch(() => false);
  if (!isRunning) return undefined;

  async function* output(): AsyncGenerator<Buffer> {
    const complaint: Buffer[] = [];
    child.stderr.on('data', (part: Buffer) => complaint.length < 16 && complaint.push(part));
    const closed = once(child, 'close');
    // A decoder that stops early closes its input; its exit code tells why.
    pipeline(Readable.from(readParts(file)), child.stdin, () => undefined);
    try {
      for await (const part of child.stdout) yield part as Buffer;
      await closed;
      if (child.exitCode !== 0) {
        throw new Error(Buffer.concat(complaint).toString('utf8').trim() || 'zstd failed');
      }
    } finally {
      child.kill();
    }
  }
  return output();
}
