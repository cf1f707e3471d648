import { availableParallelism } from 'node:os';
import { randomDeeds } from './grammar.ts';
import type { Scenario } from './recorder/deed.ts';
import { type NextDeed, record } from './recorder/record.ts';
import type { Recording } from './recorder/recording.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { readBack } from './score/read-back.ts';
import { addToScore } from './score/score.ts';
import type { Score } from './score/tally.ts';
import { AGENTS, type AgentKind } from './writers/agents.ts';

/** A sequence that one kind of agent does. */
export interface Attempt {
  readonly name: string;
  readonly agent: AgentKind;
  /** Made afresh for every recording: random deeds remember how far they are. */
  readonly begin: () => NextDeed;
}

/** Every scenario by every agent. */
export function allScripted(): Attempt[] {
  return SCENARIOS.flatMap((scenario) => AGENTS.map((agent) => scripted(scenario, agent)));
}

/** Every scenario by one agent, each in turn: every agent and every format is there, at a sixth of the price. */
export function someScripted(): Attempt[] {
  return SCENARIOS.flatMap((scenario, index) => {
    const agent = AGENTS[index % AGENTS.length];
    return agent ? [scripted(scenario, agent)] : [];
  });
}

/** Random sequences for the seeds from 1, each by every agent. */
export function allRandom(seeds: number, length: number): Attempt[] {
  return Array.from({ length: seeds }, (_, index) => index + 1).flatMap((seed) =>
    AGENTS.map((agent) => ({
      name: `seed ${seed} (${agent.name})`,
      agent,
      begin: () => randomDeeds(seed, length),
    })),
  );
}

/** The deeds of a script, one after the other. */
export function follow({ deeds }: Scenario): NextDeed {
  return (_, done) => deeds[done];
}

function scripted(scenario: Scenario, agent: AgentKind): Attempt {
  return { name: `${scenario.name} (${agent.name})`, agent, begin: () => follow(scenario) };
}

/**
 * Records each attempt once, writes it in each format of its agent, and adds what is read back to the score. Some are
 * recorded at the same time, each in its own world; they are scored in their order, so that the same ones give the same
 * score.
 */
export async function measure(
  attempts: readonly Attempt[],
  score: Score,
  scored?: (attempt: Attempt) => void,
): Promise<void> {
  const ahead = Math.min(4, availableParallelism());
  const started: Promise<Recording>[] = [];
  try {
    for (const [index, attempt] of attempts.entries()) {
      for (const next of attempts.slice(started.length, index + ahead)) started.push(recordOne(next));
      const recording = await started[index];
      if (recording) await scoreOne(recording, attempt.agent, score);
      scored?.(attempt);
    }
  } finally {
    // Worlds are removed by those who made them, also when another attempt failed.
    await Promise.allSettled(started);
  }
}

function recordOne({ name, agent, begin }: Attempt): Promise<Recording> {
  const recording = record(name, begin(), agent.hands);
  // A failure is told where the recording is waited for.
  recording.catch(() => undefined);
  return recording;
}

async function scoreOne(recording: Recording, agent: AgentKind, score: Score): Promise<void> {
  for (const [format, write] of Object.entries(agent.writers)) {
    const analysis = await readBack(write(recording));
    addToScore(score, format, recording, analysis, agent.keepsEnv);
  }
}
