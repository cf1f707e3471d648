/**
 * Time and heap of states and tree for synthetic runs of 2,000, 10,000 and 100,000 steps, 40% of them changes: both
 * must grow linearly. Run: npx tsx --expose-gc bench/state-scale.ts [steps...]
 */
import { buildHistory } from '../src/state/build-history.ts';
import { buildTree } from '../src/tree/build-tree.ts';
import { makeStateRun, stateRunEffects } from './lib/state-run.ts';

function heap(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

const sizes = process.argv.slice(2).map(Number);
console.log('   steps  changes   states ms   tree ms   all at() ms   heap MB of states and tree   us/step');
for (const steps of sizes.length > 0 ? sizes : [2_000, 10_000, 100_000]) {
  const run = makeStateRun(steps);
  const effects = stateRunEffects(run);
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
