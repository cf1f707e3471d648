import type { StepEffects } from '../model/effect.ts';
import type { Step } from '../model/step.ts';
import { classifyEffects } from './classify-effects.ts';
import { correctEffects } from './correct-effects.ts';
import { analyzeTool } from './tools/analyze-tool.ts';
import type { LiveTerminal } from './tools/tool-call.ts';

export interface StepContext {
  /** Directory in which the step runs, where it is known. Effects keep paths as written; it is not needed for them. */
  readonly cwd?: string;
  /** Content of a file before the step, by a path as the command writes it: scripts that are run are then read too. */
  readonly script?: (path: string) => string | undefined;
}

/**
 * What a step does to the world, as its text asks and as its outcome shows. Never throws. `terminal` is the one that
 * keys go to, where the caller follows it.
 */
export function analyzeStep(step: Step, context: StepContext = {}, terminal?: LiveTerminal): StepEffects {
  const analysis = analyzeTool({
    tool: step.tool,
    args: step.args,
    action: step.action,
    observation: step.observation,
    script: context.script,
    terminal,
  });
  return {
    step: step.id,
    requested: classifyEffects(analysis.effects, analysis.understood),
    happened: classifyEffects(correctEffects(analysis, step), analysis.understood),
    ...(analysis.unparsed !== undefined && { unparsed: analysis.unparsed }),
    programs: analysis.programs,
  };
}
