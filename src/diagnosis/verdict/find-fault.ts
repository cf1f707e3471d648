import type { Anchor, Evidence } from '../../model/diagnosis.ts';
import { quoteAny, quoteAround, quoteArtifact } from '../../model/quote.ts';
import type { Context } from '../context.ts';

/** A fault of the surroundings that the agent could not have mended. */
export interface Fault {
  readonly says: string;
  readonly evidence: readonly Evidence[];
}

/** How near the end a dead machine must show to be what ended the run. */
const LAST = 3;
const DEAD_MACHINE =
  /No space left on device|[Cc]ontainer \S{1,80} is not running|(?:sandbox|container|runtime|session) (?:was |has been )?(?:lost|terminated|crashed|disconnected)/;
/** A mistake in the program text of a check, not a result of it: what is under test was never reached. */
const BROKEN_CHECK =
  /\btests?\/[\w./-]{1,200} - (?:SyntaxError|IndentationError|NameError|TypeError: (?:bad operand|unsupported operand))/;

/**
 * Told from the agent's own faults: the model's service or the harness ended the run, the machine died under its last
 * steps, no call was ever answered, or the checker's own file could not be loaded.
 */
export function findFault(context: Context, anchors: readonly Anchor[]): Fault | undefined {
  const { run, steps } = context;
  const said = anchors.find((anchor) => anchor.kind === 'infrastructure');
  if (said)
    return { says: `the surroundings failed: ${said.message.slice(0, 200)}`, evidence: said.evidence };
  // Records that hold no observations at all say nothing of the surroundings.
  if (steps.length > 0 && steps.every((step) => step.record.step.status === 'pending')) {
    const last = context.run.steps.findLast((step) => quoteAny(step) !== undefined);
    const words = last && quoteAny(last);
    return { says: 'no call was ever answered', evidence: words ? [words] : [] };
  }
  return findDeadMachine(context) ?? findBrokenCheck(run.outcome.checks);
}

function findDeadMachine({ steps }: Context): Fault | undefined {
  for (const { record } of steps.slice(-LAST)) {
    const output = record.step.observation ?? '';
    const index = record.failed ? output.search(DEAD_MACHINE) : -1;
    const evidence = index < 0 ? undefined : quoteAround(record.step, 'observation', index);
    if (evidence) return { says: 'the machine failed under its last steps', evidence: [evidence] };
  }
  return undefined;
}

function findBrokenCheck(checks: Context['run']['outcome']['checks']): Fault | undefined {
  if (checks.some((check) => check.status === 'passed')) return undefined;
  const broken = checks.find((check) => BROKEN_CHECK.test(check.test));
  if (!broken) return undefined;
  return {
    says: 'the checker’s own file could not be loaded',
    evidence: broken.place ? [quoteArtifact(broken.test, broken.place)] : [],
  };
}
