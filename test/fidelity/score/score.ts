import type { Analysis } from '../../../src/query/analysis.ts';
import type { Recording } from '../recorder/recording.ts';
import { align } from './align.ts';
import { scoreChanges, scoreStates } from './score-files.ts';
import { scoreRest } from './score-rest.ts';
import { scoreTree } from './score-tree.ts';
import type { Score } from './tally.ts';

/** Adds what one reconstruction got right and wrong. */
export function addToScore(
  score: Score,
  format: string,
  recording: Recording,
  analysis: Analysis,
  keepsEnv: boolean,
): void {
  const pairs = align(recording, analysis);
  const subject = { format, recording, history: analysis.history, pairs };
  scoreStates(subject, score);
  scoreChanges(subject, score);
  scoreRest(subject, keepsEnv, score);
  scoreTree(subject, analysis.tree, score);
}
