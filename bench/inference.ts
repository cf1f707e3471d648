/**
 * Structure inference with the hand-written extractor hidden: learn a spec from some artifacts of a format, run it on
 * held-out ones, and compare the steps with those of the hand-written extractor:
 * `npx tsx bench/inference.ts [folder] [--only format] [--verbose] [--write]`. `--write` puts the table into
 * docs/extractors.md.
 */
import { join } from 'node:path';
import { inferSpec } from '../src/evolve/infer/infer-spec.ts';
import type { SampleArtifact } from '../src/evolve/infer/sample.ts';
import { interpretArtifact } from '../src/evolve/interpret/interpret-artifact.ts';
import { splitRecords } from '../src/evolve/validate/split-samples.ts';
import { validateSpec } from '../src/evolve/validate/validate-spec.ts';
import type { RunId } from '../src/model/ids.ts';
import type { Run } from '../src/model/run.ts';
import type { Step } from '../src/model/step.ts';
import { CORPUS } from '../test/support/corpus.ts';
import { compareSteps, type StepComparison } from './lib/compare-steps.ts';
import { type ListedArtifact, listArtifacts } from './lib/list-artifacts.ts';
import { renderTable } from './lib/table.ts';
import { writeBlock } from './lib/write-block.ts';

const args = process.argv.slice(2);
const valueOf = (flag: string): string | undefined =>
  args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined;
const only = valueOf('--only');
const verbose = args.includes('--verbose');
const root = args.find((arg, index) => !arg.startsWith('--') && args[index - 1] !== '--only') ?? CORPUS;

/** Learning looks at so many artifacts at most, and so many are compared. */
const MOST_LEARNT = 12;
const MOST_HELD_OUT = 30;

/** Recordings of terminals wrap another format: what is inside is learnt from its own files. */
const SKIPPED = /^(?:terminal-bench-1-claude-code)(?:\/|$)/;

async function handWritten({ format, entry, reader }: ListedArtifact): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const builder of format.extract({ reader, entry, path: entry.path }))
    runs.push(builder.build('hand' as RunId));
  return runs;
}

/** The steps whose record has at least this number, from 0: what was held out of a single artifact. */
function stepsFrom(run: Run, from: number): Run {
  if (from === 0) return run;
  const after = ({ actionRef: { line, pointer } }: Step): boolean =>
    (line === undefined ? Number(/\/(\d+)/.exec(pointer ?? '')?.[1] ?? -1) : line - 1) >= from;
  return {
    ...run,
    steps: run.steps.filter(after),
    branches: run.branches.map((branch) => ({ ...branch, steps: branch.steps.filter(after) })),
  };
}

interface Result {
  readonly learnt: number;
  readonly heldOut: number;
  readonly comparison: StepComparison;
  readonly decision: string;
  readonly unit: string;
}

const NOTHING: StepComparison = { expected: 0, action: 0, both: 0, extra: 0 };

function add(a: StepComparison, b: StepComparison): StepComparison {
  return {
    expected: a.expected + b.expected,
    action: a.action + b.action,
    both: a.both + b.both,
    extra: a.extra + b.extra,
  };
}

