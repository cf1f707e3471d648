/**
 * One worker beside several over the same runs: `npm run build && npx tsx bench/parallel.ts [folder] [workers] [rounds]`.
 * The rounds alternate, since a shared machine is never equally fast for long; best and median of each are shown.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CORPUS } from '../test/support/corpus.ts';
import { measureCommand } from './lib/measure-command.ts';
import { printTable } from './lib/table.ts';

const CLI = join(import.meta.dirname, '..', 'dist', 'cli.js');
const root = process.argv[2] ?? CORPUS;
const workers = Number(process.argv[3] ?? availableParallelism());
const rounds = Number(process.argv[4] ?? 3);

async function measure(count: number): Promise<{ seconds: number; peakMb: number }> {
  const out = await mkdtemp(join(tmpdir(), 'codetracer-parallel-'));
  try {
    const args = [
      CLI,
      'analyze',
      root,
      '--json',
      '--no-extractors',
      '--out',
      out,
      '--workers',
      String(count),
    ];
    const { seconds, peakMb } = await measureCommand(process.execPath, args, tmpdir());
    return { seconds, peakMb: peakMb ?? 0 };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

const one: Awaited<ReturnType<typeof measure>>[] = [];
const many: Awaited<ReturnType<typeof measure>>[] = [];
for (let round = 0; round < rounds; round++) {
  one.push(await measure(1));
  many.push(await measure(workers));
}
const seconds = (measured: typeof one): number[] =>
  measured.map((each) => each.seconds).toSorted((a, b) => a - b);
const best = (measured: typeof one): number => seconds(measured)[0] ?? 0;
const median = (measured: typeof one): number => seconds(measured)[rounds >> 1] ?? 0;
const row = (name: string, measured: typeof one): (string | number)[] => [
  name,
  best(measured).toFixed(1),
  median(measured).toFixed(1),
  Math.max(...measured.map(({ peakMb }) => peakMb)).toFixed(0),
];
printTable([
  ['workers', 'best s', 'median s', 'peak MB'],
  row('1', one),
  row(String(workers), many),
  ['ratio', (best(one) / best(many)).toFixed(2), (median(one) / median(many)).toFixed(2), ''],
]);
const load = (loadavg()[0] ?? 0).toFixed(1);
console.log(
  `${availableParallelism()} cores, load ${load}; a load above the number of workers hides what they gain`,
);
