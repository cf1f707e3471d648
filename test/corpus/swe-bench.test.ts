import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { miniSweAgentFormat } from '../../src/formats/mini-swe-agent/format.ts';
import { sweAgentFormat } from '../../src/formats/swe-agent/format.ts';
import { sweBenchEnricher } from '../../src/formats/swe-bench/enricher.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import type { RunId } from '../../src/model/ids.ts';
import type { Run } from '../../src/model/run.ts';
import { CORPUS, hasCorpus, readTruth } from '../support/corpus.ts';
import { extractBuilders } from '../support/extract-one.ts';

const rows = readTruth().filter(({ format }) => format === 'mini-swe-agent' || format === 'swe-agent');
async function open(path: string, format: string): Promise<Run> {
  const cut = path.lastIndexOf('/');
  const reader = await openDiskReader(join(CORPUS, path.slice(0, cut)), { boundary: CORPUS });
  const chosen = format === 'swe-agent' ? sweAgentFormat : miniSweAgentFormat;
  const [builder] = await extractBuilders(chosen, reader, path.slice(cut + 1));
  const entry = await reader.stat(path.slice(cut + 1));
  if (!builder || !entry) throw new Error(`${path}: no run`);
  await sweBenchEnricher.enrich(builder, entry, reader);
  return builder.build('test' as RunId);
}

describe.runIf(hasCorpus)('outcomes from SWE-bench reports in the corpus', () => {
  it.each(rows)('$path: $solved', async ({ path, format, solved }) => {
    const { outcome } = await open(path, format);
    const expected = solved === true ? 'solved' : solved === false ? 'failed' : 'unknown';
    expect(outcome.kind).toBe(expected);
    expect(outcome.conflicting).toBe(false);
  });
});
