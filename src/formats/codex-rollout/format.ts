import type { Format } from '../format.ts';
import { codexCapability } from './capability.ts';
import { detectRollout } from './detect.ts';
import { extractRollout } from './extract.ts';
import { partOfRollout } from './read-subagents.ts';

export const codexRolloutFormat: Format = {
  id: 'codex-rollout',
  title: 'Codex CLI, rollout (`~/.codex/sessions/**/rollout-*.jsonl`), or the output of `codex exec --json`',
  units: ['file'],
  ...codexCapability,
  detect: detectRollout,
  extract: extractRollout,
  partOf: partOfRollout,
};
