import { firstLine } from '../base/text.ts';
import type { Anchor, Cause, Signal } from '../model/diagnosis.ts';
import type { MainStep } from './context.ts';
import type { SignalName } from './signals/signal-rule.ts';

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

/** What makes a step suspect, most telling first, as the end of a sentence about it. */
const REASONS: readonly (readonly [SignalName, string])[] = [
  ['first-malformed', 'its call is malformed, and the calls after it repeat the fault'],
  ['destructive', 'it removes or resets what it had not made'],
  ['test-weakened', 'it changes a test that was there before the run'],
  ['fabrication', 'it puts a stand-in or invented data in the place of the real thing'],
  ['claims-despite-failure', 'it claims success right after a failure'],
  ['submits-failing', 'it hands in the work although the last check failed'],
  ['ends-without-output', 'with it the run ends, and what the task asks for was never made'],
  ['gives-up', 'it takes an obstacle as final'],
  ['leaves-running', 'it starts a server that ends with the shell of the agent'],
  ['error-ignored', 'it does not react to the failure before it'],
  ['verified-failing', 'the next check after it fails'],
  ['blind-write', 'it changes a file that had not been looked at'],
  ['off-target-write', 'it changes a file that neither the task nor an error had named'],
  ['unverified-change', 'nothing checks it before the end of the run'],
  ['mentioned-write', 'it changes a file that the failure names'],
  ['first-source-write', 'it is the first change to the sources'],
  ['largest-write', 'it writes the largest part of the work'],
  ['final-version', 'its version still stands at the end'],
];

export function explainOnset(step: MainStep, signals: readonly Signal[], anchors: readonly Anchor[]): string {
  const names = new Set(signals.map((signal) => signal.name));
  const why = REASONS.filter(([name]) => names.has(name))
    .slice(0, 3)
    .map(([, reason]) => reason);
  const [anchor] = anchors;
  const observed = anchor ? ` What was observed: ${firstLine(anchor.message, 160)}` : '';
  return `Step ${step.ordinal} ${describeAction(step)}${why.length === 0 ? '' : `: ${why.join('; ')}`}.${observed}`;
}

function describeAction({ sources, submits, onlyNotes, record }: MainStep): string {
  if (submits) return 'hands in the work';
  if (sources.length > 0) {
    return `changes ${sources.slice(0, 2).join(' and ')}${sources.length > 2 ? ` and ${sources.length - 2} more` : ''}`;
  }
  if (onlyNotes) return 'edits the plan';
  return `runs ${JSON.stringify(firstLine(record.step.action, 80))}`;
}

export function adviseFor(cause: Cause): string {
  return BETTER[cause];
}
