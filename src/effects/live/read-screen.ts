import { exhaustive } from '../../base/assert.ts';
import { stripAnsi } from '../../base/text.ts';
import { type EditorProgram, innermost, keepScreen, type LiveProgram, type LiveSession } from './session.ts';

/** What the end of a screen says of the program that reads the keys; undefined where it says nothing. */
type Shown =
  | { readonly kind: 'shell' }
  /** A shell that waits for the rest of a command. */
  | { readonly kind: 'continuation' }
  | { readonly kind: 'program'; readonly program: LiveProgram };

const SHELL_PROMPT =
  /^(?:\([^()\n]{1,40}\)\s?)?(?:\[?[\w.-]{1,64}@[\w.-]{1,80}[:\s][^\n]{0,200}[#$%]|(?:ba|z|da)?sh-[\d.]{1,8}[#$]|[~/][^\s#$]{0,120}\s?[#$%]|[#$%❯➜])$/;

const REPLS: readonly (readonly [RegExp, string])[] = [
  [/^(?:>>>|\.\.\.)$/, 'python'],
  [/^In \[\d+\]:$/, 'python'],
  [/^irb\([^)]{0,40}\)[:\d]{0,10}[>*]$/, 'ruby'],
];

const DATABASES =
  /^(?:sqlite>|mysql>|MariaDB \[[^\]]{0,60}\]>|[\w.-]{1,40}[=-][#>]|[\w.:-]{1,60}:\d+>|redis[^>\s]{0,40}>)$/;
const DEBUGGERS = /^(?:\(gdb\)|\(lldb\)|\(Pdb\)|ipdb>|\(rdb:\d+\))$/;
const ASKS =
  /(?:password|passphrase)[^\n]{0,80}:$|\[[yY]\/[nN]\]\??:?$|\(y(?:es)?\/n(?:o)?(?:\/\[[^\]]{0,20}\])?\)\??:?$|\(END\)$|--More--/i;

/** The session after the terminal showed this: what is on top of it is corrected by what can be seen. */
export function showScreen(session: LiveSession, observation: string | undefined): LiveSession {
  if (observation === undefined) return session;
  const screen = stripAnsi(observation).trimEnd();
  if (screen === '') return session;
  const kept = keepScreen(session, screen);
  const shown = readPrompt(screen);
  const top = innermost(kept);
  switch (shown?.kind) {
    case undefined:
      return kept;
    case 'continuation':
      return kept;
    case 'shell': {
      // A shell waits: what ran in it has ended, and what it could not read it has refused.
      const at = kept.programs.findLastIndex(
        (program) => program.kind === 'shell' || program.kind === 'remote',
      );
      return { ...kept, programs: kept.programs.slice(0, at + 1), line: '', pending: '' };
    }
    case 'program': {
      const { program } = shown;
      if (top?.kind === program.kind) return markNew(kept, screen);
      return { ...kept, programs: [...kept.programs, program], pending: '' };
    }
    default:
      return exhaustive(shown);
  }
}

function readPrompt(screen: string): Shown | undefined {
  const last = screen.slice(screen.lastIndexOf('\n') + 1).trim();
  if (last.length > 400) return undefined;
  const tail = screen.slice(-3_000);
  if (/^-- (?:INSERT|REPLACE|VISUAL)[^\n]{0,20}--/m.test(tail))
    return { kind: 'program', program: editor('vim', 'insert') };
  if (/^\s{0,10}(?:GNU nano|UW PICO)\s/m.test(tail))
    return { kind: 'program', program: editor('nano', 'insert') };
  if (SHELL_PROMPT.test(last)) return { kind: 'shell' };
  if (last === '>' || last === 'heredoc>' || last === 'quote>' || last === 'dquote>')
    return { kind: 'continuation' };
  const repl = REPLS.find(([pattern]) => pattern.test(last));
  if (repl) return { kind: 'program', program: { kind: 'repl', name: repl[1], entered: '', blocks: '' } };
  if (DATABASES.test(last))
    return { kind: 'program', program: { kind: 'database', launch: '', entered: '' } };
  if (DEBUGGERS.test(last)) return { kind: 'program', program: { kind: 'debugger', name: last } };
  if (ASKS.test(last))
    return { kind: 'program', program: { kind: /END|More/.test(last) ? 'pager' : 'prompt', name: last } };
  if (/(?:^~\s*\n){3,}/m.test(tail) && /^~/m.test(tail))
    return { kind: 'program', program: editor('vim', 'normal') };
  return undefined;
}

function editor(name: EditorProgram['name'], mode: EditorProgram['mode']): EditorProgram {
  return { kind: 'editor', name, path: undefined, mode, command: '', text: undefined, changed: false };
}

/** An editor that says that its file is new holds nothing but what is typed from here on. */
function markNew(session: LiveSession, screen: string): LiveSession {
  const top = innermost(session);
  if (
    top?.kind !== 'editor' ||
    top.changed ||
    !/\[(?:New(?: File)?|New Buffer)\]|\[ New File \]/.test(screen)
  )
    return session;
  return { ...session, programs: [...session.programs.slice(0, -1), { ...top, text: '' }] };
}
