import type { Format, Layout } from '../../src/formats/format.ts';
import type { ArtifactReader, Entry } from '../../src/formats/port.ts';
import type { Bytes, RunId } from '../../src/model/ids.ts';
import type { Run } from '../../src/model/run.ts';
import { extractBuilders } from './extract-one.ts';

/** The runs of one artifact, enriched by the layout of the folder that it stands in. */
export async function extractEnriched(
  format: Format,
  layout: Layout,
  reader: ArtifactReader,
  artifact: string,
  folderPath = '',
): Promise<Run[]> {
  const folder: Entry = { path: folderPath, name: folderPath, kind: 'directory', size: 0 as Bytes };
  const runs: Run[] = [];
  for (const builder of await extractBuilders(format, reader, artifact)) {
    await layout.enrich(builder, folder, reader);
    runs.push(builder.build('test' as RunId));
  }
  return runs;
}
