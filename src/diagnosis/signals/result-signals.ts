import { hashText } from '../../base/hash.ts';
import { quoteHead } from '../../model/quote.ts';
import type { Context, MainStep } from '../context.ts';
import { errorEvidence } from './error-signals.ts';
import type { Emit, SignalRule } from './signal-rule.ts';

/** An output shorter than this is too common to say anything by being repeated. */
const TELLING_OUTPUT = 40;

/** What came of a step: whether it changed or showed anything that was not there before, and whether it lasted. */
export const resultSignals: SignalRule = ({ context }, emit) => {
  const isRepeated = outputsSoFar();
  const writtenAt = new Map<string, number>();
  const thoughts = context.steps
    .map((step) => step.record.step.thought?.length ?? 0)
    .toSorted((a, b) => a - b);
  const usualThought = thoughts[thoughts.length >> 1] ?? 0;
  let previous: MainStep | undefined;
  for (const step of context.steps) {
    const { record } = step;
    const quote = quoteHead(record.step, 'action');
    const asked = record.effects.requested.effects.some(
      (effect) => effect.kind === 'write' || effect.kind === 'delete',
    );
    if (asked && record.changed.length === 0) emit(step, 'failed-change', 1, errorEvidence(step) ?? quote);
    const output = record.step.observation ?? '';
    if (output.length >= TELLING_OUTPUT && isRepeated(output))
      emit(step, 'same-output', 1, quoteHead(record.step, 'observation'));
    const reads = record.read.length > 0 && record.changed.length === 0 && !step.verifies;
    const fresh =
      reads && record.read.every((path) => step.ordinal - (writtenAt.get(path) ?? -Infinity) <= 2);
    if (fresh) emit(step, 'reads-own-write', 1, quote);
    for (const path of record.changed) writtenAt.set(path, step.ordinal);
    emitAfter(previous, step, emit);
    const thought = record.step.thought?.length ?? 0;
    if (thought === 0) emit(step, 'no-thought', 1);
    else if (thought > 2 * usualThought + 200)
      emit(step, 'long-thought', 1, quoteHead(record.step, 'thought'));
    previous = step;
  }
  emitRewrites(context, emit);
};

/** Collects outputs; says of each whether it came before. Only outputs of one length are told apart by their hashes. */
function outputsSoFar(): (output: string) => boolean {
  const byLength = new Map<number, string | Set<number>>();
  return (output) => {
    const known = byLength.get(output.length);
    if (known === undefined) {
      byLength.set(output.length, output);
      return false;
    }
    const hashes = typeof known === 'string' ? new Set([hashText(known)]) : known;
    byLength.set(output.length, hashes);
    const before = hashes.size;
    return hashes.add(hashText(output)).size === before;
  };
}

function emitAfter(previous: MainStep | undefined, step: MainStep, emit: Emit): void {
  if (!previous || (!previous.record.failed && previous.record.errors.length === 0)) return;
  emit(step, 'after-failure', 1, errorEvidence(previous));
  const program = step.record.effects.programs[0];
  const again = program !== undefined && program === previous.record.effects.programs[0];
  if (again && (step.record.failed || step.record.errors.length > 0)) {
    emit(step, 'same-program-fails', 1, errorEvidence(step));
  }
}

/** Whole-file writes of a path that the run wrote whole more than once; and who made the files that stand at the end. */
function emitRewrites({ history, steps, lastWriter }: Context, emit: Emit): void {
  const byId = new Map(steps.map((step) => [step.record.step.id, step]));
  for (const path of lastWriter.keys()) {
    const versions = history.versions(path);
    const first = versions[0]?.madeBy === undefined ? undefined : byId.get(versions[0].madeBy);
    const stands = versions.at(-1)?.exists ?? false;
    if (first && stands && first.sources.includes(path)) {
      emit(first, 'makes-final-file', 1, quoteHead(first.record.step, 'action'));
    }
    const writes = versions.filter((version) => version.how === 'write' && version.madeBy !== undefined);
    for (const [index, version] of writes.entries()) {
      const step = version.madeBy === undefined ? undefined : byId.get(version.madeBy);
      if (!step) continue;
      if (index > 0) emit(step, 'repeated-rewrite', 1, quoteHead(step.record.step, 'action'));
      if (index < writes.length - 1) emit(step, 'superseded-write', 1, quoteHead(step.record.step, 'action'));
    }
  }
}
