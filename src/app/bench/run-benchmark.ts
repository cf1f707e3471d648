import { join, resolve } from 'node:path';
import { CodetracerError } from '../../base/error.ts';
import type { Subject } from '../../bench/bench-case.ts';
import type { System } from '../../bench/system.ts';
import { ensureFolder } from '../../io/write.ts';
import { answerCase } from './answer-case.ts';
import { answerKey } from './answer-key.ts';
import { type BenchManifest, type CaseRow, readManifest, writeManifest } from './bench-manifest.ts';
import { type CaseChoice, chooseCases } from './choose-cases.ts';
import { type CodeIdentity, digestText, identifyCode } from './code-identity.ts';
import type { CaseSource, Dataset } from './dataset.ts';
import { digestLabels } from './digest-labels.ts';
import { PredictionFile } from './prediction-file.ts';
import { formatPrediction } from './prediction-line.ts';
import { countCases, describeSystem, type RunState, startState, summarize } from './run-state.ts';

export interface BenchRunOptions extends CaseChoice {
  /** Where predictions and the manifest go. */
  readonly folder: string;
  readonly systems: readonly System[];
  /** As the user named them; they are found again for scoring. */
  readonly paths: readonly string[];
  readonly corpus?: string;
  /** What the answers follow from beside the runs; read from the disk unless given. */
  readonly code?: CodeIdentity;
  readonly withholdOutcome?: boolean;
  /** Asked before each case; what is finished then stays. */
  readonly isInterrupted?: () => boolean;
  readonly onCase?: (row: CaseRow, done: number, total: number) => void;
}

/** A system with its file, and what its answers depend on beside the run. */
interface Seat {
  readonly system: System;
  readonly settings: string;
  readonly file: PredictionFile;
}

/**
 * Lets each system answer on each case and writes the answers, a file per system, with a manifest. What the folder holds
 * already is not worked out again where run, settings and code are the same. Labels are not among what it is given.
 * @throws CodetracerError `usage` when the folder belongs to other data, `unreadable`, `unwritable`
 */
export async function runBenchmark(
  dataset: Pick<Dataset, 'cases' | 'files' | 'refusals'>,
  options: BenchRunOptions,
): Promise<BenchManifest> {
  const start = performance.now();
  const digest = digestLabels(dataset.files);
  const earlier = await readEarlier(options.folder, digest);
  const code = options.code ?? (await identifyCode());
  const before = new Map(
    (earlier?.code.digest === code.digest ? earlier.cases : []).map((row) => [row.id, row]),
  );
  const cases = chooseCases(dataset.cases, options);
  const state = startState(cases, options.systems);
  const seats = await openSeats(options);
  const started = new Date().toISOString();
  const describe = (status: BenchManifest['state']): BenchManifest => {
    const systems = seats.map(({ system, settings, file }) =>
      describeSystem(system, settings, file, state, code.digest),
    );
    return {
      schema: 'codetracer.bench-run/1',
      state: status,
      started,
      ...(status !== 'running' && { finished: new Date().toISOString() }),
      ...describeSetting(dataset, { ...options, code }, digest),
      systems,
      ...summarize(state, systems, performance.now() - start),
      cases: [...state.cases.values()],
      refusals: dataset.refusals.map((refusal) => ({ ...refusal })),
    };
  };
  let last = describe('running');
  await writeManifest(options.folder, last);
  let status: BenchManifest['state'] = 'interrupted';
  try {
    for (const source of cases) {
      if (options.isInterrupted?.()) break;
      const row = await runCase(source, { seats, state, code, before });
      state.cases.set(source.id, row);
      const { pending } = countCases(state);
      options.onCase?.(row, cases.length - pending, cases.length);
      if (pending === 0) status = 'complete';
      // A signal is only heard between two turns of the event loop.
      await new Promise((resume) => setImmediate(resume));
    }
    if (cases.length === 0) status = 'complete';
  } finally {
    const order = dataset.cases.map(({ id }) => id);
    for (const { file } of seats) await file.close(order);
    last = describe(status);
    await writeManifest(options.folder, last);
  }
  return last;
}

