import type { Scenario } from './recorder/deed.ts';
import { type NextDeed, record } from './recorder/record.ts';
import { readBack } from './score/read-back.ts';
import { addToScore } from './score/score.ts';
import type { Score } from './score/tally.ts';
import type { AgentKind } from './writers/agents.ts';

/** Records a sequence once with an agent's hands, writes it in each of its formats, and scores what is read back. */
export async function measure(name: string, next: NextDeed, agent: AgentKind, score: Score): Promise<void> {
  const recording = await record(`${name} (${agent.name})`, next, agent.hands);
  for (const [format, write] of Object.entries(agent.writers)) {
    const analysis = await readBack(write(recording));
    addToScore(score, format, recording, analysis, agent.keepsEnv);
  }
}

/** The deeds of a script, one after the other. */
export function follow({ deeds }: Scenario): NextDeed {
  return (_, done) => deeds[done];
}
