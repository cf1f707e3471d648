import { readFile } from 'node:fs/promises';
import { CodetracerError } from '../../base/error.ts';

/**
 * The text of a file; undefined when there is none.
 * @throws CodetracerError `unreadable` when it is there and can't be read
 */
export async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw new CodetracerError('unreadable', `${path}: can not be read`, { cause: error });
  }
}
