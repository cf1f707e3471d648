import type { Detection, Probe } from '../format.ts';
import { peekObjects } from '../shared/peek-json.ts';

/** A list of records with `step_id`, `action` and `observation`. */
export function detectSteps({ entry, head }: Probe): Detection {
  const none = { score: 0, reason: 'no list of records with step_id, action and observation' };
  const text = head.trimStart();
  if (!text.startsWith('[')) return none;
  const objects = peekObjects(text, 0, 3);
  const fits = objects.filter((record) => isStep(record)).length;
  // The first record may be longer than the head; its first keys are seen all the same.
  const begins = objects.length === 0 && /^\[\s*\{\s*"step_id"\s*:\s*\d+\s*,\s*"action"\s*:\s*"/.test(text);
  if (!begins && (fits === 0 || fits < objects.length)) return none;
  const named = entry.name === 'steps.json' || entry.name.endsWith('steps.json');
  return { score: named ? 0.95 : 0.85, reason: 'a list of records with step_id, action and observation' };
}

function isStep(record: Readonly<Record<string, unknown>>): boolean {
  return ['step_id', 'action', 'observation'].every((key) => Object.hasOwn(record, key));
}
