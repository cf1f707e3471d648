import { detectFormat } from '../../src/formats/detect-format.ts';
import type { Format } from '../../src/formats/format.ts';
import type { Entry } from '../../src/formats/port.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import type { RunReader } from '../../src/io/source-reader.ts';

export interface ListedArtifact {
  readonly format: Format;
  readonly entry: Entry;
  readonly reader: RunReader;
}

/** Every artifact under a folder with the format that claims it, in natural order; what a folder is as a whole is not looked into. */
export async function listArtifacts(
  root: string,
  skip: (path: string) => boolean,
): Promise<ListedArtifact[]> {
  const reader = await openDiskReader(root);
  const found: ListedArtifact[] = [];
  const work: string[] = [''];
  for (let folder = work.shift(); folder !== undefined; folder = work.shift()) {
    for (const entry of await reader.list(folder)) {
      if (skip(entry.path)) continue;
      const choice = await detectFormat(entry, reader, FORMATS);
      if (choice.kind === 'chosen') found.push({ format: choice.format, entry, reader });
      else if (entry.kind === 'directory') work.push(entry.path);
    }
  }
  return found;
}
