import { digestText } from './code-identity.ts';
import type { DataFile } from './dataset.ts';

/** One digest for a set of label files, whatever they are called and in which order they were named. */
export function digestLabels(files: readonly DataFile[]): string {
  return digestText(
    files
      .map(({ sha256 }) => sha256)
      .sort()
      .join('\n'),
  );
}
