import type { Anchor, Cause, Evidence, Signal } from '../model/diagnosis.ts';
import { quoteAny } from '../model/quote.ts';
import type { Context } from './context.ts';
import type { SignalName, SignalTable } from './signals/signal-rule.ts';

/** The kind of mistake that the onset's signals and the run's shape speak for: the first rule that holds. */
export function nameCause(
  context: Context,
  table: SignalTable,
  anchors: readonly Anchor[],
  onset: number | undefined,
): Cause {
  if (onset === undefined)
    return anchors.some((anchor) => anchor.kind === 'infrastructure') ? 'infrastructure' : 'undecided';
  const has = signalsOf(table.get(onset));
  const share = (name: string): number => countSteps(table, name) / Math.max(1, context.steps.length);
  const atEnd = onset === context.steps.length;
  if (has('malformed') && share('malformed') > 0.25) return 'malformed-calls';
  if (has('destructive')) return 'destructive-action';
  if (has('leaves-running')) return 'bad-environment';
  if (has('gives-up') && (atEnd || has('only-notes') || has('fabrication'))) return 'gave-up';
  if (atEnd && has('ends-without-output')) return 'gave-up';
  if (share('repeats-often') > 0.2) return 'stuck-loop';
  if (has('claims-despite-failure') || has('submits-failing'))
    return atEnd ? 'premature-submit' : 'ignored-evidence';
  if (has('fabrication')) return 'gave-up';
  if (has('installs')) return 'bad-environment';
  if (has('off-target-write') && anchors.some((anchor) => anchor.mentions.length > 0))
    return 'wrong-location';
  if (has('unverified-change')) return 'missing-verification';
  if (!has('source-write')) return has('concludes') ? 'wrong-hypothesis' : 'wrong-implementation';
  if (has('creates-source') || has('largest-write')) return 'wrong-implementation';
  return has('verified-passing') ? 'incomplete-fix' : 'wrong-hypothesis';
}

function signalsOf(signals: readonly Signal[] | undefined): (name: string) => boolean {
  const names = new Set((signals ?? []).map((signal) => signal.name));
  return (name) => names.has(name);
}

function countSteps(table: SignalTable, name: string): number {
  let count = 0;
  for (const signals of table.values()) if (signals.some((signal) => signal.name === name)) count++;
  return count;
}

/** Signals that speak for a cause, most telling first: those that `nameCause` asks for. */
const SPEAKING: Readonly<Record<Cause, readonly SignalName[]>> = {
  'misread-task': [],
  'wrong-hypothesis': ['concludes', 'source-write'],
  'wrong-location': ['off-target-write'],
  'incomplete-fix': ['verified-passing', 'source-write'],
  'wrong-implementation': ['creates-source', 'largest-write', 'source-write'],
  'missing-verification': ['unverified-change'],
  'ignored-evidence': ['claims-despite-failure', 'submits-failing'],
  'premature-submit': ['claims-despite-failure', 'submits-failing'],
  'destructive-action': ['destructive'],
  'bad-environment': ['leaves-running', 'installs'],
  'malformed-calls': ['malformed'],
  'stuck-loop': ['repeats-often'],
  'knowledge-gap': [],
  'gave-up': ['gives-up', 'ends-without-output', 'fabrication', 'only-notes'],
  infrastructure: [],
  undecided: [],
};

const QUOTES = 3;

/**
 * The words that a cause rests on: at the onset where its signals stand there, else at the steps that carry them (a loop
 * is seen where it goes round), else the onset's own.
 */
export function citeCause(
  cause: Cause,
  context: Context,
  table: SignalTable,
  anchors: readonly Anchor[],
  onset: number | undefined,
): Evidence[] {
  if (cause === 'undecided') return [];
  if (cause === 'infrastructure') {
    const faults = anchors.filter((anchor) => anchor.kind === 'infrastructure');
    const last = context.steps.at(-1);
    const said = faults.flatMap((anchor) => anchor.evidence);
    return present(said.length > 0 ? said : [last && quoteAny(last.record.step)]);
  }
  const quotesOf = (signals: readonly Signal[], name: SignalName): readonly Evidence[] =>
    signals.find((signal) => signal.name === name)?.evidence ?? [];
  const names = SPEAKING[cause];
  const own = onset === undefined ? undefined : context.steps[onset - 1];
  const atOnset = names.flatMap((name) => quotesOf(table.get(onset ?? 0) ?? [], name));
  if (atOnset.length > 0) return present(atOnset);
  const elsewhere = names.flatMap((name) =>
    context.steps.flatMap((step) => quotesOf(table.get(step.ordinal) ?? [], name)).slice(0, QUOTES),
  );
  return present(elsewhere.length > 0 ? elsewhere : [own && quoteAny(own.record.step)]);
}

/** The first few, each once. */
function present(quotes: readonly (Evidence | undefined)[]): Evidence[] {
  const byQuote = new Map<string, Evidence>();
  for (const quote of quotes) {
    const key = quote && `${quote.step ?? ''}\u0000${quote.field}\u0000${quote.quote}`;
    if (quote && key !== undefined && !byQuote.has(key)) byQuote.set(key, quote);
  }
  return [...byQuote.values()].slice(0, QUOTES);
}
