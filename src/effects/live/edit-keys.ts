import { exhaustive } from '../../base/assert.ts';
import type { Effect } from '../../model/effect.ts';
import type { KeyEvent } from './read-keys.ts';
import type { EditorProgram } from './session.ts';

export interface Edited {
  /** Undefined when the editor was left. */
  readonly program: EditorProgram | undefined;
  readonly effects: readonly Effect[];
  /** A command that the editor hands to a shell. */
  readonly shell?: string;
}

/** What keys do to an editor and its file. */
export function editKeys(program: EditorProgram, event: KeyEvent): Edited {
  switch (program.name) {
    case 'vim':
      return event.kind === 'text' ? vimText(program, event.text) : vimKey(program, event.name);
    case 'nano':
      return nano(program, event);
    case 'ed':
      return ed(program, event);
    case 'other':
      // Emacs and its like: control-x control-s saves, control-x control-c leaves.
      if (event.kind === 'key' && event.name === 'C-s') return { program, effects: writes(program) };
      if (event.kind === 'key' && event.name === 'C-c') return { program: undefined, effects: [] };
      return { program: { ...program, changed: true, text: undefined }, effects: [] };
    default:
      return exhaustive(program.name);
  }
}

/** What was written: the text of a new file where nothing but plain typing made it. */
function writes(program: EditorProgram, path = program.path): Effect[] {
  if (path === undefined) return [];
  const { text } = program;
  const plain = text !== undefined && program.path === path && keepsIndent(text);
  const closed = plain && text !== '' && !text.endsWith('\n') ? `${text}\n` : text;
  return [
    {
      kind: 'write',
      path,
      change: plain && closed !== undefined ? { kind: 'set', content: closed } : { kind: 'unknown' },
      certainty: 'likely',
    },
  ];
}

