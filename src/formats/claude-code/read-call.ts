import { asString, isObject, type JsonObject } from '../../base/json.ts';
import type { CallFacts } from '../../model/thread-builder.ts';
import { parseArguments, renderAction } from '../shared/render-action.ts';
import { type Origin, placeIn } from './record.ts';

/** A call from a `tool_use` block. The name and the arguments stay as recorded, damaged ones too. */
export function readCall(block: JsonObject, origin: Origin, path: readonly (string | number)[]): CallFacts {
  const tool = asString(block.name) ?? '';
  const args = parseArguments(block.input);
  return {
    tool,
    action: describe(tool, block.input),
    ...(args && { args }),
    ...(origin.time !== undefined && { startedAt: origin.time }),
    place: placeIn(origin, ...path),
  };
}

function describe(tool: string, input: unknown): string {
  const command = isObject(input) ? input.command : undefined;
  if (isShell(tool) && typeof command === 'string') return command;
  return renderAction(tool, input);
}

/** Shell tools of Claude Code; the lower-case name is that of other tools which write the same log. */
export function isShell(tool: string): boolean {
  return tool === 'Bash' || tool === 'bash';
}

/** Tools that start a sub-agent: `Task`, called `Agent` since 2.1. */
export function isSubagentTool(tool: string): boolean {
  return tool === 'Task' || tool === 'Agent';
}
