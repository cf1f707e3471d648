import { analyze } from '../../../src/app/analyze.ts';
import { detectFormat } from '../../../src/formats/detect-format.ts';
import { FORMATS } from '../../../src/formats/registry.ts';
import { createMemoryReader } from '../../../src/io/open-reader.ts';
import type { Analysis } from '../../../src/query/analysis.ts';
import { extractRuns } from '../../support/extract-one.ts';
import type { Artifact } from '../writers/artifact.ts';

/** Reads a written log as any other: detected by its content, extracted, analysed. */
export async function readBack({ files, path }: Artifact): Promise<Analysis> {
  const reader = createMemoryReader(files);
  const entry = await reader.stat(path);
  if (!entry) throw new Error(`${path} was not written`);
  const choice = await detectFormat(entry, reader, FORMATS);
  if (choice.kind !== 'chosen')
    throw new Error(`${path} is ${choice.kind}: ${JSON.stringify(choice.tried.slice(0, 3))}`);
  const [run, ...more] = await extractRuns(choice.format, reader, path);
  if (!run || more.length > 0) throw new Error(`${path} holds ${more.length + (run ? 1 : 0)} runs`);
  return analyze(run);
}
