import type { Format } from '../format.ts';
import { detectCopilot } from './detect.ts';
import { extractCopilot } from './extract.ts';

export const copilotFormat: Format = {
  id: 'copilot',
  title: 'GitHub Copilot CLI, events of a session (`~/.copilot/session-state/**/events.jsonl`)',
  units: ['file'],
  answers: {
    task: 'always',
    outcome: 'never',
    tests: 'never',
    thoughts: 'sometimes',
    tokens: 'sometimes',
    cost: 'never',
    time: 'always',
    'exit-status': 'sometimes',
    'file-content': 'sometimes',
    'working-directory': 'sometimes',
    model: 'sometimes',
    'parallel-calls': 'always',
    'sub-agents': 'always',
  },
  leavesOut: [
    { path: 'type=hook.start:**', why: 'hooks of the program' },
    { path: 'type=hook.end:**', why: 'hooks of the program' },
    { path: 'type=tool.execution_start:data.arguments.**', why: 'a copy of the request' },
    { path: 'type=tool.execution_complete:data.toolTelemetry.**', why: 'telemetry' },
    { path: 'type=assistant.message:data.encryptedContent', why: 'reasoning that only the service can read' },
    { path: 'type=assistant.message:data.reasoningOpaque', why: 'reasoning that only the service can read' },
    { path: 'type=session.auto_mode_resolved:**', why: 'how a model was chosen' },
    { path: 'type=session.usage_checkpoint:**', why: 'counts for billing' },
  ],
  detect: detectCopilot,
  extract: extractCopilot,
};
