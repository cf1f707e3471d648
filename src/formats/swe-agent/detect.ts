import { isLfsPointer } from '../../base/lfs-pointer.ts';
import type { Detection, Probe } from '../format.ts';

/** Keys of a trajectory's element that every version has. */
const MARKS = ['"action"', '"observation"', '"response"'];

/** By the list `trajectory` of actions with observations; by the history's own keys where that is all there is. */
export function detectSweAgent({ entry, head }: Probe): Detection {
  const named = entry.name.endsWith('.traj');
  const text = head.replace(/^\ufeff/, '').trimStart();
  if (text === '' || isLfsPointer(text)) {
    return named
      ? { score: 0.55, reason: 'no content, but named as SWE-agent names trajectories' }
      : { score: 0, reason: 'no content' };
  }
  if (!text.startsWith('{')) return { score: 0, reason: 'no JSON object' };
  const start = text.search(/"trajectory"\s*:\s*\[/);
  if (start >= 0) {
    const met = MARKS.filter((mark) => text.includes(mark, start));
    // A long first observation may push the other keys out of sight.
    if (met.length === MARKS.length || (named && met.length > 0)) {
      return { score: 0.97, reason: 'trajectory of actions with observations and responses' };
    }
    if (named) return { score: 0.7, reason: 'an empty or unusual trajectory, named *.traj' };
  }
  const history = /^\{\s*"history"\s*:\s*\[/.test(text) && /"(?:agent|message_type|is_demo)"\s*:/.test(text);
  if (history)
    return { score: named ? 0.8 : 0.6, reason: 'a history of messages with their agent, no trajectory' };
  return { score: 0, reason: 'no trajectory of SWE-agent' };
}
