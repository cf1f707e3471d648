import type { Branch, PlacedText, Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import { ATIF_VERSION, type ExchangeTarget, type Loss } from './exported.ts';
import { orderBranches } from './plan-thread.ts';

/** What every target but our own lacks. */
function findForeignLosses(run: Run, steps: readonly Step[], target: ExchangeTarget): Loss[] {
  // steps.json names the places of actions and observations.
  const perStep = target === 'steps' ? 0 : 1;
  const refs = steps.reduce(
    (sum, { thoughtRef, observationRef }) =>
      sum + perStep + (thoughtRef ? 1 : 0) + (observationRef ? perStep : 0),
    0,
  );
  const messages =
    run.messages.length + run.branches.reduce((sum, branch) => sum + (branch.messages ?? []).length, 0);
  const conversation = target === 'steps' ? [] : [run.task, ...finalParts(run)];
  const texts = conversation.filter((text) => text?.place !== undefined).length;
  const isOwnVersion = target === 'atif' && run.formatVersion === ATIF_VERSION;
  const { outcome } = run;
  const facts = steps.filter(({ fileFacts }) => fileFacts !== undefined).length;
  return [
    loss(
      'formatVersion',
      run.formatVersion === undefined || isOwnVersion ? 0 : 1,
      'the document is of another format than the artifact',
    ),
    loss('artifacts', run.artifacts.length, 'files of the run are not named'),
    loss('diagnostics', run.diagnostics.length, 'what was repaired on reading is not told'),
    loss('outcome.signals', outcome.signals.length, 'there is no field for an outcome and who says so'),
    loss('outcome.checks', outcome.checks.length, 'there is no field for results of checks'),
    loss('exceptions', run.exceptions.length, 'there is no field for what disturbed the run'),
    loss(
      'exitStatus',
      run.exitStatus === undefined ? 0 : 1,
      'there is no field for the status of the harness',
    ),
    loss('step.fileFacts', facts, 'there is no field for contents of files beside the observation'),
    loss('submission', run.submission ? 1 : 0, 'there is no field for what was handed in'),
    loss('places', refs + messages + texts, 'places point into the new document, not into the artifacts'),
    loss('stepCount', countUnkept(run), 'steps that were only counted are not there'),
  ];
}

/** Losses of the targets that are conversations: ATIF and spans. */
function findConversationLosses(run: Run): Loss[] {
  const gaps = [run, ...run.branches].reduce((sum, thread) => sum + countGaps(thread.steps), 0);
  const ordered = orderBranches(run);
  const moved = run.branches.filter((branch, index) => ordered[index] !== branch).length;
  return [
    loss('turn', gaps, 'turns without a call are not counted'),
    loss('branches.order', moved, 'sub-agents stand in the order of the calls that started them'),
  ];
}

function findStepsLosses(run: Run, steps: readonly Step[]): Loss[] {
  const count = (has: (step: Step) => boolean): number => steps.filter(has).length;
  return [
    loss('messages', run.messages.length, 'only steps are listed'),
    loss(
      'branches.steps',
      run.steps.length > 0 ? 0 : steps.length,
      'there is no step of the main agent to list them under',
    ),
    loss('branches', countMerged(run.branches), 'sub-agents of one call are listed as one'),
    loss(
      'branches.name',
      count2(run.branches, ({ name }) => name),
      'sub-agents have no name',
    ),
    loss(
      'branches.prompt',
      count2(run.branches, ({ prompt }) => prompt),
      'sub-agents have no prompt',
    ),
    loss(
      'branches.messages',
      run.branches.reduce((sum, { messages }) => sum + (messages ?? []).length, 0),
      'only steps are listed',
    ),
    loss(
      'branches.finalMessage',
      count2(run.branches, ({ finalMessage }) => finalMessage),
      'only steps are listed',
    ),
    loss('finalMessage', run.finalMessage ? 1 : 0, 'only steps are listed'),
    loss('task', run.task ? 1 : 0, 'the task stands in task.md'),
    loss('agent', run.agent ? 1 : 0, 'there is no field for the agent'),
    loss('model', run.model === undefined ? 0 : 1, 'there is no field for the model'),
    loss('initialCwd', run.initialCwd === undefined ? 0 : 1, 'there is no field for a directory'),
    loss(
      'step.recordedCwd',
      count(({ recordedCwd }) => recordedCwd !== undefined),
      'there is no field for a directory',
    ),
    loss(
      'step.usage',
      count(({ usage }) => usage !== undefined),
      'there is no field for usage',
    ),
    loss('usage', run.usage ? 1 : 0, 'there is no field for usage'),
    loss(
      'step.time',
      count(({ startedAt, endedAt }) => (startedAt ?? endedAt) !== undefined),
      'there are no times',
    ),
    loss('time', (run.startedAt ?? run.endedAt) === undefined ? 0 : 1, 'there are no times'),
    loss(
      'turn',
      [run, ...run.branches].reduce((sum, { steps }) => sum + countGaps(steps), 0),
      'turns without a call are not counted',
    ),
  ];
}

/** What of a run a target does not hold, counted. */
export function findLosses(run: Run, target: ExchangeTarget): Loss[] {
  if (target === 'trace') return [];
  const steps = [run, ...run.branches].flatMap((thread) => [...thread.steps]);
  const own = target === 'steps' ? findStepsLosses(run, steps) : findConversationLosses(run);
  return [...own, ...findForeignLosses(run, steps, target)].filter(({ count }) => count > 0);
}

function finalParts({ finalMessage }: Run): readonly PlacedText[] {
  return finalMessage?.parts ?? (finalMessage ? [finalMessage] : []);
}

function loss(field: string, count: number, why: string): Loss {
  return { field, count, why };
}

function count2(branches: readonly Branch[], of: (branch: Branch) => string | undefined): number {
  return branches.filter((branch) => of(branch) !== undefined).length;
}

/** Turns that have no step: their numbers are skipped. */
function countGaps(steps: readonly Step[]): number {
  return (steps.at(-1)?.turn ?? 0) - new Set(steps.map(({ turn }) => turn)).size;
}

/** Branches beyond the first of a call, and those without any step. */
function countMerged(branches: readonly Branch[]): number {
  const parents = new Set(branches.filter(({ steps }) => steps.length > 0).map(({ parent }) => parent));
  return branches.length - parents.size;
}

function countUnkept(run: Run): number {
  return [run, ...run.branches].reduce(
    (sum, { stepCount, steps }) => sum + (stepCount === undefined ? 0 : stepCount - steps.length),
    0,
  );
}
