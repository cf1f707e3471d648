import type { Anchor, Evidence, Signal } from '../../model/diagnosis.ts';
import type { Step } from '../../model/step.ts';
import type { Context, MainStep } from '../context.ts';
import type { DependenceGraph } from '../dependence.ts';
import type { Slice } from '../slice.ts';

/** What rules may look at. */
export interface Scene {
  readonly context: Context;
  readonly graph: DependenceGraph;
  readonly anchors: readonly Anchor[];
  readonly slice: Slice;
  /** What a step's output says, line by line, without frames. */
  readonly output: (step: Step) => readonly string[];
}

/** Adds signals to steps; `value` is 0..1, evidence that turned out undefined is left out. */
export type Emit = (
  step: MainStep,
  name: SignalName,
  value: number,
  ...evidence: readonly (Evidence | undefined)[]
) => void;

/** One idea of what can be wrong (or right) with steps; looks at the whole run in one pass. */
export type SignalRule = (scene: Scene, emit: Emit) => void;

/** Every signal with its meaning: the published list. Values are 1 unless the text says otherwise. */
export const SIGNALS = {
  'source-write': 'Changes a file that matters to the task (no scratch file, no new test of the agent).',
  'first-source-write': 'The first such change.',
  'last-source-write': 'The last such change.',
  'largest-write': 'Writes the most text to source files in the run.',
  'write-share': 'Share of all source text of the run that it writes, 0..1.',
  'creates-source': 'Makes a source file that was not there.',
  'final-version': 'Made a version of a source file that still stands at the end.',
  'task-file-write': 'Changes a file that the task names.',
  'mentioned-write': 'Changes a file that an observed failure names.',
  'off-target-write': 'Changes a source file that neither the task nor any error or search named.',
  'blind-write': 'Changes a file that was there and that the agent had not looked at.',
  'scratch-write': 'Writes only scratch files.',
  'test-weakened': 'Changes a test file that was there before the run.',
  destructive: 'Deletes or resets what it did not make.',
  'unverified-change': 'No test or program was run between this change and the end.',
  'verified-passing': 'The next test or program after this change ran without an error.',
  'verified-failing': 'The next test or program after this change showed an error.',
  'undone-later': 'What it changed was undone later.',
  'step-failed': 'The step itself failed.',
  'error-shown': 'Its output shows an error.',
  'new-error': 'Its output shows an error for the first time.',
  'error-ignored': 'Comes after a failure that it does not react to.',
  'same-error-again': 'Its output repeats an error that was seen before.',
  'repeats-action': 'The same action as an earlier step, with no change between.',
  'repeats-often': 'The same action for the third time or more.',
  'similar-to-previous': 'Nearly the same action as the step before.',
  reread: 'Reads only what the agent had already read and nobody changed.',
  'empty-result': 'An exploring step whose output is empty.',
  malformed: 'The call is malformed: a no-op, fragments of a call format, missing arguments.',
  'first-malformed': 'The first of several malformed calls.',
  'not-found': 'Asks for a file or a command that is not there.',
  fabrication: 'Replaces the real thing by a mock, a placeholder, or invented data.',
  'gives-up': 'Its thought says that something is impossible or left to the user.',
  'changes-approach': 'Its thought turns to another approach.',
  concludes: 'Its thought states what the problem is or what will be done.',
  'claims-success': 'Claims that work is done.',
  'claims-despite-failure': 'Claims that work is done right after a failure.',
  'marks-done': 'Marks items of its own list as completed.',
  'only-notes': 'Only edits the agent’s own notes.',
  waits: 'Waits for or polls a process.',
  'leaves-running': 'Starts a process that is bound to the shell of the agent and needed later.',
  installs: 'Installs, removes or updates packages.',
  verifies: 'Runs tests or a program.',
  explores: 'Changes nothing.',
  submits: 'Hands in the work.',
  'submits-failing': 'Hands in the work while the last evidence shows a failure.',
  'last-step': 'The last step of the run.',
  'ends-without-output': 'The last step of a run in which something that the task asks for was never made.',
  'ends-on-notes': 'The last step, and it only edits the agent’s own notes.',
  'ends-on-failure': 'The last step, and it failed or shows an error.',
  'ends-asking':
    'The last step of a run whose final message asks the user or names what is still to be done.',
  'ends-unanswered': 'The last step, and it never got an answer.',
  'makes-final-file': 'Makes a source file that still stands at the end.',
  'superseded-write': 'What it wrote was written anew as a whole later.',
  'repeated-rewrite': 'Writes a file as a whole that an earlier step of the run had written as a whole.',
  'failed-change': 'Asks for a change, and nothing changed.',
  'same-output': 'Its output is the same as that of an earlier step.',
  'reads-own-write': 'Only reads what an earlier step of the run had just written.',
  'same-program-fails': 'The same program fails as in the step before.',
  'after-failure': 'Comes right after a failed step.',
  'long-thought': 'Its thought is much longer than the run’s usual.',
  'no-thought': 'Comes without any thought.',
  early: 'How far it stands in the first fifth of the run: 1 at the start, 0 from there on.',
  late: 'How far it stands in the last fifth of the run: 1 at the end, 0 before.',
  'in-slice': 'An observed failure depends on it; 1 at the failure, less with each edge between.',
  'long-output': 'Its output is much longer than the run’s usual.',
  'old-news': 'Looks, and so much of the output the run’s texts had held before: a share of its lines.',
  'no-news': 'Looks, and the output holds no line that was not there before.',
  'same-shape': 'Looks, and every line of the output differs from an earlier one at most in digits.',
  'much-news': 'Looks, and so many lines of the output are new: 1 for 255 or more, by the logarithm below.',
  'finds-nothing': 'Looks for something, and the answer is that there is nothing.',
  'nothing-again': 'Finds nothing, as n searches before it: n of n + 3.',
  'same-result': 'A check whose every line of output differs from an earlier one at most in digits.',
  'late-check': 'Checks after the last change to the sources, which a check has passed already.',
  lists: 'Only lists files or measures them.',
  searches: 'Searches in files.',
  'probes-tool': 'Asks where a program is, or for its version.',
  prints: 'Only prints a text of its own.',
  'moves-only': 'Only changes the working directory.',
  'sums-up': 'Changes nothing, and its thought is about summing up or showing what was done.',
  'next-fails': 'The next step failed or shows an error.',
  'looks-again': 'Looks only at files that n steps before it had looked at: n of n + 3, for the least seen.',
  'installs-again': 'Installs a package that n steps before it had installed: n of n + 1.',
  'notes-so-far': 'Edits the agent’s own notes, as n steps before it: n of n + 4.',
  'makes-folder': 'Only makes folders.',
  'cleans-up': 'Deletes what is no source file, and writes nothing.',
  kills: 'Ends processes.',
  regretted: 'The thought behind the next step takes it back or turns away from it.',
  retried: 'It failed, and the next step runs the same program.',
  'looks-outside': 'Looks only at places of the machine that the task does not name.',
  'scratch-again': 'Writes only scratch files, as n steps before it: n of n + 4.',
  'scratch-rewritten': 'Writes only scratch files, among them one that the run had written before.',
  'says-little': 'Explores, and the output is a single line.',
  'nothing-to-do': 'Its output says that there was nothing to do: installed, done, or stopped already.',
  refused: 'The tool refused the call.',
  'writes-again': 'Share of the lines it writes that the agent had written before, in any file, 0..1.',
  'output-used':
    'Later steps name what its output told first; by the number of such names, 0.25 for one, nearing 1 with more.',
  'output-used-next': 'The next step names something that its output told first.',
  'output-unused': 'Looks, the output tells something new, and no later step names any of it.',
  'target-dropped': 'Looks at files that no later step names again.',
  'shows-work': 'Names or shows a file that the work consists of.',
  'written-unused': 'Changes something that no later step is known to depend on.',
  'after-work':
    'Comes after the last change to the sources: 0.1 for the step right behind, 1 from ten steps on.',
  'after-passing': 'Comes after the last change to the sources and a passing check of it.',
  'checks-again':
    'Checks although a check has passed since the last change to the sources; 0.5 for one, nearing 1 with more.',
  'fails-unchanged':
    'A check fails that failed before, with no change to the sources between; 0.5 for one, nearing 1 with more.',
  'scratch-after-check':
    'Writes scratch files only, after a check has passed since the last change to the sources.',
  'looks-on':
    'How long the agent has been looking without changing or checking: n of n + 5, n steps before it.',
  'notes-again': 'Edits the agent’s own notes right after notes.',
  'notes-no-progress': 'Edits the agent’s own notes and marks nothing more as completed.',
  'same-program': 'Runs the same program as the steps right before: n of n + 2, n such steps.',
  'fails-in-a-row': 'Fails right after failures: 0.5 for the second, nearing 1 with more.',
  'failures-near': 'Share of the three steps on either side that failed, 0..1.',
  'run-fails': 'Share of the run’s steps that failed, 0..1; the same for all its steps.',
  'run-length': 'Length of the run: n of n + 40 steps; the same for all its steps.',
  'like-earlier':
    'Differs from an earlier action only in numbers or in how the output is cut: n of n + 1, n such actions.',
  'double-checks': 'Its thought says that it looks again, or only to be sure.',
  'admits-mistake': 'Its thought admits a mistake of the agent.',
  position: 'Where it stands in the run, 0 at the start, 1 at the end.',
  'authors-work': 'Share of the text standing at the end in source files that it wrote first, 0..1.',
  'main-author': 'First wrote more of the text standing at the end than any other step.',
  'settles-work': 'With it, half of the text standing at the end had been written.',
  'names-work': 'Share of the names in that text that the agent uses for the first time here, 0..1.',
  'thinks-of-work': 'Share of the names in that text that its thought is the first to use, 0..1.',
  'feeds-work': 'Writes only scratch files, and a step that changed sources used one of them.',
  'turns-away': 'Its thought turns to something else right after a failure that nothing resolves.',
  'first-turn-away': 'The first such turn.',
  'marks-over-failure':
    'Marks items of its own list as completed right after a failure that nothing resolves.',
  'resembles-failure':
    'Shares rare words with the checks that failed after the run; against the step that shares most, 0..1.',
  'last-service-start': 'The last start of a service in a run in which a check could not reach one.',
  'only-source-write': 'The only change to sources in the run.',
  'before-first-write': 'The step before the first change to sources.',
  'ends-with-nothing': 'The last step of a run that never changed a source file.',
  'ends-on-kill': 'The last step, and it ends processes.',
  'opens-work': 'The first step of the first stage of work.',
  'makes-do':
    'Its thought speaks of trouble, or comes right after a failure, and settles for something simpler.',
  'last-makes-do': 'The last such step.',
  decides: 'Its thought states what the change or the approach will be.',
  'concludes-and-decides': 'Its thought reads a result and states from it what will be done.',
  'plays-down': 'Its thought calls something fine, expected, or not needed.',
  'plays-down-failure': 'The same, right after a failure.',
} as const;

export type SignalName = keyof typeof SIGNALS;

export type SignalTable = ReadonlyMap<number, readonly Signal[]>;