/** Editors add and take away blanks at the starts of lines by rules of their own; without any there is nothing to guess. */
function keepsIndent(text: string): boolean {
  return !/\n[ \t]|\t|[{([:]\n/.test(text);
}

const INSERTS = /^[iaIAoOsSCR]$|^cc$|^c[\w$^]$/;

/** Text in vim: commands until something begins to insert, then what is inserted. */
function vimText(start: EditorProgram, given: string): Edited {
  let program = start;
  let rest = given;
  const effects: Effect[] = [];
  while (rest !== '') {
    if (program.mode === 'insert') {
      const text = program.text === undefined ? undefined : program.text + rest;
      return { program: { ...program, text, changed: true }, effects };
    }
    if (program.mode === 'command')
      return { program: { ...program, command: program.command + rest }, effects };
    if (rest.startsWith('ZZ')) return { program: undefined, effects: writes(program) };
    if (rest.startsWith('ZQ')) return { program: undefined, effects };
    const char = rest[0] ?? '';
    if (char === ':' || char === '/' || char === '?') {
      program = { ...program, mode: 'command', command: char };
      rest = rest.slice(1);
      continue;
    }
    const two = rest.slice(0, 2);
    const inserts = INSERTS.test(two) ? two : INSERTS.test(char) ? char : undefined;
    if (inserts === undefined) {
      // `dd`, `x`, `p` and the like change the text in ways that the keys alone do not tell; moving does not.
      const moves = /^[hjklwbeGg0^$HLMnN0-9 ]$/.test(char);
      program = moves ? program : { ...program, text: undefined, changed: true };
      rest = rest.slice(1);
    } else {
      const isStart = program.text === '' && /^[iaIA]$/.test(inserts);
      program = { ...program, mode: 'insert', text: isStart ? '' : undefined };
      rest = rest.slice(inserts.length);
    }
  }
  return { program, effects };
}

function vimKey(program: EditorProgram, name: string): Edited {
  if (name === 'Escape' || name === 'C-c')
    return { program: { ...program, mode: 'normal', command: '' }, effects: [] };
  if (program.mode === 'insert') {
    const { text } = program;
    const next =
      text === undefined || (name !== 'Enter' && name !== 'BSpace')
        ? undefined
        : name === 'Enter'
          ? `${text}\n`
          : text.slice(0, -1);
    return { program: { ...program, text: next, changed: true }, effects: [] };
  }
  if (program.mode === 'command' && name === 'Enter') return vimCommand(program);
  if (program.mode === 'command' && name === 'BSpace')
    return { program: { ...program, command: program.command.slice(0, -1) }, effects: [] };
  return { program, effects: [] };
}

function vimCommand(given: EditorProgram): Edited {
  const command = given.command.trim();
  const program: EditorProgram = { ...given, mode: 'normal', command: '' };
  if (!command.startsWith(':')) return { program, effects: [] };
  const text = command.slice(1).trim();
  const shell = /^!\s*(.+)$/.exec(text)?.[1];
  if (shell !== undefined) return { program, effects: [], shell };
  const match =
    /^(wqa?l?|xa?|x(?:it)?|wa?|up(?:date)?|w(?:rite)?|sav(?:eas)?|qa?|q(?:uit)?(?:all)?|cq|e(?:dit)?)(!?)(?:\s+(?:>>\s*)?(\S+))?$/.exec(
      text,
    );
  if (!match) {
    // Settings and searches leave the text as it is; every other command may change it.
    const harmless = /^(?:set?|noh|syntax|\d+|\$|help|ls|buffers)\b/.test(text);
    return { program: harmless ? program : { ...program, text: undefined, changed: true }, effects: [] };
  }
  const [, name = '', , target] = match;
  if (/^(?:q|cq)/.test(name)) return { program: undefined, effects: [] };
  if (name.startsWith('e'))
    return {
      program:
        target === undefined
          ? { ...program, text: undefined }
          : { ...program, path: target, text: undefined, changed: false },
      effects: [],
    };
  const effects = writes(program, target ?? program.path);
  if (/^(?:wq|x)/.test(name)) return { program: undefined, effects };
  return {
    program: name.startsWith('sav') && target !== undefined ? { ...program, path: target } : program,
    effects,
  };
}

/** Nano: typing inserts; control-o saves, control-x leaves and asks when there is something to save. */
function nano(program: EditorProgram, event: KeyEvent): Edited {
  if (program.mode === 'save' || program.mode === 'quit') {
    if (event.kind === 'text') {
      if (program.mode === 'quit' && program.command === '') {
        if (/^n/i.test(event.text)) return { program: undefined, effects: [] };
        if (/^y/i.test(event.text)) return { program: { ...program, command: 'y' }, effects: [] };
      }
      // Another name was typed at the prompt: which one of the two it becomes is not told.
      return { program: { ...program, path: undefined }, effects: [] };
    }
    if (event.name === 'C-c') return { program: { ...program, mode: 'insert', command: '' }, effects: [] };
    if (event.name !== 'Enter') return { program, effects: [] };
    if (program.mode === 'quit' && program.command === '') return { program, effects: [] };
    const left =
      program.mode === 'quit' ? undefined : { ...program, mode: 'insert' as const, changed: false };
    return { program: left, effects: writes(program) };
  }
  if (event.kind === 'text') {
    const text = program.text === undefined ? undefined : program.text + event.text;
    return { program: { ...program, text, changed: true }, effects: [] };
  }
  switch (event.name) {
    case 'C-o':
      return { program: { ...program, mode: 'save', command: '' }, effects: [] };
    case 'C-x':
      if (!program.changed) return { program: undefined, effects: [] };
      return { program: { ...program, mode: 'quit', command: '' }, effects: [] };
    case 'C-s':
      return { program: { ...program, changed: false }, effects: writes(program) };
    case 'Enter':
      return {
        program: {
          ...program,
          changed: true,
          text: program.text === undefined ? undefined : `${program.text}\n`,
        },
        effects: [],
      };
    default:
      return { program: { ...program, changed: true, text: undefined }, effects: [] };
  }
}

/** `ed` reads lines; a line with a lone dot ends what is inserted. */
function ed(program: EditorProgram, event: KeyEvent): Edited {
  if (event.kind === 'text')
    return { program: { ...program, command: program.command + event.text }, effects: [] };
  if (event.name !== 'Enter') return { program, effects: [] };
  const line = program.command.trim();
  const next: EditorProgram = { ...program, command: '' };
  if (program.mode === 'insert' && program.changed)
    return { program: line === '.' ? { ...next, changed: false } : next, effects: [] };
  if (/^(?:\d+|\$|\.)?(?:,(?:\d+|\$|\.))?[aic]$/.test(line))
    return { program: { ...next, mode: 'insert', changed: true }, effects: [] };
  if (/^wq?!?(?:\s+\S+)?$/.test(line)) {
    const path = /\s(\S+)$/.exec(line)?.[1] ?? program.path;
    return {
      program: line.startsWith('wq') ? undefined : next,
      effects: writes({ ...program, text: undefined }, path),
    };
  }
  return { program: /^[qQ]$/.test(line) ? undefined : next, effects: [] };
}
