import { quoteAround, quoteHead } from '../../model/quote.ts';
import type { Context, MainStep } from '../context.ts';
import { isTestFile } from '../scratch.ts';
import type { Emit, SignalRule } from './signal-rule.ts';
import { type LinesOfWork, linesOfWork } from './work-text.ts';

/** Where the work that stands at the end came from: who wrote its lines first, who named its names first. */
export const originSignals: SignalRule = ({ context, graph }, emit) => {
  const work = linesOfWork(context, graph);
  emitAuthors(context, work, emit);
  emitNaming(context, work, emit);
  for (const step of context.steps) {
    if (step.sources.length > 0 || step.scratch.length === 0) continue;
    const feeds = graph
      .outgoing(step.ordinal)
      .some((edge) => edge.kind === 'data' && changesWork(context.steps[edge.to - 1]));
    if (feeds) emit(step, 'feeds-work', 1, quoteHead(step.record.step, 'action'));
  }
};

function changesWork(step: MainStep | undefined): boolean {
  return step?.sources.some((path) => !isTestFile(path)) ?? false;
}

/**
 * A line counts for the step whose action shows it first, else for the one that put it there: rewrites that keep a line,
 * and runs of a script that holds it, leave it with its first author.
 */
function emitAuthors({ steps }: Context, work: LinesOfWork, emit: Emit): void {
  const unclaimed = new Map(work);
  const placed = new Map<string, string[]>();
  for (const [line, id] of work) {
    const own = placed.get(id);
    if (own) own.push(line);
    else placed.set(id, [line]);
  }
  const claims = new Map<MainStep, { characters: number; first: string }>();
  let total = 0;
  for (const step of steps) {
    if (unclaimed.size === 0) break;
    for (const raw of [...step.record.step.action.split('\n'), ...(placed.get(step.record.step.id) ?? [])]) {
      const line = raw.trim();
      if (!unclaimed.delete(line)) continue;
      total += line.length;
      const claim = claims.get(step);
      if (claim) claim.characters += line.length;
      else claims.set(step, { characters: line.length, first: line });
    }
  }
  let main: MainStep | undefined;
  let before = 0;
  for (const [step, { characters, first }] of claims) {
    const quote = quoteAround(
      step.record.step,
      'action',
      Math.max(0, step.record.step.action.indexOf(first)),
    );
    emit(step, 'authors-work', characters / total, quote);
    if (before <= total / 2 && before + characters > total / 2) emit(step, 'settles-work', 1, quote);
    before += characters;
    if (characters > (claims.get(main ?? step)?.characters ?? 0) || !main) main = step;
  }
  if (main) emit(main, 'main-author', 1, quoteHead(main.record.step, 'action'));
}

const NAME = /[A-Za-z_]\w{3,}/g;
/** Names of the work that are followed; more would say the same. */
const MOST_NAMES = 2000;

/** A name of the work counts for the step whose thought or action uses it first, where the task does not give it. */
function emitNaming({ steps, task }: Context, work: LinesOfWork, emit: Emit): void {
  const given = new Set(task.text.match(NAME));
  const names = new Set<string>();
  for (const line of work.keys()) {
    for (const name of line.match(NAME) ?? [])
      if (names.size < MOST_NAMES && !given.has(name)) names.add(name);
  }
  const total = names.size;
  for (const step of steps) {
    if (names.size === 0) break;
    const { thought = '', action } = step.record.step;
    let inThought = 0;
    let inAction = 0;
    let first: string | undefined;
    for (const name of thought.match(NAME) ?? []) {
      if (!names.delete(name)) continue;
      inThought++;
      first ??= name;
    }
    for (const name of action.match(NAME) ?? []) if (names.delete(name)) inAction++;
    if (first !== undefined) {
      const at = placeOfName(thought, first);
      emit(step, 'thinks-of-work', inThought / total, quoteAround(step.record.step, 'thought', at));
    }
    if (inThought + inAction > 0)
      emit(step, 'names-work', (inThought + inAction) / total, quoteHead(step.record.step, 'action'));
  }
}

/** Where a name stands by itself; inside a longer one it does not count. */
function placeOfName(text: string, name: string): number {
  for (const match of text.matchAll(NAME)) if (match[0] === name) return match.index;
  return -1;
}
