import { baseName } from '../../base/path.ts';
import type { Context, MainStep } from '../../diagnosis/context.ts';
import type { System } from '../system.ts';
import { nearestFirst, type RuleAnswer, ruleSystem } from './rule.ts';

/** The best of the steps is the onset and incorrect, the others are the next candidates; without any the last step. */
function pickFirst(ordinals: readonly number[], { steps }: Context): RuleAnswer {
  const onset = ordinals.length > 0 ? ordinals : nearestFirst(steps.length, steps.length);
  return { onset, incorrect: onset.slice(0, 1), unuseful: [] };
}

function ordinalsOf({ steps }: Context, test: (step: MainStep) => boolean): number[] {
  return steps.filter(test).map((step) => step.ordinal);
}

const SCRATCH_FOLDER = /(?:^|\/)(?:tmp|temp|scratch)\//i;
const SCRATCH_NAME =
  /^(?:repro|debug|check|test|tmp|temp|scratch|verify|demo|example|try|run_|simple)|(?:_test|\.test|\.log)\b/i;

/** Asks to write a file that neither its folder nor its name makes a scratch file; nothing else is known. */
function writesNamedWork({ record }: MainStep): boolean {
  return record.effects.requested.effects.some(
    (effect) =>
      effect.kind === 'write' &&
      !SCRATCH_FOLDER.test(effect.path) &&
      !SCRATCH_NAME.test(baseName(effect.path)),
  );
}

/** Rules that look at which steps change files, and at nothing else. */
export const CHANGE_RULES: readonly System[] = [
  ruleSystem('first-change', 'The first step that changes a file.', (context) =>
    pickFirst(
      ordinalsOf(context, (step) => step.record.changed.length > 0),
      context,
    ),
  ),
  ruleSystem(
    'first-source-change',
    'The first change outside scratch files, as the state knows them.',
    (context) =>
      pickFirst(
        ordinalsOf(context, (step) => step.sources.length > 0),
        context,
      ),
  ),
  ruleSystem(
    'first-named-write',
    'The zero-model rule published for points of no return: the first write outside a scratch file, by the names of files alone.',
    (context) => pickFirst(ordinalsOf(context, writesNamedWork), context),
  ),
  ruleSystem('largest-write', 'The step that writes the most text.', (context) =>
    pickFirst(
      context.steps
        .filter((step) => step.written > 0)
        .toSorted((a, b) => b.written - a.written || a.ordinal - b.ordinal)
        .map((step) => step.ordinal),
      context,
    ),
  ),
  ruleSystem(
    'every-source-change',
    'Every change outside scratch files is incorrect; the onset is the first.',
    (context) => {
      const changes = ordinalsOf(context, (step) => step.sources.length > 0);
      return { ...pickFirst(changes, context), incorrect: changes };
    },
  ),
];
