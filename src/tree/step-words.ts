import { asObject } from '../base/json.ts';
import type { Step } from '../model/step.ts';

/** Of a long text its first and its last characters count: they say what was found and what comes now. */
const HEAD = 240;
const TAIL = 240;

/** Lower-case words of a text, without repeats. */
export function wordsOf(text: string): Set<string> {
  const part = text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)} ${text.slice(-TAIL)}`;
  return new Set(part.toLowerCase().match(/[a-z]{2,20}/g));
}

/** The description that some tools ask for beside the command. */
export function describedIn(step: Step): string {
  const described = step.args?.description;
  return typeof described === 'string' ? described : '';
}

/** The item of the agent's own list of things to do that it works on now; undefined where a step holds no list. */
export function currentTodo(step: Step): string | undefined {
  const list = step.args?.todos ?? step.args?.plan ?? step.args?.items;
  if (!Array.isArray(list)) return undefined;
  let next: string | undefined;
  let done = 0;
  for (const entry of list) {
    const todo = asObject(entry);
    const text = todo?.content ?? todo?.step ?? todo?.title;
    if (typeof text !== 'string') continue;
    if (todo?.status === 'in_progress') return text;
    if (todo?.status === 'completed' || todo?.status === 'done') done++;
    else next ??= text;
  }
  if (next !== undefined) return done === 0 ? '' : next;
  return done > 0 ? 'ALL-DONE' : '';
}

/** Where a thought ends it says what the step is for. */
export function lastSentence(text: string): string {
  const end = text.slice(-220).trimEnd();
  let cut = -1;
  for (const match of end.slice(0, -8).matchAll(/[.!?\n]\s/g)) cut = match.index;
  return cut < 0 ? end.slice(-120) : end.slice(cut + 1);
}
