import type { Deed } from '../recorder/deed.ts';
import type { Done } from '../recorder/recording.ts';
import type { AgentShell } from '../recorder/shell.ts';
import type { World } from '../recorder/world.ts';

/** How one kind of agent does what it sets out to do: its shell and its own tools. */
export interface Hands {
  readonly shell: AgentShell;
  perform(deed: Deed): Promise<Done>;
}

export type MakeHands = (world: World) => Hands;

/** Longest that a command may take unless the deed says otherwise. */
const PATIENCE_MS = 20_000;

export async function runCommand(
  shell: AgentShell,
  tool: string,
  command: string,
  timeoutMs?: number,
): Promise<Done> {
  const { output, exitCode, timedOut } = await shell.run(command, timeoutMs ?? PATIENCE_MS);
  return {
    tool,
    args: { command },
    command,
    output,
    failed: exitCode !== 0 || timedOut,
    ...(!timedOut && { exitCode }),
    timedOut,
  };
}

/** A tool's answer that it refused to act. */
export function refuse(tool: string, args: Done['args'], output: string): Done {
  return { tool, args, output, failed: true };
}
