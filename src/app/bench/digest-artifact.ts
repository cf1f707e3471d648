import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { digestFile } from '../../io/digest-file.ts';

/**
 * SHA-256 (hex) over a file, or over the names and contents of everything in a folder; undefined when it can't be read.
 * What lies beside the artifact (a trial's results) is not in it.
 */
export async function digestPath(path: string): Promise<string | undefined> {
  try {
    if (!(await stat(path)).isDirectory()) return (await digestFile(path)).sha256;
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    const hash = createHash('sha256');
    for (const file of files) {
      const { sha256 } = await digestFile(file);
      hash.update(`${JSON.stringify(relative(path, file).split(sep).join('/'))} ${sha256}\n`);
    }
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}
