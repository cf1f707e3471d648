import { type FencedBlock, findFencedBlocks } from '../mini-swe-agent/fences.ts';
import type { Segment } from './split-segment.ts';

/**
 * The fences of an agent's message that were executed. Text-based agents mark theirs with a label, and more than one is
 * a format error; tool calls are printed as bare fences at the end of the message, one for each result.
 */
export function findCommands(text: string, segment: Segment): readonly FencedBlock[] {
  for (const label of ['mswea_bash_command', 'bash']) {
    const blocks = findFencedBlocks(text, label);
    if (blocks.length > 0) return blocks.length === 1 ? blocks : [];
  }
  const results = segment.replies.filter(({ role }) => role === 'Tool' || role === 'Function_call_output');
  const calls =
    results.length > 0 ? results.length : segment.replies.some(({ role }) => role === 'Exit') ? 1 : 0;
  const bare = findFencedBlocks(text, '');
  return calls === 0 ? [] : bare.slice(-calls);
}
