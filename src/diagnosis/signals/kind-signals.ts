import { quoteAround, quoteHead } from '../../model/quote.ts';
import type { MainStep } from '../context.ts';
import { errorEvidence } from './error-signals.ts';
import type { Emit, SignalRule } from './signal-rule.ts';

const LISTS = new Set([
  'ls',
  'pwd',
  'tree',
  'find',
  'Glob',
  'LS',
  'find_file',
  'list_files',
  'stat',
  'du',
  'df',
  'wc',
]);
const SEARCHES = new Set(['grep', 'rg', 'egrep', 'Grep', 'search_dir', 'search_file', 'search_files']);
const PROBES = /\b(?:which|command -v|type -[apt]|whereis)\s|(?:^|\s)(?:--version|-V)(?:\s|$)|__version__/;
const PRINTS = new Set(['echo', 'printf', 'cat', 'true', ':']);
const WRITES_OUT = />|<</;
const REGRETS =
  /\b(?:apologi[sz]e|confusion|mistake(?:nly)?|messed up|oops|did(?:n't| not) work|not working|wasn'?t|(?:different|another|simpler|more direct) (?:approach|way|method|test|script)|instead|simplif\w+|actually|wait|hmm)\b/i;
const SUMS_UP =
  /\b(?:summar(?:y|i[sz]e\w*)|demonstrat\w*|show(?:case)? (?:you|the (?:final|complete))|final (?:state|status|result|overview))\b/i;
const WINDOW = 1500;

/** What sort of step it is by the programs it runs, and whether the agent itself thought little of it right after. */
export const kindSignals: SignalRule = ({ context }, emit) => {
  let scratches = 0;
  let notes = 0;
  const looked = new Map<string, number>();
  const installed = new Map<string, number>();
  const own = new Set<string>();
  for (const [index, step] of context.steps.entries()) {
    emitKind(step, emit);
    const next = context.steps[index + 1];
    if (next) emitRegret(step, next, emit);
    if (step.onlyNotes) {
      if (notes > 0) emit(step, 'notes-so-far', notes / (notes + 4), quoteHead(step.record.step, 'action'));
      notes++;
    }
    emitAgain(step, looked, installed, emit);
    if (step.scratch.length > 0 && step.sources.length === 0) {
      const quote = quoteHead(step.record.step, 'action');
      if (scratches > 0) emit(step, 'scratch-again', scratches / (scratches + 4), quote);
      if (step.scratch.some((path) => own.has(path))) emit(step, 'scratch-rewritten', 1, quote);
      scratches++;
    }
    for (const path of step.scratch) own.add(path);
    emitPlaces(step, context.task.text, emit);
  }
};

function emitKind(step: MainStep, emit: Emit): void {
  const { step: own, effects } = step.record;
  const programs = effects.programs.filter((program) => program !== 'cd');
  const quote = quoteHead(own, 'action');
  const all = (set: ReadonlySet<string>): boolean =>
    programs.length > 0 && programs.every((program) => set.has(program));
  if (all(LISTS)) emit(step, 'lists', 1, quote);
  if (programs[0] !== undefined && SEARCHES.has(programs[0])) emit(step, 'searches', 1, quote);
  const explores = effects.requested.class === 'explore' && !step.onlyNotes;
  if (explores && own.action.length < 300 && PROBES.test(own.action)) emit(step, 'probes-tool', 1, quote);
  if (explores && all(PRINTS) && /^\s*(?:echo|printf)\b/.test(own.action) && !WRITES_OUT.test(own.action))
    emit(step, 'prints', 1, quote);
  const kinds = new Set(effects.requested.effects.map((effect) => effect.kind));
  if (kinds.has('mkdir') && kinds.size === 1) emit(step, 'makes-folder', 1, quote);
  const removes = kinds.has('delete') && !kinds.has('write') && step.sources.length === 0;
  const moves = kinds.has('chdir') && kinds.size === 1;
  if (moves) emit(step, 'moves-only', 1, quote);
  const thought = own.thought ?? '';
  const sums = SUMS_UP.exec(thought);
  if (explores && sums) emit(step, 'sums-up', 1, quoteAround(own, 'thought', sums.index));
  if (removes) emit(step, 'cleans-up', 1, quote);
  if (effects.requested.effects.some((effect) => effect.kind === 'process' && effect.action === 'kill'))
    emit(step, 'kills', 1, quote);
}

/** The thought behind the next step takes back what this one tried. */
function emitRegret(step: MainStep, next: MainStep, emit: Emit): void {
  const thought = next.record.step.thought?.slice(0, WINDOW) ?? '';
  const match = REGRETS.exec(thought);
  if (match) emit(step, 'regretted', 1, quoteAround(next.record.step, 'thought', match.index));
  const a = step.record.effects.programs.find((program) => program !== 'cd');
  const b = next.record.effects.programs.find((program) => program !== 'cd');
  const failed = step.record.failed || step.record.errors.length > 0;
  if (next.record.failed || next.record.errors.length > 0) emit(step, 'next-fails', 1, errorEvidence(next));
  if (failed && a !== undefined && a === b) emit(step, 'retried', 1, quoteHead(next.record.step, 'action'));
}

/** How often the run had looked at the same file, or installed the same package, before. */
function emitAgain(
  step: MainStep,
  looked: Map<string, number>,
  installed: Map<string, number>,
  emit: Emit,
): void {
  const quote = quoteHead(step.record.step, 'action');
  const { read, changed, effects } = step.record;
  if (read.length > 0 && changed.length === 0 && !step.verifies) {
    const least = read.reduce((low, path) => Math.min(low, looked.get(path) ?? 0), Infinity);
    if (least > 0) emit(step, 'looks-again', least / (least + 3), quote);
    for (const path of read) looked.set(path, (looked.get(path) ?? 0) + 1);
  }
  const packages = effects.requested.effects.flatMap((effect) =>
    effect.kind === 'package' ? effect.names.map((name) => name.replace(/[=<>~!].*$/, '')) : [],
  );
  if (packages.length === 0) return;
  const most = packages.reduce((high, name) => Math.max(high, installed.get(name) ?? 0), 0);
  if (most > 0) emit(step, 'installs-again', most / (most + 1), quote);
  for (const name of packages) installed.set(name, (installed.get(name) ?? 0) + 1);
}

const OUTSIDE = /^\/(?:proc|sys|etc|usr|opt|root|var\/(?:log|lib|run)|run|home\/[^/]+\/\.)(?:\/|$)/;

/** Looks only at places of the machine that the task does not name. */
function emitPlaces(step: MainStep, task: string, emit: Emit): void {
  const { read, effects, step: own } = step.record;
  if (read.length === 0 || effects.requested.class !== 'explore') return;
  const outside = read.every(
    (path) => OUTSIDE.test(path) && !task.includes(path.split('/').slice(0, 3).join('/')),
  );
  if (outside) emit(step, 'looks-outside', 1, quoteHead(own, 'action'));
}
