import type { SampleArtifact } from '../../src/evolve/infer/sample.ts';
import { interpretArtifact } from '../../src/evolve/interpret/interpret-artifact.ts';
import { parseSpec } from '../../src/evolve/spec/parse-spec.ts';
import type { ExtractorSpec } from '../../src/evolve/spec/spec.ts';
import type { MemoryFiles } from '../../src/io/memory-source.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import type { RunId } from '../../src/model/ids.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Run } from '../../src/model/run.ts';

export const linesOf = (records: readonly unknown[]): string =>
  records.map((record) => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`).join('');

/** A spec from its parts; an assertion when it is none. */
export function specOf(parts: Record<string, unknown>): ExtractorSpec {
  const parsed = parseSpec({
    version: 1,
    name: 'test',
    title: 'test',
    source: { unit: 'jsonl' },
    fingerprint: { records: [], kinds: [], document: [] },
    ...parts,
  });
  if (!parsed.ok) throw new Error(parsed.problems.join('; '));
  return parsed.spec;
}

export async function sampleOf(files: MemoryFiles, path: string): Promise<SampleArtifact> {
  const reader = createMemoryReader(files);
  const entry = await reader.stat(path);
  if (!entry) throw new Error(`no ${path}`);
  return { reader, entry };
}

export async function runOf(spec: ExtractorSpec, sample: SampleArtifact): Promise<Run> {
  const { run } = await interpretArtifact(spec, { ...sample, path: sample.entry.path }, sample.range);
  const built = run.build('test' as RunId);
  const problems = checkIntegrity(built);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return built;
}

/** Tool, action, observation and thought of every step. */
export function outline(run: Run): unknown[] {
  return run.steps.map(({ tool, action, observation, thought }) => [tool, action, observation, thought]);
}
