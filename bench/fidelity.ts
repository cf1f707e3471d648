/**
 * What reconstruction gets right of runs that were really executed: every scripted scenario and random sequences of
 * commands and edits, by every kind of agent, in every format that they leave behind. Takes some minutes.
 * Run: npx tsx bench/fidelity.ts [--seeds 6] [--length 100] [--list] [--write]
 * `--list` prints each wrong claim and each missed change, `--write` puts the tables into docs/fidelity.md.
 */
import { parseArgs } from 'node:util';
import { type Attempt, allRandom, allScripted, measure } from '../test/fidelity/fidelity.ts';
import { SCENARIOS } from '../test/fidelity/scenarios/all.ts';
import { renderScore } from '../test/fidelity/score/render.ts';
import { emptyScore, type Score, type Wrong } from '../test/fidelity/score/tally.ts';
import { AGENTS } from '../test/fidelity/writers/agents.ts';
import { writeBlock } from './lib/write-block.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '6' },
    length: { type: 'string', default: '100' },
    list: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const seeds = Number(values.seeds);
const length = Number(values.length);

// An interrupt ends as usual, so that worlds are removed.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const scripted = emptyScore();
await measure(allScripted(), scripted, progress);
const drawn = emptyScore();
await measure(allRandom(seeds, length), drawn, progress);

const scenarios = `${SCENARIOS.length} scripted scenarios`;
const sequences = `${seeds} random sequences of ${length} deeds`;
console.log(`## ${scenarios}\n\n${renderScore(scripted)}\n\n## ${sequences}\n\n${renderScore(drawn)}`);
if (values.list) for (const score of [scripted, drawn]) printList(score);
if (values.write) {
  writeBlock(
    'docs/fidelity.md',
    'scripted',
    `\n${SCENARIOS.length} scenarios, each by ${AGENTS.length} kinds of agents.\n\n${renderScore(scripted)}\n`,
  );
  writeBlock(
    'docs/fidelity.md',
    'random',
    `\n${sequences}, each by ${AGENTS.length} kinds of agents.\n\n${renderScore(drawn)}\n`,
  );
}

function progress({ name }: Attempt): void {
  console.error(name);
}

function printList({ wrongs, missed }: Score): void {
  for (const wrong of wrongs) console.log(`\nWRONG ${describe(wrong)}`);
  for (const one of missed) console.log(`\nMISSED ${describe(one)}`);
}

function describe({ what, format, recording, step, path, action, claimed, truth }: Wrong): string {
  return `${what} of ${path}, ${format}, ${recording}, step ${step + 1}\n  ${JSON.stringify(action)}\n  claimed: ${claimed}\n  truth:   ${truth}`;
}
