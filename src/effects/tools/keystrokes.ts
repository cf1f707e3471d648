import type { Effect } from '../../model/effect.ts';
import { analyzeShell } from '../shell/analyze-shell.ts';
import { shellResult, type ToolAnalysis, type ToolCall, toolResult } from './tool-call.ts';

/** Names of keys as tmux takes them. */
const KEY =
  /^(?:(?:[CMS]-)+(?:.|[A-Z]\w{1,10})|\^[A-Za-z[\]]|Enter|Escape|Esc|Tab|BTab|Space|BSpace|Backspace|Delete|DC|Up|Down|Left|Right|Home|End|PageUp|PageDown|PgUp|PgDn|PPage|NPage|F\d{1,2})$/;

/** Short answers to a prompt, and commands of editors and pagers: no shell command that changes anything is spelt so. */
const ANSWER = /^(?:y|n|yes|no|q|Q|j|k|:[a-z!]{1,4}|\d{1,3}|\/\S{0,60}|ZZ|exit\(\)|quit\(\)|\.exit)$/i;

/**
 * Keystrokes typed into a terminal. Text that ends with a line break is a command for the shell; without one it was
 * only typed; names of keys are keys. Nothing at all means waiting.
 */
export function readKeystrokes(call: ToolCall, keystrokes: string): ToolAnalysis {
  const text = keystrokes.trim();
  if (text === '') {
    const blank = keystrokes === '';
    const effect: Effect = blank
      ? { kind: 'process', action: 'wait', what: 'terminal', background: false, certainty: 'certain' }
      : { kind: 'keys', keys: keystrokes, certainty: 'possible' };
    return { effects: [effect], programs: ['wait'], understood: true };
  }
  const words = text.split(/\s+/);
  const keys: Effect = { kind: 'keys', keys: keystrokes, certainty: 'certain' };
  if (
    words.every((word) => KEY.test(word)) ||
    ANSWER.test(text) ||
    /^[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(keystrokes)
  )
    return toolResult(call, [keys]);
  // `command Enter`, as some agents write for tmux.
  const entered = /[\r\n]$/.test(keystrokes) || words.at(-1) === 'Enter' || words.at(-1) === 'C-m';
  if (!entered) return toolResult(call, [keys]);
  const command = text.replace(/\s+(?:Enter|C-m)$/, '');
  const script = call.script;
  return shellResult(analyzeShell(command, script ? { script } : {}));
}
