import type { ExtractInput, Format } from '../../src/formats/format.ts';
import type { ArtifactReader, Entry } from '../../src/formats/port.ts';
import type { Bytes, RunId } from '../../src/model/ids.ts';
import type { Run } from '../../src/model/run.ts';
import type { RunBuilder } from '../../src/model/run-builder.ts';

/** Every builder that a format makes of one artifact, before enrichment. */
export async function extractBuilders(
  format: Format,
  reader: ArtifactReader,
  path: string,
): Promise<RunBuilder[]> {
  const entry: Entry = (await reader.stat(path)) ?? {
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    kind: 'file',
    size: 0 as Bytes,
  };
  const input: ExtractInput = { reader, entry, path };
  const builders: RunBuilder[] = [];
  for await (const builder of format.extract(input)) builders.push(builder);
  return builders;
}

/** The runs that a format makes of one artifact. */
export async function extractRuns(format: Format, reader: ArtifactReader, path: string): Promise<Run[]> {
  return (await extractBuilders(format, reader, path)).map((builder) => builder.build('test' as RunId));
}
