/** One turn of a scripted agent: what it says, and the command that it runs. */
export interface ScriptedTurn {
  readonly thought: string;
  readonly command: string;
}

/** A scripted agent; the folder under `examples` that its recording goes to bears its name. */
export interface AgentScript {
  readonly name: string;
  readonly turns: readonly ScriptedTurn[];
}
