import type { Anchor, Evidence } from '../../model/diagnosis.ts';
import type { Context } from '../context.ts';
import type { SignalTable } from '../signals/signal-rule.ts';

/** Longer actions write data; their first part names what they are about. */
const LONGEST_ACTION = 40_000;

/** What the rules of the verdict may look at: the run itself, never what a checker said about it. */
export interface Findings {
  readonly context: Context;
  readonly table: SignalTable;
  readonly anchors: readonly Anchor[];
}

/** Adds a fact about the whole run; `value` is 0..1, and what is 0 is left out. Missing evidence is left out, too. */
export type EmitFact = (
  name: FactName,
  value: number,
  ...evidence: readonly (Evidence | undefined)[]
) => void;

export type FactRule = (findings: Findings, emit: EmitFact) => void;

/** Every fact that the verdict weighs, as a clause about the run. The value is 1, or the share that stands in place of `%`, or a scale that the text leaves out. */
export const FACTS = {
  'cut-off': 'its last call was never answered',
  'no-handover': 'it ended without a last word and without handing anything in',
  limit: 'a limit or a timeout ended it',
  'broken-off': 'it broke off with an exception',
  'ends-on-failure': 'its last working step failed',
  'last-steps-fail': '% of its last five working steps failed',
  'ends-on-notes': 'it ends on the agent’s own notes',
  'open-items': '% of its own list was never marked as done',
  'unkept-promises': '% of what it said it would do was not done',
  'says-unfinished': 'its last words name what is still to be done',
  'says-unable': 'its last words say that something could not be done',
  'says-asks': 'its last words ask the user',
  'says-stand-in': 'its last words speak of a simulation, a sample, or a placeholder',
  'says-instructions': 'its last words tell the user what to run or do',
  'says-hedge': 'its last words hedge',
  'says-verified': 'its last words say that the result was tested',
  'says-success': 'its last words claim success',
  'claims-against-evidence': 'it claims success against its own last evidence',
  'names-absent-file': '% of the files that its last words name were never touched',
  'unchecked-end': 'nothing was run after the last change',
  'checked-end-pass': 'the last check after the last change passed',
  'checked-end-fail': 'the last check after the last change failed',
  'silent-check': 'the last check printed nothing',
  'own-check': 'the last check was a script of the agent’s own',
  'never-ran': 'nothing was ever run to look at the result',
  'failing-tests': 'tests failed when they were last run',
  'tests-pass-at-end': 'tests passed after the last change',
  'existing-tests-pass': 'tests that it had not written passed after the last change',
  'many-checks': 'it was checked again and again after the last change',
  'failed-share': '% of its steps failed or showed an error',
  'failed-late': '% of the steps in its last third failed or showed an error',
  'failing-streak': 'several steps in a row failed',
  'same-error-share': '% of its steps showed an error once more',
  'open-errors': 'errors were left that nothing resolved',
  malformed: 'calls were malformed again and again',
  'malformed-share': '% of its calls were malformed',
  rewrites: 'one file was written anew as a whole again and again',
  'late-change': 'the last change to the work stands at % of the run',
  'late-start': 'the first change to the work stands at % of the run',
  'no-change': 'nothing that matters to the task was changed',
  'many-files': 'many files of the work were changed',
  'much-written': 'much text was written to the work',
  background: 'programs were left in the background or polled',
  'kills-process': 'it had to end a process of its own',
  fetches: 'it fetched something from the network',
  'step-timeout': 'a command ran into its time limit',
  'no-network': 'the network, or a service on it, could not be reached',
  'missing-tool': 'a command was not there',
  'install-fails': 'an installation failed',
  'gives-up': 'an obstacle was taken as final',
  fabricates: 'the real thing was replaced by a stand-in or invented data',
  'fabricates-share': '% of its steps speak of stand-ins',
  'changes-approach': '% of its steps turn to another approach',
  'test-weakened': 'a test that was there before was changed',
  destructive: 'something that it had not made was deleted or reset',
  'leaves-running': 'a server was left in the shell of the agent',
  'waits-share': '% of its steps waited',
  'repeats-share': '% of its steps repeated an earlier one',
  'ignores-errors': '% of its steps passed over a failure',
  'blind-share': '% of its steps changed what had not been looked at',
  'undone-share': '% of its steps were undone later',
  'claims-despite-failure': 'success was claimed right after a failure',
  'warnings-late': 'warnings stand in its last outputs',
  apologises: '% of its thoughts admit a mistake',
  'doubts-share': '% of its thoughts doubt themselves',
  'outputs-missing': '% of the files that the task asks for were never made',
  'outputs-empty': 'a file that the task asks for is empty',
  'hand-made-output': '% of the files that the task asks for were typed in, not computed',
  'files-untouched': '% of the files that the task names were neither read nor changed',
  'demands-unmet': '% of the names in the task occur in no action',
  'port-unproven': 'a port that the task names was not seen open at the end',
} as const;

export type FactName = keyof typeof FACTS;

/** Facts that can only speak for success. */
export const FAVOURABLE: readonly FactName[] = [
  'says-verified',
  'says-success',
  'checked-end-pass',
  'tests-pass-at-end',
  'existing-tests-pass',
  'many-checks',
];

/** Facts that may speak either way; all others can only speak for a failure. */
export const NEUTRAL: readonly FactName[] = [
  'own-check',
  'late-change',
  'late-start',
  'many-files',
  'much-written',
  'fetches',
  'background',
  'doubts-share',
];

/** The clause with the share in it. */
export function sayFact(name: FactName, value: number): string {
  return FACTS[name].replace('%', () => `${Math.round(value * 100)} %`);
}

/** The names in a text: what file names and identifiers are looked up in. */
export function wordsOf(text: string, into: Set<string> = new Set()): Set<string> {
  for (const [word] of text.slice(0, LONGEST_ACTION).matchAll(/[\w-]+(?:\.[\w-]+)*/g)) {
    into.add(word);
    if (word.includes('.')) for (const part of word.split('.')) into.add(part);
  }
  return into;
}

/** A count on a logarithmic scale, 1 from `full` on. */
export function logScale(count: number, full: number): number {
  return Math.min(1, Math.log1p(count) / Math.log1p(full));
}
