import { baseName } from '../../base/path.ts';
import { quoteFrom, quoteHead } from '../../model/quote.ts';
import type { Context, MainStep } from '../context.ts';
import { isTestFile } from '../scratch.ts';
import { errorEvidence } from './error-signals.ts';
import type { Emit, Scene, SignalRule } from './signal-rule.ts';

/** What was changed, where, how much, and whether anybody looked before and after. */
export const changeSignals: SignalRule = (scene, emit) => {
  const { context } = scene;
  // The work itself: a test that is changed on the way is a signal of its own.
  const writers = context.steps.filter((step) => step.sources.some((path) => !isTestFile(path)));
  const isWork = new Set(writers);
  const total = writers.reduce((sum, step) => sum + step.written, 0);
  const largest = writers.reduce<MainStep | undefined>(
    (best, step) => (step.written > (best?.written ?? 0) ? step : best),
    undefined,
  );
  const first = writers[0];
  const last = writers.at(-1);
  const mentioned = new Set(scene.anchors.flatMap((anchor) => anchor.mentions.map(baseName)));
  const seen = new Set<string>();
  const named = namesSoFar(context);
  for (const step of context.steps) {
    const quote = quoteHead(step.record.step, 'action');
    if (step.sources.length > 0) {
      emit(step, 'source-write', 1, quote);
      if (step === first) emit(step, 'first-source-write', 1, quote);
      if (step === last) emit(step, 'last-source-write', 1, quote);
      if (step === largest) emit(step, 'largest-write', 1, quote);
      if (total > 0 && isWork.has(step)) emit(step, 'write-share', step.written / total, quote);
      emitPaths(scene, step, seen, mentioned, named, emit);
    } else if (step.scratch.length > 0) emit(step, 'scratch-write', 1, quote);
    emitDestruction(step, seen, emit);
    for (const path of step.record.read) seen.add(path);
    for (const path of step.sources) seen.add(path);
    for (const path of step.scratch) seen.add(path);
    if (
      !step.record.effects.requested.effects.some(
        (effect) => effect.kind !== 'read' && effect.kind !== 'search',
      )
    ) {
      named(step);
    }
  }
  emitVerification(context, emit);
  emitUndone(scene, emit);
};

/** Collects the names that the agent's searches and errors brought up; asked with a path, says whether it was among them. */
function namesSoFar(context: Context): (step: MainStep | string) => boolean {
  const names = new Set(context.task.names);
  return (asked) => {
    if (typeof asked === 'string') return names.has(baseName(asked));
    for (const error of asked.record.errors) for (const file of error.files) names.add(baseName(file.path));
    for (const path of asked.record.read) names.add(baseName(path));
    return true;
  };
}

function emitPaths(
  { context }: Scene,
  step: MainStep,
  seen: ReadonlySet<string>,
  mentioned: ReadonlySet<string>,
  named: (path: string) => boolean,
  emit: Emit,
): void {
  const quote = quoteHead(step.record.step, 'action');
  let offTarget = true;
  for (const path of step.sources) {
    const first = context.history.versions(path)[0];
    const existed = first !== undefined && (first.madeBy === undefined || first.how === 'edit');
    if (!existed && first?.madeBy === step.record.step.id) emit(step, 'creates-source', 1, quote);
    if (existed && !seen.has(path)) emit(step, 'blind-write', 1, quote);
    if (existed && isTestFile(path)) emit(step, 'test-weakened', 1, quote);
    if (context.task.paths.has(path) || context.task.names.has(baseName(path)))
      emit(step, 'task-file-write', 1, quote);
    if (mentioned.has(baseName(path))) emit(step, 'mentioned-write', 1, quote);
    if (context.lastWriter.get(path) === step.ordinal) emit(step, 'final-version', 1, quote);
    if (!existed || named(path) || mentioned.has(baseName(path))) offTarget = false;
  }
  if (offTarget) emit(step, 'off-target-write', 1, quote);
}

/** Deletions and resets of what the agent had not made itself. */
function emitDestruction(step: MainStep, seen: ReadonlySet<string>, emit: Emit): void {
  for (const effect of step.record.effects.happened.effects) {
    if (effect.certainty === 'possible') continue;
    const resets =
      effect.kind === 'git' &&
      ((effect.command === 'reset' && effect.args.includes('--hard')) ||
        (effect.command === 'clean' && effect.changes) ||
        (effect.command === 'checkout' && effect.args.includes('.')));
    const deletes =
      effect.kind === 'delete' && step.sources.some((path) => path.endsWith(effect.path) && !seen.has(path));
    if (resets || deletes) {
      emit(step, 'destructive', 1, quoteHead(step.record.step, 'action'));
      return;
    }
  }
}

/** What the next look after each change showed: one pass from the end. */
function emitVerification(context: Context, emit: Emit): void {
  let nextCheck: MainStep | undefined;
  for (const step of context.steps.toReversed()) {
    const ownCheck = step.verifies ? step : nextCheck;
    if (step.sources.length > 0) {
      const check = ownCheck;
      if (!check) emit(step, 'unverified-change', 1, quoteHead(step.record.step, 'action'));
      else {
        const bad =
          check.record.failed || check.record.errors.length > 0 || (check.record.tests?.failed ?? 0) > 0;
        const { summary } = check.record.tests ?? {};
        const evidence =
          errorEvidence(check) ??
          (summary === undefined ? undefined : quoteFrom(check.record.step, 'observation', summary));
        emit(step, bad ? 'verified-failing' : 'verified-passing', 1, evidence);
      }
    }
    if (step.verifies) nextCheck = step;
  }
}

function emitUndone({ context }: Scene, emit: Emit): void {
  const abandoned = new Set(
    context.tree.nodes.filter((node) => node.abandoned).flatMap((node) => [node.madeBy, ...node.alsoBy]),
  );
  for (const step of context.steps) {
    if (step.sources.length > 0 && abandoned.has(step.record.step.id)) {
      emit(step, 'undone-later', 1, quoteHead(step.record.step, 'action'));
    }
  }
}
