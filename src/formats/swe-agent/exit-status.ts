import type { RunException } from '../../model/run.ts';

const KINDS: readonly (readonly [RegExp, RunException['kind']])[] = [
  [/exit_(?:cost|context|format)/, 'limit'],
  [/exit_(?:total_execution_time|command_timeout)|timeout/, 'timeout'],
  [/exit_api/, 'api'],
  [/early_exit|exit_environment|exit_env|skipped|broken/, 'harness'],
];

/** What ended the run besides the agent's own submission, e.g. `exit_cost`, `submitted (exit_context)`. */
export function kindOfExit(status: string): RunException['kind'] | undefined {
  if (status === 'submitted' || status === 'exit_forfeit') return undefined;
  const known = KINDS.find(([pattern]) => pattern.test(status));
  return known ? known[1] : 'crash';
}
