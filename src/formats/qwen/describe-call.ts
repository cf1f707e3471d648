import { asString, type JsonObject } from '../../base/json.ts';
import { renderAction } from '../shared/render-action.ts';

/** The action's text: the command for the shell, else the call with its arguments. */
export function describeCall(tool: string, args: JsonObject | undefined): string {
  const command = tool === 'run_shell_command' ? asString(args?.command) : undefined;
  return command ?? renderAction(tool, args);
}
