/**
 * Time and heap of states and tree for synthetic runs of 2,000, 10,000 and 100,000 steps, 40% of them changes: both
 * must grow linearly. Run: npx tsx --expose-gc bench/state-scale.ts [steps...]
 */
import type { Effect, StepEffects } from '../src/model/effect.ts';
import type { RunId } from '../src/model/ids.ts';
import type { Run } from '../src/model/run.ts';
import { RunBuilder } from '../src/model/run-builder.ts';
import { buildHistory } from '../src/state/build-history.ts';
import { buildTree } from '../src/tree/build-tree.ts';

const CERTAIN = 'certain';

/** One fifth each: whole writes, edits, reads, searches with an error in the output, test runs. */
function effectOf(index: number, files: number): Effect {
  const path = `/app/src/module_${Math.floor(index / 5) % files}.py`;
  switch (index % 5) {
    case 0:
      return { kind: 'write', path, change: { kind: 'set', content: fileText(index) }, certainty: CERTAIN };
    case 1: {
      const old = `value_${index - 1}_3 = 3`;
      return {
        kind: 'write',
        path,
        change: { kind: 'replace', old, new: `${old}0  # step ${index}`, all: false },
        certainty: CERTAIN,
      };
    }
    case 2:
      return { kind: 'read', path, certainty: CERTAIN };
    case 3:
      return { kind: 'run', program: 'python', script: path, certainty: CERTAIN };
    default:
      return { kind: 'test', runner: 'pytest', targets: [], certainty: CERTAIN };
  }
}

function fileText(index: number): string {
  return Array.from({ length: 25 }, (_, line) => `value_${index}_${line} = ${line}\n`).join('');
}

function makeRun(steps: number): Run {
  const builder = new RunBuilder({ format: 'mini-swe-agent', path: 'synthetic' });
  builder.initialCwd = '/app';
  for (let i = 0; i < steps; i++) {
    builder.beginTurn();
    const failed = i % 5 === 3;
    const call = builder.call({
      tool: 'bash',
      action: `command ${i % 50} ${'x'.repeat(480)}`,
      place: { artifact: 'a' },
    });
    const line = `line of output ${i} that says nothing of interest to anyone who reads it\n`;
    builder.result(call, {
      observation: line.repeat(28) + (failed ? `ValueError: bad value ${i % 97} in part ${i % 13}\n` : ''),
      exitCode: failed ? 1 : 0,
      status: failed ? 'error' : 'ok',
      place: { artifact: 'a' },
    });
  }
  return builder.build('synthetic' as RunId);
}

function effectsOf(run: Run): StepEffects[] {
  const files = Math.max(10, Math.floor(run.steps.length / 100));
  return run.steps.map((step, index) => {
    const effects = [effectOf(index, files)];
    const set = { class: index % 5 < 2 ? 'change' : 'explore', certainty: CERTAIN, effects } as const;
    return { step: step.id, requested: set, happened: set, programs: ['command'] };
  });
}

function heap(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

const sizes = process.argv.slice(2).map(Number);
console.log('   steps  changes   states ms   tree ms   all at() ms   heap MB of states and tree   us/step');
for (const steps of sizes.length > 0 ? sizes : [2_000, 10_000, 100_000]) {
  const run = makeRun(steps);
  const effects = effectsOf(run);
  const before = heap();
  const start = performance.now();
  const history = buildHistory(run, effects);
  const built = performance.now();
  const tree = buildTree(run, history);
  const grown = performance.now();
  const after = heap();
  // A state at every position, with one question to each: what any later analysis may do.
  const asked = performance.now();
  let known = 0;
  for (const record of history.records) {
    const path = record.changed[0] ?? record.read[0];
    if (path !== undefined && history.at(record.position).file(path)?.exists) known++;
  }
  const answered = performance.now();
  const changes = history.records.filter((record) => record.changed.length > 0).length;
  console.log(
    [
      String(steps).padStart(8),
      String(changes).padStart(8),
      (built - start).toFixed(0).padStart(11),
      (grown - built).toFixed(0).padStart(9),
      (answered - asked).toFixed(0).padStart(13),
      (after - before).toFixed(1).padStart(28),
      (((grown - start) / steps) * 1000).toFixed(1).padStart(9),
    ].join(' '),
  );
  if (known === 0 || tree.nodes.length < changes / 2) throw new Error('the synthetic run changed nothing');
}
