import { isObject } from '../../base/json.ts';
import type { Run } from '../../model/run.ts';
import type { TextIndex } from './text-index.ts';

/** Members of a run that say where something stands or what it is numbered, and what we ourselves say of it. */
const OWN_WORDS = new Set([
  'place',
  'actionRef',
  'thoughtRef',
  'observationRef',
  'diagnostics',
  'artifacts',
  'ordinal',
  'turn',
  'parallelGroup',
  'before',
  'parent',
]);

/** Adds every text and every number that the run holds, wherever in the model it stands. */
export function indexRun(run: Run, index: TextIndex): void {
  // Without recursion: arguments of calls nest as deep as their authors liked, and use any names for their members.
  const model: unknown[] = [run];
  const recorded: unknown[] = [];
  for (let value = model.pop(); value !== undefined; value = model.pop()) {
    if (Array.isArray(value)) for (const item of value) model.push(item);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        if (key === 'args') recorded.push(child);
        else if (key === 'fileFacts' && Array.isArray(child)) recorded.push(...child.map(contentsOf));
        else if (child !== undefined && !OWN_WORDS.has(key)) model.push(child);
      }
    } else addLeaf(value, index);
  }
  while (recorded.length > 0) {
    const value = recorded.pop();
    if (typeof value === 'object' && value !== null) {
      for (const child of Array.isArray(value) ? value : Object.values(value)) recorded.push(child);
    } else addLeaf(value, index);
  }
}

/** The texts of a fact; its member `before` is one of them. */
function contentsOf(fact: unknown): unknown {
  return isObject(fact) ? [fact.path, fact.before, fact.after] : undefined;
}

function addLeaf(value: unknown, index: TextIndex): void {
  if (typeof value === 'string') index.addText(value);
  else if (typeof value === 'number') index.addNumber(value);
}
