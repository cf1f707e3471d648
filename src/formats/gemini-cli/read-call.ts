import { asObject, asString, type JsonObject } from '../../base/json.ts';
import type { Millis } from '../../model/ids.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { CallFacts } from '../../model/thread-builder.ts';
import { renderAction } from '../shared/render-action.ts';

const SHELLS = new Set(['run_shell_command', 'shell', 'bash']);

export function isShell(tool: string): boolean {
  return SHELLS.has(tool);
}

/** A call: the command for the shell, name and arguments for other tools. */
export function readCall(tool: string, args: unknown, time: Millis | undefined, place: SourceRef): CallFacts {
  const known: JsonObject | undefined = typeof args === 'string' ? { command: args } : asObject(args);
  const command = isShell(tool) ? asString(known?.command) : undefined;
  return {
    tool,
    action: command ?? renderAction(tool, known),
    ...(known && { args: known }),
    ...(time !== undefined && { startedAt: time }),
    place,
  };
}
