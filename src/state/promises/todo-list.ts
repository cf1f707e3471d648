import { asArray, asString, at, isObject } from '../../base/json.ts';
import type { Step } from '../../model/step.ts';

export interface TodoItem {
  /** Verbatim. */
  readonly text: string;
  readonly isDone: boolean;
}

/** Tools that keep a list of what is to be done, of the harnesses that have one. */
const TOOLS = /todo|^update_plan$|^task_tracker$|^plan$/i;
const LISTS = ['todos', 'plan', 'task_list', 'items', 'tasks'] as const;
const TEXTS = ['content', 'step', 'title', 'description', 'text', 'task'] as const;
const DONE = /^(?:completed?|done|finished)$/i;
/** `- [x] item`, `[-] item`. */
const CHECKBOX = /^\s*(?:[-*] |\d+\. )?\[([ xX~-])\] (\S.*)$/;

/** The items of the agent's list as a step writes it; undefined when it writes none. */
export function readTodoList(step: Step): TodoItem[] | undefined {
  const { args, tool } = step;
  if (args === undefined) return undefined;
  const progress = asString(args['task_progress']);
  if (progress !== undefined) return readCheckboxes(progress);
  if (!TOOLS.test(tool)) return undefined;
  for (const name of LISTS) {
    const value = args[name];
    const text = asString(value);
    if (text !== undefined) return readCheckboxes(text);
    const items = asArray(value);
    if (items) return items.flatMap(readItem);
  }
  return undefined;
}

function readItem(value: unknown): TodoItem[] {
  if (!isObject(value)) return [];
  const name = TEXTS.find((key) => asString(at(value, key)) !== undefined);
  const text = name === undefined ? undefined : asString(at(value, name));
  if (text === undefined || text.trim() === '') return [];
  return [{ text, isDone: DONE.test(asString(at(value, 'status')) ?? '') }];
}

function readCheckboxes(text: string): TodoItem[] {
  return text.split('\n').flatMap((line) => {
    const found = CHECKBOX.exec(line);
    return found?.[2] === undefined ? [] : [{ text: found[2], isDone: /[xX]/.test(found[1] ?? '') }];
  });
}
