import { quoteAround, quoteHead } from '../../model/quote.ts';
import type { MainStep } from '../context.ts';
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
const WINDOW = 1500;

/** What sort of step it is by the programs it runs, and whether the agent itself thought little of it right after. */
export const kindSignals: SignalRule = ({ context }, emit) => {
  let scratches = 0;
  const own = new Set<string>();
  for (const [index, step] of context.steps.entries()) {
    emitKind(step, emit);
    const next = context.steps[index + 1];
    if (next) emitRegret(step, next, emit);
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
  if (failed && a !== undefined && a === b) emit(step, 'retried', 1, quoteHead(next.record.step, 'action'));
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
