import { firstLine } from '../base/text.ts';
import type { Anchor, Cause, Signal } from '../model/diagnosis.ts';
import type { MainStep } from './context.ts';
import { SIGNALS, type SignalName } from './signals/signal-rule.ts';

/** What each cause means for the next attempt. */
const BETTER: Record<Cause, string> = {
  'misread-task': 'Reread the task and list what it demands, word for word, before changing anything.',
  'wrong-hypothesis': 'Test the explanation against the evidence already shown before building on it.',
  'wrong-location': 'Follow the failure to the code that produces it before editing.',
  'incomplete-fix': 'Look for the other places and inputs that the same fault reaches, and test those too.',
  'wrong-implementation': 'Try the smallest case of the change against the real input before going on.',
  'missing-verification': 'Run the check that the task implies after the change, and read its whole output.',
  'ignored-evidence': 'Stop at the failure that was shown and mend its cause before going on.',
  'premature-submit': 'Do not hand in while the last check fails; mend it or say what is missing.',
  'destructive-action': 'Look at what is there, and keep a copy, before overwriting or deleting it.',
  'bad-environment':
    'Make what must outlive the session independent of it (detached, installed, enabled) and check from outside.',
  'malformed-calls':
    'Check the form of the call when a command has no effect, and correct it before repeating.',
  'stuck-loop':
    'After the second equal result change the approach: gather new information instead of repeating.',
  'gave-up': 'Name the obstacle, list at least two other ways around it, and try them before stopping.',
  'knowledge-gap': 'Look up how the tool or format really works before relying on it.',
  infrastructure: 'Repeat the run when the surroundings work; there is nothing to learn about the agent.',
  undecided: 'Not enough evidence to advise.',
};

/** Signals that say why a step is suspect, most telling first; what merely describes it comes last. */
const TELLING: readonly SignalName[] = [
  'first-malformed',
  'destructive',
  'test-weakened',
  'fabrication',
  'claims-despite-failure',
  'submits-failing',
  'ends-without-output',
  'gives-up',
  'leaves-running',
  'error-ignored',
  'verified-failing',
  'blind-write',
  'off-target-write',
  'unverified-change',
  'mentioned-write',
  'first-source-write',
  'largest-write',
  'final-version',
  'source-write',
];

export function explainOnset(step: MainStep, signals: readonly Signal[], anchors: readonly Anchor[]): string {
  const names = new Set(signals.map((signal) => signal.name));
  const reasons = TELLING.filter((name) => names.has(name)).slice(0, 3);
  const what = describeAction(step);
  const why = reasons.map((name) => lowerFirst(SIGNALS[name].replace(/\.$/, ''))).join('; ');
  const anchor = anchors[0];
  const toward = anchor ? ` What was observed: ${firstLine(anchor.message, 160)}` : '';
  return `Step ${step.ordinal} ${what}${why === '' ? '' : `: it ${why}`}.${toward}`;
}

function describeAction({ sources, submits, onlyNotes, record }: MainStep): string {
  if (submits) return 'hands in the work';
  if (sources.length > 0) {
    return `changes ${sources.slice(0, 2).join(' and ')}${sources.length > 2 ? ` and ${sources.length - 2} more` : ''}`;
  }
  if (onlyNotes) return 'edits the plan';
  return `runs ${JSON.stringify(firstLine(record.step.action, 80))}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

export function adviseFor(cause: Cause): string {
  return BETTER[cause];
}