async function measure(id: string, artifacts: readonly ListedArtifact[]): Promise<Result | undefined> {
  const usable: { artifact: ListedArtifact; run: Run }[] = [];
  for (const artifact of artifacts) {
    const runs = await handWritten(artifact);
    const [run] = runs;
    // An artifact of several runs has no single list of steps to compare.
    if (run && runs.length === 1 && run.steps.length > 0) usable.push({ artifact, run });
    if (usable.length >= MOST_LEARNT + MOST_HELD_OUT) break;
  }
  const [first] = usable;
  if (!first) return undefined;
  const byParts = usable.length === 1;
  const learn = byParts ? usable : usable.filter((_, index) => index % 3 !== 1).slice(0, MOST_LEARNT);
  const heldOut = byParts ? usable : usable.filter((one) => !learn.includes(one)).slice(0, MOST_HELD_OUT);
  let samples: SampleArtifact[] = learn.map(({ artifact }) => ({
    reader: artifact.reader,
    entry: artifact.entry,
  }));
  const inference = await inferSpec(samples, { name: id, title: `learnt from ${id}` });
  const { best } = inference;
  if (!best) {
    if (verbose) console.error(id, inference.notes);
    return {
      learnt: learn.length,
      heldOut: heldOut.length,
      comparison: { ...NOTHING, expected: heldOut.reduce((sum, { run }) => sum + run.steps.length, 0) },
      decision: 'none',
      unit: '-',
    };
  }
  let spec = best.spec;
  let held: SampleArtifact[] = heldOut.map(({ artifact }) => ({
    reader: artifact.reader,
    entry: artifact.entry,
  }));
  if (byParts) {
    const [sample] = samples;
    const split = sample && (await splitRecords(sample, spec.source));
    if (split && split.heldOut.length > 0) {
      spec = (await inferSpec(split.learn, { name: id })).best?.spec ?? spec;
      samples = [...split.learn];
      held = [...split.heldOut];
    }
  }
  if (verbose)
    console.error(
      JSON.stringify(
        {
          reasons: best.reasons,
          notes: inference.notes,
          measures: best.measures,
          spec: { ...spec, fingerprint: undefined },
        },
        null,
        1,
      ),
    );
  const verdict = await validateSpec(spec, samples, held);
  let comparison = NOTHING;
  const from = held[0]?.range?.from ?? 0;
  for (const { artifact, run: whole } of heldOut) {
    const run = stepsFrom(whole, from);
    const { run: builder } = await interpretArtifact(spec, {
      reader: artifact.reader,
      entry: artifact.entry,
      path: artifact.entry.path,
    });
    const learnt = stepsFrom(builder.build('learnt' as RunId), from);
    let shown = 0;
    const one = compareSteps(run, learnt, (step, near) => {
      if (!verbose || shown++ >= 3) return;
      console.error(
        'MISS',
        artifact.entry.path,
        step.id,
        JSON.stringify([step.tool, step.action.slice(0, 200), step.observation?.slice(0, 200)]),
        '<>',
        JSON.stringify([near?.tool, near?.action.slice(0, 200), near?.observation?.slice(0, 200)]),
      );
    });
    if (verbose) console.error(artifact.entry.path, one);
    comparison = add(comparison, one);
  }
  if (verbose) console.error(verdict.decision, verdict.reasons);
  return {
    learnt: learn.length,
    heldOut: heldOut.length,
    comparison,
    decision: verdict.decision,
    unit: byParts ? 'parts' : 'files',
  };
}

const listed = await listArtifacts(root, (path) => SKIPPED.test(path));
const byFormat = new Map<string, ListedArtifact[]>();
for (const artifact of listed) {
  const { id } = artifact.format;
  if (only !== undefined && id !== only) continue;
  byFormat.set(id, [...(byFormat.get(id) ?? []), artifact]);
}
const percent = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`;
const rows: (string | number)[][] = [
  [
    'format',
    'learnt from',
    'held out',
    'steps',
    'right action',
    'right action and observation',
    'invented',
    'decision',
  ],
];
let good = 0;
for (const [id, artifacts] of byFormat) {
  const result = await measure(id, artifacts);
  if (!result) continue;
  const { expected, action, both, extra } = result.comparison;
  if (expected > 0 && both >= 0.9 * expected) good++;
  rows.push([
    id,
    `${result.learnt} ${result.unit}`,
    `${result.heldOut} ${result.unit}`,
    expected,
    percent(action, expected),
    percent(both, expected),
    extra,
    result.decision,
  ]);
  console.error(rows.at(-1)?.join(' | '));
}
const summary = `${good} of ${rows.length - 1} formats reach 90 % or more of the steps with the right action and observation.`;
const table = `${renderTable(rows)}\n\n${summary}`;
console.log(table);
if (args.includes('--write'))
  writeBlock(join(import.meta.dirname, '../docs/extractors.md'), 'inference', table);
