import type { Effect } from '../../model/effect.ts';
import { FRESH_SESSION } from '../live/session.ts';
import { readCommand, typeKeys } from '../live/type-keys.ts';
import { shellResult, type ToolAnalysis, type ToolCall, toolResult } from './tool-call.ts';

/** Names of keys as tmux takes them. */
const KEY =
  /^(?:(?:[CMS]-)+(?:.|[A-Z]\w{1,10})|\^[A-Za-z[\]]|Enter|Escape|Esc|Tab|BTab|Space|BSpace|Backspace|Delete|DC|Up|Down|Left|Right|Home|End|PageUp|PageDown|PgUp|PgDn|PPage|NPage|F\d{1,2})$/;

/** Short answers to a prompt, and commands of editors and pagers: no shell command that changes anything is spelt so. */
const ANSWER = /^(?:y|n|yes|no|q|Q|j|k|:[a-z!]{1,4}|\d{1,3}|\/\S{0,60}|ZZ|exit\(\)|quit\(\)|\.exit)$/i;

/**
 * Keystrokes typed into a terminal. Text that ends with a line break is a command for the shell; without one it was
 * only typed; names of keys are keys. Nothing at all means waiting. Where the terminal is followed across steps, keys go
 * to the program that runs in it, and what was typed before counts.
 */
export function readKeystrokes(call: ToolCall, keystrokes: string): ToolAnalysis {
  const { terminal, script } = call;
  const session = terminal?.session ?? FRESH_SESSION;
  const typed = keystrokes === '' ? undefined : typeKeys(session, keystrokes, { script });
  if (terminal && typed) terminal.session = typed.session;
  const isBusy = session.programs.length > 0 || session.line !== '' || session.pending !== '';
  const text = keystrokes.trim();
  if (text === '' && !(isBusy && typed)) {
    const effect: Effect =
      keystrokes === ''
        ? { kind: 'process', action: 'wait', what: 'terminal', background: false, certainty: 'certain' }
        : { kind: 'keys', keys: keystrokes, certainty: 'possible' };
    return { effects: [effect], programs: ['wait'], understood: true };
  }
  const keys: Effect = { kind: 'keys', keys: keystrokes, certainty: 'certain' };
  // A short answer is for something that asks, which the screen need not have shown.
  if (!isBusy && (text.split(/\s+/).every((word) => KEY.test(word)) || ANSWER.test(text)))
    return toolResult(call, [keys]);
  if (typed?.command !== undefined) return shellResult(readCommand(typed.command, typed.opened, script));
  const programs = typed && typed.programs.length > 0 ? typed.programs : [call.tool];
  return { effects: [keys, ...(typed?.effects ?? [])], programs, understood: true };
}
