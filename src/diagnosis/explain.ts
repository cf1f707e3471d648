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

/**
 * What makes a step suspect, as the end of a sentence about it. Signals that say nothing to people have none, and signals
 * of the same thing say the same.
 */
const REASONS: Partial<Record<SignalName, string>> = {
  'authors-work': 'it wrote much of the text that stands at the end',
  'blind-write': 'it changes a file that had not been looked at',
  'claims-despite-failure': 'it claims success right after a failure',
  'concludes-and-decides': 'it says what the problem is and what will be done',
  decides: 'it decides what will be done',
  destructive: 'it removes or resets what it had not made',
  'ends-asking': 'the run ends with a question or with work left to others',
  'ends-on-failure': 'the run ends with its failure',
  'ends-on-kill': 'the run ends with a process being killed',
  'ends-on-notes': 'the run ends with notes, not with work',
  'ends-unanswered': 'the run was cut off while it waited for this',
  'ends-with-nothing': 'with it the run ends, and nothing was changed',
  'ends-without-output': 'with it the run ends, and what the task asks for was never made',
  'error-ignored': 'it does not react to the failure before it',
  fabrication: 'it puts a stand-in or invented data in the place of the real thing',
  'feeds-work': 'the work was made from what it wrote',
  'first-malformed': 'its call is malformed, and the calls after it repeat the fault',
  'first-source-write': 'it is the first change to the sources',
  'first-turn-away': 'it is the first to turn away from a failure that nothing resolves',
  'gives-up': 'it takes an obstacle as final',
  'largest-write': 'it writes a large part of the work',
  'last-makes-do': 'it is the last to settle for less than the task asks for',
  'last-service-start': 'it starts the service that the checks did not reach',
  'leaves-running': 'it starts a server that ends with the shell of the agent',
  'main-author': 'it wrote much of the text that stands at the end',
  'makes-do': 'it settles for less than the task asks for',
  'marks-over-failure': 'it marks work as completed over a failure that nothing resolves',
  'mentioned-write': 'it changes a file that the failure names',
  'off-target-write': 'it changes a file that neither the task nor an error had named',
  'only-source-write': 'it is the only change to the sources',
  'opens-work': 'with it the work itself begins',
  'plays-down-failure': 'it plays down a failure',
  'resembles-failure': 'it shares rare words with the checks that failed',
  'settles-work': 'it wrote much of the text that stands at the end',
  'submits-failing': 'it hands in the work although the last check failed',
  'superseded-write': 'what it wrote had to be written anew',
  'test-weakened': 'it changes a test that was there before the run',
  'thinks-of-work': 'its thought is the first to name what the later work is made of',
  'turns-away': 'it turns away from a failure that nothing resolves',
  'undone-later': 'what it changed was undone later',
  'unverified-change': 'nothing checks it before the end of the run',
  'verified-failing': 'the next check after it fails',
  'write-share': 'it writes a large part of the work',
};

/** A share below this is no "much" or "large". */
const TELLING = 0.3;

const isNamed = (name: string): name is SignalName => name in REASONS;

/** `signals`: those that make the step suspect, most telling first. */
export function explainOnset(step: MainStep, signals: readonly Signal[], anchors: readonly Anchor[]): string {
  const reasons = signals
    .filter(({ value }) => value >= TELLING)
    .flatMap(({ name }) => (isNamed(name) ? [REASONS[name]] : []));
  const why = [...new Set(reasons)].slice(0, 3);
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
