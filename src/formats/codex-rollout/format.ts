import type { Format } from '../format.ts';
import { detectRollout } from './detect.ts';
import { extractRollout } from './extract.ts';
import { partOfRollout } from './read-subagents.ts';

export const codexRolloutFormat: Format = {
  id: 'codex-rollout',
  title: 'Codex CLI, rollout (`~/.codex/sessions/**/rollout-*.jsonl`), or the output of `codex exec --json`',
  units: ['file'],
  answers: {
    task: 'sometimes',
    outcome: 'never',
    tests: 'never',
    thoughts: 'sometimes',
    tokens: 'sometimes',
    cost: 'never',
    time: 'sometimes',
    'exit-status': 'sometimes',
    'file-content': 'sometimes',
    'working-directory': 'sometimes',
    model: 'sometimes',
    'parallel-calls': 'sometimes',
    'sub-agents': 'sometimes',
  },
  leavesOut: [
    { path: 'type=turn_context:payload.**', why: 'settings of a turn; model and directory are taken' },
    { path: 'type=world_state:**', why: 'settings; the conversation holds what the model was told of them' },
    { path: 'type=inter_agent_communication_metadata:**', why: 'transport of messages between agents' },
    {
      path: 'type=compacted:payload.replacement_history.**',
      why: 'the history after a compaction repeats what stands before it',
    },
    { path: 'type=event_msg:payload.rate_limits.**', why: 'limits of the account, not of the run' },
    { path: 'type=response_item:payload.encrypted_content', why: 'reasoning that only the service can read' },
    { path: 'type=response_item:payload.ghost_commit.**', why: 'snapshots for undo' },
    { path: 'type=session_meta:payload.dynamic_tools.**', why: 'definitions of tools' },
    { path: 'record_type=state:**', why: 'marks of early versions without content' },
  ],
  detect: detectRollout,
  extract: extractRollout,
  partOf: partOfRollout,
};
