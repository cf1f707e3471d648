import { beforeAll, describe, expect, it } from 'vitest';
import { type Attempt, allRandom, allScripted, follow, measure, someScripted } from './fidelity.ts';
import { deedsOf } from './recorder/deed.ts';
import { record } from './recorder/record.ts';
import type { Recording } from './recorder/recording.ts';
import { readBack } from './score/read-back.ts';
import { addToScore } from './score/score.ts';
import { emptyScore, type Score, type Wrong } from './score/tally.ts';
import { AGENTS } from './writers/agents.ts';

/** Every scenario by every agent, and so many random sequences besides: `CODETRACER_FIDELITY_SEEDS=20`. */
const SEEDS = Number(process.env['CODETRACER_FIDELITY_SEEDS'] ?? '0');
const LENGTH = 60;

const score = emptyScore();

beforeAll(async () => {
  await measure(
    SEEDS > 0 ? [...allScripted(), ...allRandom(SEEDS, LENGTH)] : [...someScripted(), ...shortRandom()],
    score,
  );
}, 3_600_000);

/** One sequence for one of the agents is enough to see that the grammar is still understood. */
function shortRandom(): Attempt[] {
  return allRandom(1, 25).slice(1, 2);
}

describe('reconstruction of runs that were really executed', () => {
  it('holds no content, directory or way back for known that was otherwise', () => {
    expect(score.wrongs.map(describeWrong)).toEqual([]);
  });

  it('knows the directory, the tests and most of what changed', () => {
    expect(share(score.rest, 'directory right', /^directory /)).toBeGreaterThan(0.85);
    expect(share(score.rest, 'tests right', /^tests /)).toBeGreaterThan(0.8);
    expect(share(score.changes, 'right', /^(?!invented)/)).toBeGreaterThan(0.2);
    expect(share(score.changes, 'missed', /^(?!invented)/)).toBeLessThan(0.03);
  });

  it('makes a node for what changed, under the right parent', () => {
    expect(share(score.tree, 'change with node', /^change /)).toBeGreaterThan(0.9);
    expect(share(score.tree, 'parent right', /^parent /)).toBeGreaterThan(0.9);
  });
});

describe('the score', () => {
  const deeds = deedsOf('own');
  const script = follow({
    name: 'own',
    deeds: [
      deeds.write('/app/a.txt', 'one\n'),
      deeds.run('cd calc && echo two >> /app/a.txt'),
      deeds.run('rm /app/a.txt'),
    ],
  });

  async function scoreOf(change: (recording: Recording) => Recording): Promise<Score> {
    const [agent] = AGENTS;
    if (!agent) throw new Error('there are no agents');
    const recording = await record('own', script, agent.hands);
    const own = emptyScore();
    for (const [format, write] of Object.entries(agent.writers)) {
      addToScore(own, format, change(recording), await readBack(write(recording)), agent.keepsEnv);
    }
    return own;
  }

  it('finds everything right that is', async () => {
    const own = await scoreOf((recording) => recording);
    expect(own.wrongs).toEqual([]);
    expect(own.changes.sum('right')).toBe(6);
    expect(own.rest.sum('directory right')).toBe(6);
  });

  it('finds a claim wrong when the world was otherwise', async () => {
    const own = await scoreOf((recording) => ({
      ...recording,
      steps: recording.steps.map((step) => {
        const files = new Map(step.truth.files);
        if (files.has('/app/a.txt')) files.set('/app/a.txt', { kind: 'file', text: 'other\n', mode: 0o644 });
        return { ...step, truth: { ...step.truth, files, cwd: '/elsewhere' } };
      }),
    }));
    expect(new Set(own.wrongs.map(({ what }) => what))).toEqual(new Set(['content', 'directory']));
  });
});

function describeWrong({ what, format, recording, step, path, action, claimed, truth }: Wrong): string {
  return `${what} of ${path}, ${format}, ${recording}, step ${step + 1}: ${action}; claimed ${claimed}; truth ${truth}`;
}

function share(tally: Score['rest'], part: string, of: RegExp): number {
  const whole = tally.columns.filter((column) => of.test(column));
  return tally.sum(part) / whole.reduce((sum, column) => sum + tally.sum(column), 0);
}
