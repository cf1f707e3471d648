import type { Evidence } from '../../model/diagnosis.ts';
import { quoteAround, quoteHead } from '../../model/quote.ts';
import type { Step } from '../../model/step.ts';
import type { MainStep } from '../context.ts';
import { keyOf, type LineKey, linesOf, shapeOf } from './bare-output.ts';
import type { Emit, SignalRule } from './signal-rule.ts';

const NOTHING =
  /\b(?:no (?:files?|matches|results?|such file)|0 matches|not found|none found|nothing found|cannot access)\b/i;
/** An answer longer than this says more than that nothing was found. */
const SHORT_ANSWER = 300;
const IDLE =
  /\balready (?:satisfied|exists?|installed|up[- ]to[- ]date|the newest version|in use|running|done)|\bup[- ]to[- ]date\b|\bnothing to (?:commit|do|be done)|\bno changes\b|\bis not running\b|\bno such process|\b0 upgraded, 0 newly installed/i;
const BUSY = /\b(?:collecting|downloading|successfully installed|[1-9]\d* newly installed)\b|^Setting up /im;
const REFUSED =
  /<tool_use_error>|\bpermissions? to use\b|\bhas(?:n't| not) been read\b|\bproposed edit has introduced\b|^usage:|\bunrecognized arguments?\b|\binvalid option\b/im;
const HEAD = 1500;

/** What a step's output tells that the run's texts had not told before. */
export const newsSignals: SignalRule = ({ context, output }, emit) => {
  const seen = new Set<LineKey>();
  const vain = { searches: 0 };
  const shapes = new Set<LineKey>();
  const written = new Set<LineKey>();
  for (const step of context.steps) {
    const own = linesOf(step.record.step.action).map(keyOf);
    emitRewritten(step, own, written, emit);
    // What the agent wrote itself is no news when it is shown.
    for (const key of own) seen.add(key);
    const lines = output(step.record.step);
    emitNews(step, lines, seen, shapes, emit);
    emitFutile(step, lines, vain, emit);
  }
};

function emitNews(
  step: MainStep,
  lines: readonly string[],
  seen: Set<LineKey>,
  shapes: Set<LineKey>,
  emit: Emit,
): void {
  let known = 0;
  let alike = 0;
  let firstKnown: string | undefined;
  let firstNew: string | undefined;
  const forms = lines.map(shapeOf);
  for (const [index, line] of lines.entries()) {
    const key = keyOf(line);
    if (seen.has(key)) {
      known++;
      firstKnown ??= line;
    } else firstNew ??= line;
    if (shapes.has(forms[index] ?? '')) alike++;
    seen.add(key);
  }
  for (const form of forms) shapes.add(form);
  if (lines.length === 0 || step.onlyNotes || step.record.effects.requested.class === 'change') return;
  const { step: own } = step.record;
  if (step.verifies) {
    if (alike === lines.length) emit(step, 'same-result', 1, quoteHead(own, 'observation'));
    return;
  }
  if (known > 0) emit(step, 'old-news', known / lines.length, quoteLine(own, firstKnown));
  if (known === lines.length) emit(step, 'no-news', 1, quoteLine(own, firstKnown));
  if (alike === lines.length) emit(step, 'same-shape', 1, quoteHead(own, 'observation'));
  const fresh = lines.length - known;
  if (fresh > 0) emit(step, 'much-news', Math.min(1, Math.log2(1 + fresh) / 8), quoteLine(own, firstNew));
}

function quoteLine(step: Step, line: string | undefined): ReturnType<typeof quoteAround> {
  const at = line === undefined ? -1 : (step.observation ?? '').indexOf(line);
  return at < 0 ? undefined : quoteAround(step, 'observation', at);
}

/** Steps that could not bring anything: nothing was found, nothing was to do, the call was refused. */
function emitFutile(step: MainStep, lines: readonly string[], vain: { searches: number }, emit: Emit): void {
  const { step: own, effects, failed } = step.record;
  if (own.observation === undefined || step.onlyNotes) return;
  const explores = effects.requested.class === 'explore' && !step.submits;
  const text = headOf(lines);
  const quote = (): Evidence | undefined => quoteHead(own, 'observation') ?? quoteHead(own, 'action');
  const moves =
    effects.requested.effects.length > 0 && effects.requested.effects.every(({ kind }) => kind === 'chdir');
  const searches = explores && !step.verifies && !moves;
  if (searches && (lines.length === 0 || (text.length < SHORT_ANSWER && NOTHING.test(text)))) {
    emit(step, 'finds-nothing', 1, quote());
    if (vain.searches > 0) emit(step, 'nothing-again', vain.searches / (vain.searches + 3), quote());
    vain.searches++;
  }
  if (explores && lines.length === 1) emit(step, 'says-little', 1, quote());
  if (IDLE.test(text) && !BUSY.test(text)) emit(step, 'nothing-to-do', 1, quote());
  if (REFUSED.test(own.observation.slice(0, HEAD)) && (failed || step.record.changed.length === 0)) {
    emit(step, 'refused', 1, quote());
  }
}

function headOf(lines: readonly string[]): string {
  let length = 0;
  let end = 0;
  while (end < lines.length && length < HEAD) length += (lines[end++]?.length ?? 0) + 1;
  return lines.slice(0, end).join('\n').slice(0, HEAD);
}

/** How much of the text that a step writes the agent had written before, in whatever file. */
function emitRewritten(step: MainStep, own: readonly LineKey[], written: Set<LineKey>, emit: Emit): void {
  if (step.sources.length === 0 && step.scratch.length === 0) return;
  const lines = own.slice(1);
  if (lines.length < 3) return;
  let again = 0;
  for (const key of lines) {
    if (written.has(key)) again++;
    written.add(key);
  }
  if (again > 0) emit(step, 'writes-again', again / lines.length, quoteHead(step.record.step, 'action'));
}
