import { baseName } from '../../base/path.ts';
import { quoteAround, quoteHead } from '../../model/quote.ts';
import type { MainStep } from '../context.ts';
import type { DependenceGraph } from '../dependence.ts';
import type { Emit, Scene, SignalRule } from './signal-rule.ts';

/** Names, paths' parts and numbers that a text can be recognised by. */
const TOKEN = /[A-Za-z_]\w{3,}|\d{3,}/g;
/** Of long texts so much is read at both ends. */
const LIMIT = 12_000;
/** So many files of the work are looked for in outputs. */
const FILES = 8;

/** Whether anything came of a step: its output was used, what it wrote was used, it looked at what was worked on. */
export const useSignals: SignalRule = ({ context, graph, output }, emit) => {
  const { steps } = context;
  const said = new Map<string, Span>();
  for (const [index, { record }] of steps.entries()) {
    for (const token of tokensOf(`${record.step.thought ?? ''}\n${record.step.action}`)) {
      const span = said.get(token);
      if (span) span.last = index;
      else said.set(token, { first: index, last: index });
    }
  }
  const told = new Set(tokensOf(context.task.text));
  const work = [...context.lastWriter.keys()].map(baseName).slice(0, FILES);
  for (const [index, step] of steps.entries()) {
    emitOutput(step, index, { told, said, output }, emit);
    emitTarget(step, index, { said, context }, emit);
    emitWork(step, work, emit);
    emitWritten(step, graph, emit);
  }
};

/** Indexes of the first and the last step that the agent uses a token in. */
interface Span {
  readonly first: number;
  last: number;
}

interface Said {
  /** Tokens that the task or an output brought up so far. */
  readonly told: Set<string>;
  /** Tokens of the agent's own thoughts and actions, in the whole run. */
  readonly said: ReadonlyMap<string, Span>;
  readonly output: Scene['output'];
}

function emitOutput(step: MainStep, index: number, { told, said, output }: Said, emit: Emit): void {
  const { step: own } = step.record;
  let fresh = 0;
  let used = 0;
  let usedNext = false;
  let first: string | undefined;
  for (const token of tokensOf(output(own).join('\n'))) {
    const span = said.get(token);
    if ((span && span.first <= index) || told.has(token)) continue;
    told.add(token);
    fresh++;
    if (!span) continue;
    used++;
    first ??= token;
    if (span.first === index + 1) usedNext = true;
  }
  if (first === undefined) {
    const explores = step.record.effects.requested.class === 'explore' && !step.verifies && !step.onlyNotes;
    if (explores && fresh > 0) emit(step, 'output-unused', 1, quoteHead(own, 'observation'));
    return;
  }
  const quote = quoteAround(own, 'observation', (own.observation ?? '').indexOf(first));
  emit(step, 'output-used', used / (used + 3), quote);
  if (usedNext) emit(step, 'output-used-next', 1, quote);
}

/** Looks at files that neither a later step nor a later thought names again. */
function emitTarget(
  step: MainStep,
  index: number,
  { said, context }: { said: Said['said']; context: Parameters<SignalRule>[0]['context'] },
  emit: Emit,
): void {
  if (index === context.steps.length - 1) return;
  const names = step.record.read.flatMap((path) => tokensOf(baseName(path)));
  const again = names.some((token) => (said.get(token)?.last ?? -1) > index);
  if (names.length > 0 && !again) emit(step, 'target-dropped', 1, quoteHead(step.record.step, 'action'));
}

/** Shows or reads a file that the work consists of. */
function emitWork(step: MainStep, work: readonly string[], emit: Emit): void {
  const { step: own } = step.record;
  const asked = own.action.slice(0, LIMIT);
  const shown = (own.observation ?? '').slice(0, LIMIT);
  if (work.some((name) => asked.includes(name) || shown.includes(name)))
    emit(step, 'shows-work', 1, quoteHead(own, 'action'));
}

/** Changed something that no later step is known to depend on. */
function emitWritten(step: MainStep, graph: DependenceGraph, emit: Emit): void {
  if (step.sources.length === 0 && step.scratch.length === 0) return;
  const used = graph.outgoing(step.ordinal).some(({ kind }) => kind !== 'repetition' && kind !== 'control');
  if (!used) emit(step, 'written-unused', 1, quoteHead(step.record.step, 'action'));
}

function tokensOf(text: string): string[] {
  const part = text.length <= 2 * LIMIT ? text : `${text.slice(0, LIMIT)}\n${text.slice(-LIMIT)}`;
  return part.match(TOKEN) ?? [];
}
