import { stat } from 'node:fs/promises';

/** The first of these paths at which there is anything. */
export async function findFirst(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const found = await stat(path).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return undefined;
}
