import type { Detection, Probe } from '../format.ts';
import { findKind, type GeminiKind } from './kind.ts';

const CLAIMS: Readonly<Record<GeminiKind, Detection>> = {
  'chat document': { score: 0.95, reason: 'sessionId, projectHash and messages of a recorded chat' },
  'chat lines': { score: 0.95, reason: 'lines of a recorded chat' },
  contents: { score: 0.85, reason: 'a list of contents with role and parts: a checkpoint' },
  history: { score: 0.75, reason: 'a history of contents with role and parts' },
  stream: { score: 0.9, reason: 'events of --output-format stream-json' },
  prompts: { score: 0.3, reason: 'a log of what was typed: it holds no calls' },
  answers: { score: 0.2, reason: 'recorded answers of the service for tests: no call was run' },
};

/** By the shape of what stands first in the file; names vary too much to count. */
export function detectGemini(probe: Probe): Detection {
  const found = findKind(probe.head);
  if (!found) return { score: 0, reason: 'no shape of Gemini CLI' };
  const claim = CLAIMS[found.kind];
  if (found.share >= 0.5) return claim;
  return { score: Math.min(claim.score, 0.4), reason: `${claim.reason}, among other records` };
}
