/**
 * Reading and analysing a whole corpus in one process, beside `JSON.parse` alone over the same JSON bytes:
 * `npx tsx bench/throughput.ts [folder]`. Three rounds; medians.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../src/app/analyze.ts';
import { readRuns } from '../src/app/read-runs.ts';
import { CORPUS } from '../test/support/corpus.ts';
import { printTable } from './lib/table.ts';

const root = process.argv[2] ?? CORPUS;
const ROUNDS = 3;

/** The JSON texts of every file that detection would look into: whole documents, lines, and recordings. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return /\.(?:json|jsonl|traj|cast)$/.test(entry.name) || entry.name === 'claude-code.txt' ? [path] : [];
  });
}

function parseOnly(files: readonly string[]): { seconds: number; bytes: number } {
  let bytes = 0;
  let milliseconds = 0;
  for (const path of files) {
    bytes += statSync(path).size;
    const text = readFileSync(path, 'utf8');
    const start = performance.now();
    const pieces = /\.(?:json|traj)$/.test(path) ? [text] : text.split('\n');
    for (const piece of pieces) {
      try {
        JSON.parse(piece);
      } catch {
        // Not JSON (a log line between records): parse time counts all the same.
      }
    }
    milliseconds += performance.now() - start;
  }
  return { seconds: milliseconds / 1000, bytes };
}

async function readAll(withAnalysis: boolean): Promise<{ seconds: number; runs: number; steps: number }> {
  const start = performance.now();
  let runs = 0;
  let steps = 0;
  for await (const item of readRuns([root])) {
    if (item.kind !== 'run') continue;
    runs++;
    steps += item.run.steps.length;
    if (withAnalysis) analyze(item.run);
  }
  return { seconds: (performance.now() - start) / 1000, runs, steps };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

const files = listFiles(root);
const parse = Array.from({ length: ROUNDS }, () => parseOnly(files));
const read: Awaited<ReturnType<typeof readAll>>[] = [];
const whole: Awaited<ReturnType<typeof readAll>>[] = [];
for (let round = 0; round < ROUNDS; round++) {
  read.push(await readAll(false));
  whole.push(await readAll(true));
}
const megabytes = (parse[0]?.bytes ?? 0) / 1e6;
const base = median(parse.map(({ seconds }) => seconds));
const steps = read[0]?.steps ?? 0;
const row = (name: string, seconds: number): (string | number)[] => [
  name,
  seconds.toFixed(2),
  (megabytes / seconds).toFixed(0),
  (steps / seconds).toFixed(0),
  `${(seconds / base).toFixed(1)}x`,
];
printTable([
  ['part', 'seconds', 'MB/s', 'steps/s', 'of JSON.parse'],
  row('JSON.parse alone', base),
  row('discover, read and pair', median(read.map(({ seconds }) => seconds))),
  row('whole analysis', median(whole.map(({ seconds }) => seconds))),
]);
console.log(
  `${files.length} files with JSON, ${megabytes.toFixed(0)} MB, ${read[0]?.runs} runs, ${steps} steps; peak RSS ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
);
