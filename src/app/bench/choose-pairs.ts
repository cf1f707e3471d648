import type { Entrant } from '../../bench/entrant.ts';
import type { ScoreReport } from '../../bench/score-report.ts';

/** Rules that are compared with whatever their figures are: everybody has them in mind. */
const PLAIN_RULES = ['last-step', 'middle', 'all-steps'];

/**
 * Whom a report compares: the diagnosis with the constant rules that are best at anything, with the plainest rules, with
 * other tools, and with itself with a part switched off.
 */
export function choosePairs(score: ScoreReport, entrants: readonly Entrant[]): [Entrant, Entrant][] {
  const main = entrants.find(({ kind }) => kind === 'codetracer');
  if (!main) return [];
  const all = score.slices.find(({ by }) => by === 'all');
  const headlines = score.figures.filter(({ headline }) => headline).map(({ id }) => id);
  const rules = new Set([...headlines.flatMap((id) => all?.bestRules[id] ?? []), ...PLAIN_RULES]);
  return entrants
    .filter((entrant) => entrant !== main && (entrant.kind !== 'rule' || rules.has(entrant.name)))
    .filter(({ kind }) => kind !== 'ceiling')
    .map((entrant) => [main, entrant]);
}
