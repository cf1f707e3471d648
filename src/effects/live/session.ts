/**
 * A live terminal as far as its keys and its screen tell: programs inside one another, and what was typed and not yet
 * entered. Values are never changed; each step of an agent gives a new session.
 */
export interface LiveSession {
  /** Innermost last; a shell below all of them is understood. */
  readonly programs: readonly LiveProgram[];
  /** Typed on the current line and not entered. */
  readonly line: string;
  /** Lines entered whose command is not at its end: a here-document, an open quote, a loop. */
  readonly pending: string;
  /** End of what the terminal showed last. */
  readonly screen: string;
}

export type LiveProgram =
  /** A shell of its own (`bash`, `su`). */
  | { readonly kind: 'shell' }
  /** A shell on another machine, or in a container. */
  | { readonly kind: 'remote'; readonly host: string }
  /** It reads code: `entered` is what was typed so far, `blocks` lines of a block that is not at its end. */
  | { readonly kind: 'repl'; readonly name: string; readonly entered: string; readonly blocks: string }
  /** It reads statements; `launch` is the command that started it. */
  | { readonly kind: 'database'; readonly launch: string; readonly entered: string }
  | EditorProgram
  /** It shows something, or asks: what is typed into it changes nothing that we could name. */
  | { readonly kind: 'pager' | 'monitor' | 'debugger' | 'prompt' | 'other'; readonly name: string }
  /** `cat > FILE` and its like: what is typed is what the file gets. */
  | { readonly kind: 'input'; readonly path: string; readonly append: boolean; readonly text: string };

export interface EditorProgram {
  readonly kind: 'editor';
  readonly name: 'vim' | 'nano' | 'ed' | 'other';
  readonly path: string | undefined;
  readonly mode: 'normal' | 'insert' | 'command' | 'save' | 'quit';
  /** Typed on the command line of the editor. */
  readonly command: string;
  /** Text of a new file as it was typed; undefined once it is not known. */
  readonly text: string | undefined;
  readonly changed: boolean;
}

export const FRESH_SESSION: LiveSession = { programs: [], line: '', pending: '', screen: '' };

/** So much of a screen is kept. */
const SCREEN = 4_000;

export function innermost(session: LiveSession): LiveProgram | undefined {
  return session.programs.at(-1);
}

export function enter(session: LiveSession, program: LiveProgram): LiveSession {
  // Programs in programs beyond this depth are a sign that we have lost track.
  const programs = session.programs.length > 12 ? session.programs.slice(-4) : session.programs;
  return { ...session, programs: [...programs, program] };
}

export function leave(session: LiveSession): LiveSession {
  return { ...session, programs: session.programs.slice(0, -1) };
}

export function replaceInnermost(session: LiveSession, program: LiveProgram): LiveSession {
  return { ...session, programs: [...session.programs.slice(0, -1), program] };
}

export function keepScreen(session: LiveSession, screen: string): LiveSession {
  return { ...session, screen: screen.length > SCREEN ? screen.slice(-SCREEN) : screen };
}
