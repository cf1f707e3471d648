import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/app/analyze.ts';
import { readRuns } from '../../src/app/read-runs.ts';
import { compareWork } from '../../src/compare/compare-work.ts';
import type { Divergence, SharedState } from '../../src/compare/compared-run.ts';
import type { Analysis } from '../../src/query/analysis.ts';
import { diffRuns } from '../../src/query/diff-runs.ts';
import { diffDocumentSchema } from '../../src/query/diff-schemas.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';

/** Folders of agents that tried the same tasks, and a task that was tried in several layouts. */
const AGENTS = join(CORPUS, 'terminal-bench-1-claude-code');
const SAME_TASK = join(CORPUS, 'swe-agent/SWE-agent+SWE-agent/trajectories/demonstrations');

const mirror = (state: SharedState): SharedState => ({ a: state.b, b: state.a });

function mirrored(divergence: Divergence): Divergence {
  const { from, a, b, meets, files, provenance } = divergence;
  return { from: mirror(from), a: b, b: a, meets: meets && mirror(meets), files, provenance };
}

describe.runIf(hasCorpus)('comparison of real runs', () => {
  const byTask = new Map<string, Analysis[]>();

  beforeAll(async () => {
    const tasks = [
      'fibonacci-server',
      'nginx-request-logging',
      'pytorch-model-cli',
      'git-multibranch',
      'oom',
    ];
    const folders = readdirSync(AGENTS)
      .flatMap((agent) => tasks.map((task) => join(AGENTS, agent, task)))
      .filter((folder) => existsSync(folder));
    for await (const item of readRuns([...folders, SAME_TASK])) {
      if (item.kind !== 'run' || item.run.steps.length === 0) continue;
      const task = item.run.task?.id ?? '';
      byTask.set(task, [...(byTask.get(task) ?? []), analyze(item.run)]);
    }
  }, 120_000);

  it('finds no divergence between a run and itself', () => {
    const runs = [...byTask.values()].flat();
    expect(runs.length).toBeGreaterThan(15);
    for (const run of runs) expect(compareWork(run, run).divergences).toEqual([]);
  });

  it('says the same from either side, in the shape of the schema', () => {
    let pairs = 0;
    for (const runs of byTask.values()) {
      for (const [index, a] of runs.entries()) {
        for (const b of runs.slice(index + 1)) {
          pairs++;
          expect(compareWork(b, a).divergences.map(mirrored)).toEqual(compareWork(a, b).divergences);
          const document = { schema: 'codetracer.diff/1', ...diffRuns(a, b, { patches: true }) };
          expect(diffDocumentSchema.safeParse(document).error).toBeUndefined();
        }
      }
    }
    expect(pairs).toBeGreaterThan(30);
  });
});