async function readEarlier(folder: string, digest: string): Promise<BenchManifest | undefined> {
  const before = await readManifest(folder);
  if (before !== undefined && before.data.digest !== digest) {
    throw new CodetracerError('usage', `${folder} holds predictions for other labelled runs`, {
      hint: 'choose another folder with --out, or remove this one',
    });
  }
  return before;
}

/** What was asked for. */
function describeSetting(
  { files }: Pick<Dataset, 'files'>,
  { code, paths, corpus, limit, sample, withholdOutcome }: BenchRunOptions & { readonly code: CodeIdentity },
  digest: string,
): Pick<BenchManifest, 'code' | 'node' | 'platform' | 'data' | 'settings'> {
  return {
    code: { ...code, fittedOn: [...code.fittedOn] },
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    data: {
      paths: paths.map((path) => resolve(path)),
      ...(corpus !== undefined && { corpus: resolve(corpus) }),
      digest,
      files: files.map((file) => ({ ...file })),
    },
    settings: {
      outcome: withholdOutcome ? 'withheld' : 'known and withheld',
      ...(limit !== undefined && { limit }),
      ...(sample !== undefined && { sample }),
    },
  };
}

async function openSeats({ folder, systems }: BenchRunOptions): Promise<Seat[]> {
  await ensureFolder(join(folder, 'predictions'));
  const seats: Seat[] = [];
  for (const system of systems) {
    const { name, outcome, settings } = system;
    seats.push({
      system,
      settings: digestText(JSON.stringify({ name, outcome, settings })),
      file: await PredictionFile.open(predictionPath(folder, name)),
    });
  }
  return seats;
}

export function predictionPath(folder: string, system: string): string {
  return join(folder, 'predictions', `${system}.jsonl`);
}

/** What a call of the runner works with from case to case. */
interface Work {
  readonly seats: readonly Seat[];
  readonly state: RunState;
  readonly code: CodeIdentity;
  /** Rows of an earlier call with the same code, by case. */
  readonly before: ReadonlyMap<string, CaseRow>;
}

async function runCase(source: CaseSource, work: Work): Promise<CaseRow> {
  const { id, name, set } = source;
  const { seats, state, before } = work;
  const digest = await source.digest();
  const keyOf = (seat: Seat): string => answerKey(digest ?? '', seat.settings, work.code.digest);
  const due = digest === undefined ? seats : seats.filter((seat) => !seat.file.holds(id, keyOf(seat)));
  for (const seat of seats) {
    const tally = state.tallies.get(seat.system.name);
    if (tally && !due.includes(seat)) tally.reused++;
  }
  const row = before.get(id);
  if (due.length === 0 && row?.state === 'done' && row.digest === digest) return row;
  const start = performance.now();
  const opened = await source.open();
  state.readMilliseconds += performance.now() - start;
  if (opened.kind === 'refused') return { id, name, set, state: 'refused', reason: opened.reason };
  if (digest === undefined) return { id, name, set, state: 'refused', reason: 'it can not be read whole' };
  const { subject, steps, note } = opened;
  const failures = await answerDue(subject, due, keyOf, state);
  return {
    id,
    name,
    set,
    state: failures.length > 0 ? 'failed' : 'done',
    ...(failures.length > 0 && { reason: failures.join('; ') }),
    digest,
    stepCount: subject.run.steps.length,
    ...(steps && { steps: [...steps] }),
    ...(note !== undefined && { note }),
  };
}

/** Writes what the systems say, and answers what broke. */
async function answerDue(
  subject: Subject,
  due: readonly Seat[],
  keyOf: (seat: Seat) => string,
  state: RunState,
): Promise<string[]> {
  const start = performance.now();
  const answers = answerCase(
    subject,
    due.map(({ system }) => system),
  );
  state.analysisMilliseconds += performance.now() - start;
  const failures: string[] = [];
  for (const [index, answer] of answers.entries()) {
    const seat = due[index];
    const tally = state.tallies.get(answer.system.name);
    if (!seat || !tally) throw new Error('assertion failed: an answer without its system');
    if ('failure' in answer) {
      tally.failed++;
      failures.push(`${answer.system.name}: ${answer.failure}`);
    } else {
      await seat.file.append(formatPrediction(answer.prediction, keyOf(seat)));
      tally.computed++;
    }
  }
  return failures;
}
