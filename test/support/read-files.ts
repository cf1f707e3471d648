import { discoverFolder } from '../../src/app/discover.ts';
import { createMemorySource } from '../../src/io/memory-source.ts';
import type { ReadLimits } from '../../src/io/read-limits.ts';
import { createSourceReader } from '../../src/io/source-reader.ts';
import type { RunId } from '../../src/model/ids.ts';
import type { Run } from '../../src/model/run.ts';

export interface ReadFiles {
  readonly runs: readonly Run[];
  /** Files that are no run, or that could not be told apart. */
  readonly left: number;
}

/** What discovery and the formats make of files in memory. */
export async function readFiles(
  files: Readonly<Record<string, Buffer>>,
  limits: Partial<ReadLimits> = {},
): Promise<ReadFiles> {
  const reader = createSourceReader(createMemorySource(files), '', limits);
  const runs: Run[] = [];
  let left = 0;
  for await (const found of discoverFolder(reader, '', {})) {
    if (found.kind !== 'found') {
      left++;
      continue;
    }
    for await (const builder of found.format.extract({ ...found, path: found.path })) {
      const folder = found.layout && (await found.reader.stat(''));
      if (folder) await found.layout?.enrich(builder, folder, found.reader);
      runs.push(builder.build(`run-${runs.length}` as RunId));
    }
  }
  return { runs, left };
}
