import { type RunFolder } from '../../app/bench/read-run-folder.ts';
import { CodetracerError } from '../../base/error.ts';
import { compareSystems } from '../../bench/compare-systems.ts';
import type { Entrant } from '../../bench/entrant.ts';
import { EXIT } from '../exit-codes.ts';
import { printBenchCompare } from '../output/print-bench-compare.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import {
  BENCH_FOLDER,
  gatherMeasured,
  type MeasureCommandOptions,
  reportNotes,
  scoreOptions,
} from './bench-options.ts';

export interface BenchCompareCommandOptions extends MeasureCommandOptions {
  /** Folder of `bench run` that holds systems which are named without one. */
  readonly run?: string;
}

/** One side: a system, and the folder that was written before it. */
interface Side {
  readonly folder: string | undefined;
  readonly system: string;
}

export async function benchCompareCommand(
  first: string,
  second: string,
  options: BenchCompareCommandOptions,
): Promise<number> {
  const external = new Set(options.predictions?.map((text) => text.slice(0, text.indexOf('='))));
  const sides = [first, second].map((text) => readSide(text, external, options.run ?? BENCH_FOLDER));
  const paths = [...new Set(sides.flatMap(({ folder }) => folder ?? []))];
  const { labels, entrants, folders, notes } = await gatherMeasured(paths, options);
  const [a, b] = sides.map((side) => findEntrant(side, folders, entrants));
  if (!a || !b) throw new Error('assertion failed: two sides');
  // Equal names of two folders would leave nobody knowing which is which.
  const [named, other] =
    a.name === b.name && paths.length > 1 ? [rename(a, first), rename(b, second)] : [a, b];
  const report = compareSystems(labels, named, other, scoreOptions(options));
  await (options.json ? writeJson(report) : writeOut(printBenchCompare(report)));
  reportNotes(notes);
  return EXIT.done;
}

/** `system`, or `folder:system`; predictions of another tool go by their name alone. */
function readSide(text: string, external: ReadonlySet<string>, run: string): Side {
  const cut = text.lastIndexOf(':');
  if (cut > 0) return { folder: text.slice(0, cut), system: text.slice(cut + 1) };
  return { folder: external.has(text) ? undefined : run, system: text };
}

function findEntrant(
  { folder, system }: Side,
  folders: readonly RunFolder[],
  entrants: readonly Entrant[],
): Entrant {
  const pool =
    folder === undefined ? entrants : (folders.find((one) => one.folder === folder)?.entrants ?? []);
  const found = pool.find(({ name }) => name === system);
  if (found) return found;
  throw new CodetracerError(
    'usage',
    `${system}: no such system${folder === undefined ? '' : ` in ${folder}`}`,
    {
      hint: `systems: ${entrants.map(({ name }) => name).join(', ')}; of another folder: folder:system`,
    },
  );
}

function rename(entrant: Entrant, name: string): Entrant {
  return { ...entrant, name };
}
