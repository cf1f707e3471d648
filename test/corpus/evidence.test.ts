import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/app/analyze.ts';
import { type ReadItem, readRuns } from '../../src/app/read-runs.ts';
import { checkEvidence } from '../../src/diagnosis/check-evidence.ts';
import { listClaims } from '../../src/diagnosis/list-claims.ts';
import { openDiskReader } from '../../src/io/open-reader.ts';
import type { Evidence } from '../../src/model/diagnosis.ts';
import type { Analysis } from '../../src/query/analysis.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { findQuote, type Nearness, RawArtifact } from '../support/raw-place.ts';

type RunItem = Extract<ReadItem, { kind: 'run' }>;

let runs = 0;
let claims = 0;
const violations: string[] = [];
const unreadable: string[] = [];
const found: Record<Nearness, number> = {
  'at-place': 0,
  'at-place-decoded': 0,
  'in-artifact': 0,
  nowhere: 0,
};
/** Quotes that stand nowhere in the artifact as it is, by format and field. */
const lost = new Map<string, number>();
const lostOutside: string[] = [];

describe.runIf(hasCorpus)('evidence of every diagnosis of the corpus', () => {
  beforeAll(async () => {
    for await (const item of readRuns([CORPUS])) {
      if (item.kind !== 'run') continue;
      runs++;
      const analysis = analyze(item.run);
      const problems = checkEvidence(analysis.run, analysis.diagnosis);
      violations.push(...problems.map(({ claim, problem }) => `${item.run.path}: ${claim}: ${problem}`));
      await lookIntoArtifacts(item, analysis);
    }
    tellShares();
  }, 600_000);

  it('stands under each claim, word for word in the step or text that it cites', () => {
    expect(runs).toBeGreaterThan(400);
    expect(claims).toBeGreaterThan(10_000);
    expect(violations).toEqual([]);
  });

  it('cites artifacts that can be read', () => expect(unreadable).toEqual([]));

  it('is found in the artifacts themselves, nearly always right at the cited place', () => {
    const total = Object.values(found).reduce((sum, count) => sum + count, 0);
    // What is left: thoughts of several parts cite the place of the first; nested arguments and drawn screens are rendered.
    expect((found['at-place'] + found['at-place-decoded']) / total).toBeGreaterThan(0.97);
    expect(found.nowhere / total).toBeLessThan(0.005);
  });

  it('is never lost where it comes from outside of the steps', () => expect(lostOutside).toEqual([]));
});

/** Each quote once, looked for in the file that it cites. */
async function lookIntoArtifacts({ run, folder }: RunItem, { diagnosis }: Analysis): Promise<void> {
  const reader = await openDiskReader(folder ?? dirname(run.path), { boundary: CORPUS });
  const files = new Map<string, RawArtifact | undefined>();
  const seen = new Set<string>();
  for (const claim of listClaims(diagnosis)) {
    claims++;
    for (const evidence of claim.evidence) {
      const key = `${evidence.step ?? ''}\u0000${evidence.field}\u0000${evidence.quote}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const path = evidence.place.artifact;
      if (!files.has(path)) {
        const content = await reader.text(path);
        files.set(path, content && new RawArtifact(content.text));
      }
      const file = files.get(path);
      if (file) count(run.format, run.path, evidence, findQuote(file, evidence.place, evidence.quote));
      else unreadable.push(`${run.path}: ${path}`);
    }
  }
}

function count(format: string, path: string, { field, quote }: Evidence, nearness: Nearness): void {
  found[nearness]++;
  if (nearness !== 'nowhere') return;
  const key = `${format} ${field}`;
  lost.set(key, (lost.get(key) ?? 0) + 1);
  if (field === 'artifact') lostOutside.push(`${path}: ${quote}`);
}

function tellShares(): void {
  const total = Object.values(found).reduce((sum, number) => sum + number, 0);
  const lines = Object.entries(found).map(
    ([nearness, number]) => `  ${nearness}: ${number} (${((100 * number) / total).toFixed(2)}%)`,
  );
  const rest = [...lost].map(([key, number]) => `${key} ${number}`).join(', ');
  process.stderr.write(
    `\nquotes of ${runs} runs in their raw artifacts:\n${lines.join('\n')}\n  nowhere: ${rest}\n\n`,
  );
}
