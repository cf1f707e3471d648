import type { StepStatus } from '../../model/step.ts';

/** Kinds of the editor's messages that answer the call before them, and how it ended then. */
export const ANSWERS: Readonly<Record<string, StepStatus>> = {
  command_output: 'unknown',
  mcp_server_response: 'ok',
  codebase_search_result: 'ok',
  browser_action_result: 'ok',
  subtask_result: 'ok',
  error: 'error',
  diff_error: 'error',
  rooignore_error: 'error',
  clineignore_error: 'error',
};
