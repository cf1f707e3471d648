import type { JsonObject } from '../../base/json.ts';
import type { Effect } from '../../model/effect.ts';
import type { LiveSession } from '../live/session.ts';
import type { ShellAnalysis } from '../shell/analyze-shell.ts';
import type { TracedEffect } from '../shell/traced-effect.ts';

/** A call as a tool's reader sees it. */
export interface ToolCall {
  /** As recorded. */
  readonly tool: string;
  /** In lower case without anything but letters and digits; the last part of an MCP name. */
  readonly key: string;
  readonly args: JsonObject | undefined;
  /** The action's text. */
  readonly action: string;
  /** What the tool answered; some commands name their file only there. */
  readonly observation: string | undefined;
  /** Content of a script file, where the caller knows it. */
  readonly script?: (path: string) => string | undefined;
  /** The terminal that keys go to, where the caller follows it: typing changes its session. */
  readonly terminal?: LiveTerminal;
}

/** A terminal that lives across the steps of a thread. */
export interface LiveTerminal {
  session: LiveSession;
}

export interface ToolAnalysis {
  readonly effects: readonly Effect[];
  /** Present when the tool ran a shell text. */
  readonly traced?: readonly TracedEffect[];
  readonly statements?: number;
  readonly programs: readonly string[];
  /** Nothing remained that we do not know the doing of. */
  readonly understood: boolean;
  readonly unparsed?: string;
}

export type ToolReader = (call: ToolCall) => ToolAnalysis | undefined;

/** The answer of a structured tool. */
export function toolResult(call: ToolCall, effects: readonly Effect[], understood = true): ToolAnalysis {
  return { effects, programs: [call.tool], understood };
}

/** The answer of a tool that ran a shell text. */
export function shellResult(analysis: ShellAnalysis, more: readonly Effect[] = []): ToolAnalysis {
  return {
    effects: [...analysis.requested.effects, ...more],
    traced: analysis.traced,
    statements: analysis.statements,
    programs: analysis.programs,
    understood: analysis.unknown.length === 0 && analysis.unparsed === undefined,
    ...(analysis.unparsed !== undefined && { unparsed: analysis.unparsed }),
  };
}
