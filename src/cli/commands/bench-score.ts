import { join } from 'node:path';
import { scoreSystems } from '../../bench/score-systems.ts';
import { writeFileAtomic } from '../../io/write.ts';
import { EXIT } from '../exit-codes.ts';
import { printBenchScore } from '../output/print-bench-score.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import { gatherMeasured, type MeasureCommandOptions, reportNotes, scoreOptions } from './bench-options.ts';

export interface BenchScoreCommandOptions extends MeasureCommandOptions {
  /** Folder for `scores.json`. */
  readonly out?: string;
}

export async function benchScoreCommand(
  path: string | undefined,
  options: BenchScoreCommandOptions,
): Promise<number> {
  const { labels, entrants, notes, folders } = await gatherMeasured(
    path === undefined ? [] : [path],
    options,
  );
  const score = scoreSystems(labels, entrants, scoreOptions(options));
  const home = options.out ?? folders[0]?.folder;
  if (home !== undefined) {
    await writeFileAtomic(join(home, 'scores.json'), `${JSON.stringify(score, null, 2)}\n`);
  }
  await (options.json ? writeJson(score) : writeOut(printBenchScore(score)));
  reportNotes(notes);
  return EXIT.done;
}
