/**
 * What the analysis of a run costs after it was read, by phase: `npx tsx bench/analysis-speed.ts [--corpus] [--dist]`.
 * All labelled runs (with `--corpus` every run of the corpus) are read first. Each is then analysed once cold, in a
 * process that has analysed nothing, and in three warm passes, of which the median counts. `--dist` times the built
 * library instead (`npm run build` first), as a whole only. Where the system tells the processor time of a thread,
 * times are scaled to that of the pass: waiting for a busy processor does not count. Beside them stands a fixed
 * reference, `JSON.stringify` and `JSON.parse` of the texts of the same runs by the same process: ratios to it survive a
 * slow machine.
 */
import { join } from 'node:path';
import type { analyze } from '../src/app/analyze.ts';
import type { Run } from '../src/model/run.ts';
import { buildTimeline } from '../src/model/timeline.ts';
import { CORPUS } from '../test/support/corpus.ts';
import { readLabelledRun, readLabels } from './lib/labelled-runs.ts';
import { analyzeInPhases, PHASES, type PhaseTimes } from './lib/phase-times.ts';
import { printTable } from './lib/table.ts';
import { hasThreadTimes, threadMs } from './lib/thread-clock.ts';

const WARM_PASSES = 3;
const SLOWEST = 10;

type Analyze = (run: Run) => PhaseTimes;

/** One pass over all runs. */
interface Pass {
  readonly runs: readonly PhaseTimes[];
  readonly wallMs: number;
  /** Processor time of the main thread. */
  readonly threadMs: number;
  /** Of the whole process: the threads of the collector and the compiler too. */
  readonly cpuMs: number;
  readonly referenceMs: number;
}

const withCorpus = process.argv.includes('--corpus');
const fromDist = process.argv.includes('--dist');

const runs = (withCorpus ? await readCorpus() : await readLabelled()).filter((run) => run.steps.length > 0);
if (runs.length === 0)
  throw new Error('no runs on this machine (set CODETRACER_CORPUS, CODETRACER_LABELLED)');
// Sub-agents' steps are analysed too.
const stepsOf = runs.map((run) => buildTimeline(run).length);
const steps = sum(stepsOf);
const analyzeRun: Analyze = fromDist ? await loadBuilt() : analyzeInPhases;

const cold = timePass();
const warm = Array.from({ length: WARM_PASSES }, timePass);

const texts = sum(
  runs.map((run) => sum(run.steps.map((step) => step.action.length + (step.observation?.length ?? 0)))),
);
console.log(
  `${runs.length} runs, ${steps} steps, ${(texts / 1e6).toFixed(1)} million characters of actions and observations; ${fromDist ? 'built library' : 'sources through tsx'}; ${hasThreadTimes ? 'processor time of the main thread' : 'wall time'}\n`,
);
printTable([
  ['ms per 100 steps', 'total / steps', 'median of runs', 'warm total / steps', 'warm median of runs'],
  ...(fromDist ? [] : PHASES.map((phase) => phaseRow(phase, (times) => times[phase]))),
  phaseRow('all', (times) => times.all),
  passRow('all, on the wall', (pass) => pass.wallMs),
  passRow('all threads', (pass) => pass.cpuMs),
  passRow('reference', (pass) => pass.referenceMs),
]);
const ratio = (pass: Pass): number => pass.threadMs / pass.referenceMs;
console.log(
  `\nof the reference: cold ${ratio(cold).toFixed(1)}x, warm ${median(warm.map(ratio)).toFixed(1)}x\n`,
);
printTable([
  ['slowest runs, cold', 'steps', 'ms', ...(fromDist ? [] : PHASES), 'warm ms'],
  ...runs
    .map((run, index) => ({ run, index, times: cold.runs[index] }))
    .toSorted((a, b) => (b.times?.all ?? 0) - (a.times?.all ?? 0))
    .slice(0, SLOWEST)
    .map(({ run, index, times }) => [
      run.id,
      stepsOf[index] ?? 0,
      Math.round(times?.all ?? 0),
      ...(fromDist ? [] : PHASES.map((phase) => Math.round(times?.[phase] ?? 0))),
      Math.round(median(warm.map((pass) => pass.runs[index]?.all ?? 0))),
    ]),
]);

function timePass(): Pass {
  const referenceMs = timeReference();
  const before = cpuMs();
  const beforeThread = threadMs();
  const start = performance.now();
  const walls = runs.map((run) => analyzeRun(run));
  const wallMs = performance.now() - start;
  const spent = threadMs() - beforeThread;
  return {
    runs: walls.map((times) => scaleTimes(times, spent / wallMs)),
    wallMs,
    threadMs: spent,
    cpuMs: cpuMs() - before,
    referenceMs,
  };
}

function scaleTimes(times: PhaseTimes, factor: number): PhaseTimes {
  return {
    effects: times.effects * factor,
    history: times.history * factor,
    tree: times.tree * factor,
    diagnosis: times.diagnosis * factor,
    all: times.all * factor,
  };
}

/** The quickest of three: what the machine can do when it is let. */
function timeReference(): number {
  const once = (): number => {
    const start = threadMs();
    for (const run of runs) {
      const copy: unknown = JSON.parse(
        JSON.stringify(run.steps.map((step) => [step.thought, step.action, step.observation])),
      );
      if (!Array.isArray(copy)) throw new Error('assertion failed: an array stays an array');
    }
    return threadMs() - start;
  };
  return Math.min(once(), once(), once());
}

function phaseRow(name: string, pick: (times: PhaseTimes) => number): (string | number)[] {
  const total = (pass: Pass): number => sum(pass.runs.map(pick));
  const each = (pass: Pass): number =>
    median(pass.runs.map((times, index) => (pick(times) / (stepsOf[index] ?? 1)) * 100));
  return [
    name,
    perHundred(total(cold), steps),
    each(cold).toFixed(1),
    perHundred(median(warm.map(total)), steps),
    median(warm.map(each)).toFixed(1),
  ];
}

function passRow(name: string, pick: (pass: Pass) => number): (string | number)[] {
  return [name, perHundred(pick(cold), steps), '-', perHundred(median(warm.map(pick)), steps), '-'];
}

async function readLabelled(): Promise<Run[]> {
  const found: Run[] = [];
  for (const row of readLabels()) found.push(await readLabelledRun(row));
  return found;
}

async function readCorpus(): Promise<Run[]> {
  const { readRuns } = await import('../src/app/read-runs.ts');
  const found: Run[] = [];
  for await (const item of readRuns([CORPUS])) if (item.kind === 'run') found.push(item.run);
  return found;
}

/** `analyze` of the built library. */
async function loadBuilt(): Promise<Analyze> {
  const library: { readonly analyze: typeof analyze } = await import(
    join(import.meta.dirname, '..', 'dist', 'index.js')
  );
  return (run) => {
    const start = performance.now();
    library.analyze(run);
    const all = performance.now() - start;
    return { effects: 0, history: 0, tree: 0, diagnosis: 0, all };
  };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}

function perHundred(ms: number, count: number): string {
  return ((ms / count) * 100).toFixed(1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
