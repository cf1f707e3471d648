/**
 * Reading and analysing a whole corpus in one process, beside `JSON.parse` alone over the same JSON bytes:
 * `npx tsx bench/throughput.ts [folder]`. Three rounds; medians. Then the same for the artifacts of each format, read and
 * paired without discovery. Seconds are of processor time, all threads of the process together (the collector's too):
 * the clock on a wall tells as much about the machine's other work.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../src/app/analyze.ts';
import { identifyArtifact } from '../src/app/identify-artifact.ts';
import { type Located, locateArtifacts } from '../src/app/locate-artifacts.ts';
import { watchArtifact } from '../src/app/measure-runs.ts';
import { extractRuns, readRuns } from '../src/app/read-runs.ts';
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
  let seconds = 0;
  for (const path of files) {
    bytes += statSync(path).size;
    const text = readFileSync(path, 'utf8');
    const start = cpuSeconds();
    const pieces = /\.(?:json|traj)$/.test(path) ? [text] : text.split('\n');
    for (const piece of pieces) {
      try {
        JSON.parse(piece);
      } catch {
        // Not JSON (a log line between records): parse time counts all the same.
      }
    }
    seconds += cpuSeconds() - start;
  }
  return { seconds, bytes };
}

async function readAll(withAnalysis: boolean): Promise<{ seconds: number; runs: number; steps: number }> {
  const start = cpuSeconds();
  let runs = 0;
  let steps = 0;
  for await (const item of readRuns([root])) {
    if (item.kind !== 'run') continue;
    runs++;
    steps += item.run.steps.length;
    if (withAnalysis) analyze(item.run);
  }
  return { seconds: cpuSeconds() - start, runs, steps };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
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

type Artifact = Extract<Located, { kind: 'found' }>;

interface FormatCost {
  bytes: number;
  steps: number;
  parse: number;
  read: number;
}

/** Reads an artifact twice: to see which files it is read from, then for the time. */
async function measureArtifact(artifact: Artifact, cost: FormatCost): Promise<void> {
  const identity = await identifyArtifact(artifact, new Map());
  const watch = watchArtifact(artifact.found);
  for await (const run of extractRuns(artifact, identity, watch)) cost.steps += run.steps.length;
  for (const path of watch.format.read) {
    const text = (await artifact.found.reader.text(path))?.text ?? '';
    cost.bytes += Buffer.byteLength(text);
    const start = cpuSeconds();
    for (const piece of /^\s*\{.*\}\s*\n\s*[[{]/.test(text) ? text.split('\n') : [text]) {
      try {
        JSON.parse(piece);
      } catch {
        // No JSON: the time until that is known counts.
      }
    }
    cost.parse += cpuSeconds() - start;
  }
  const start = cpuSeconds();
  for await (const run of extractRuns(artifact, identity)) void run;
  cost.read += cpuSeconds() - start;
}

const costs = new Map<string, FormatCost>();
for await (const located of locateArtifacts([root])) {
  if (located.kind === 'other') continue;
  const { id } = located.found.format;
  const cost = costs.get(id) ?? { bytes: 0, steps: 0, parse: 0, read: 0 };
  costs.set(id, cost);
  await measureArtifact(located, cost);
}
const perSecond = (bytes: number, seconds: number): string => (bytes / 1e6 / seconds).toFixed(0);
printTable([
  ['format', 'MB', 'steps', 'JSON.parse MB/s', 'read and paired MB/s', 'of JSON.parse'],
  ...[...costs]
    .sort(([, a], [, b]) => b.bytes - a.bytes)
    .map(([id, { bytes, steps, parse, read }]) => [
      id,
      (bytes / 1e6).toFixed(1),
      steps,
      perSecond(bytes, parse),
      perSecond(bytes, read),
      `${(read / parse).toFixed(1)}x`,
    ]),
]);
