import type { JsonObject } from '../base/json.ts';
import type { EffectSet } from '../model/effect.ts';
import type { Step } from '../model/step.ts';
import { classifyEffects } from './classify-effects.ts';
import { correctEffects } from './correct-effects.ts';
import { analyzeShell } from './shell/analyze-shell.ts';
import { analyzeTool } from './tools/analyze-tool.ts';
import { shellResult } from './tools/tool-call.ts';

/** A command, or a call of a tool, and what is known of how it ended. */
export interface CommandCall {
  /** A shell text; a tool's call may have none. */
  readonly command?: string;
  /** Name of the tool as the agent's harness records it (`Edit`, `str_replace_editor`); a shell unless given. */
  readonly tool?: string;
  readonly args?: JsonObject;
  /** What the agent was shown. */
  readonly output?: string;
  readonly exitCode?: number;
}

/** What a command asks for and, where its output or exit status is given, what came of it. */
export interface CommandEffects {
  readonly requested: EffectSet;
  readonly happened?: EffectSet;
  readonly programs: readonly string[];
  /** Why the text is not (wholly) understood; undefined when it is. */
  readonly unparsed?: string;
}

/** Reads a command or a call of a tool without running it. Never throws: any text gets an answer. */
export function analyzeCommand(call: CommandCall): CommandEffects {
  const { command, tool, output, exitCode } = call;
  const args = call.args ?? (command === undefined ? undefined : { command });
  const analysis =
    tool === undefined
      ? shellResult(analyzeShell(command ?? ''))
      : analyzeTool({ tool, args, action: command ?? tool, observation: output });
  const ended: Pick<Step, 'status' | 'exitCode' | 'observation' | 'action'> = {
    action: command ?? '',
    status: exitCode === undefined ? 'unknown' : exitCode === 0 ? 'ok' : 'error',
    ...(exitCode !== undefined && { exitCode }),
    ...(output !== undefined && { observation: output }),
  };
  const isEnded = output !== undefined || exitCode !== undefined;
  return {
    requested: classifyEffects(analysis.effects, analysis.understood),
    ...(isEnded && { happened: classifyEffects(correctEffects(analysis, ended), analysis.understood) }),
    programs: analysis.programs,
    ...(analysis.unparsed !== undefined && { unparsed: analysis.unparsed }),
  };
}
