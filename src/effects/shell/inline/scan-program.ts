import type { Certainty } from '../../../model/effect.ts';
import type { Host } from '../host.ts';
import { isStream, pathEffect } from '../paths.ts';
import type { PathRole } from '../spec.ts';
import type { Lexis } from './script/lexis.ts';
import { codeOnly, markCode } from './script/mark-code.ts';
import { readContent } from './script/read-content.ts';
import type { Spelling } from './script/read-literal.ts';
import { StraightLine } from './script/straight-line.ts';

/** What a pattern found in a program's text means. */
export type Finding =
  /** Group 1 (or the first group that matched) is the path: a literal in quotes, or an expression. */
  | {
      readonly kind: 'path';
      readonly role: PathRole;
      readonly recursive?: boolean;
      /** The path stands in the text of the mode, without quotes of its own. */
      readonly isBare?: boolean;
      /** What follows the path in the call is the content. */
      readonly takesContent?: boolean;
    }
  /** Group 1 is the path, group 2 the mode of opening. */
  | { readonly kind: 'open' }
  | { readonly kind: 'move' }
  | { readonly kind: 'copy' }
  /** Group 1 is a shell text in quotes, or a list of words in quotes. */
  | { readonly kind: 'shell' }
  /** Group 1 is a program in quotes, group 2 the list of its arguments. */
  | { readonly kind: 'spawn' }
  | { readonly kind: 'fetch' }
  | { readonly kind: 'send' }
  | { readonly kind: 'kill' }
  | { readonly kind: 'serve' }
  /** Writes files whose names only its run tells. */
  | { readonly kind: 'outputs' };

export interface ScanRule {
  /** Global; every repetition is bounded, so that hostile text costs linear time. */
  readonly pattern: RegExp;
  readonly finding: Finding;
  readonly certainty?: Certainty;
}

/** An argument: a literal in quotes or an expression of bounded length without a comma. */
export const ARG = String.raw`((?:[rbfuRBFU]{0,2}(?:'[^'\n]{0,300}'|"[^"\n]{0,300}")|[^,()\n'"]{1,80}(?:\([^()\n]{0,80}\))?[^,()\n'"]{0,40}))`;

/** A language: how its code is told from its texts, and what to look for in it. */
export interface Language {
  readonly lexis: Lexis;
  readonly spelling: Spelling;
  readonly rules: readonly ScanRule[];
}

const LIMIT = 2_000_000;

/** A program that is looked through. */
interface Scanned {
  readonly source: string;
  readonly code: string;
  readonly line: StraightLine;
  readonly names: Names;
  readonly spelling: Spelling;
  /** What a shell expands in the text stands there as written. */
  readonly isDraft: boolean;
  readonly tool: string;
}

/**
 * Looks through a program's text for what touches files, processes and the network, and emits it. `isDraft`: what a
 * shell expands in the text stands there as written.
 */
export function scanProgram(
  text: string,
  language: Language,
  host: Host,
  tool: string,
  isDraft = false,
): void {
  const { rules, lexis, spelling } = language;
  const source = text.length > LIMIT ? text.slice(0, LIMIT) : text;
  const inert = markCode(source, lexis);
  const code = codeOnly(source, lexis);
  const scanned: Scanned = {
    source,
    code,
    line: new StraightLine(code),
    names: readConstants(source),
    spelling,
    isDraft,
    tool,
  };
  const found: { readonly at: number; readonly emit: () => void }[] = [];
  for (const rule of rules) {
    for (const match of source.matchAll(rule.pattern)) {
      // What stands in a comment or a text does nothing.
      if (inert[match.index] === 1) continue;
      found.push({ at: match.index, emit: () => emitFinding(rule, match, scanned, host) });
      if (found.length > 2_000) break;
    }
  }
  for (const entry of found.sort((a, b) => a.at - b.at)) entry.emit();
}

type Names = ReadonlyMap<string, string>;

/** Variables that hold one literal text: most programs name their file once, at the top. */
function readConstants(source: string): Names {
  const names = new Map<string, string>();
  const pattern =
    /^[ \t]{0,40}(?:const |let |var |my |\$)?\$?([A-Za-z_]\w{0,60})\s{0,4}=\s{0,4}(?:[\w.]{0,20}Path\()?[rbu]?(?:'([^'\n\\]{1,300})'|"([^"\n\\]{1,300})")\)?[ \t]{0,8};?[ \t]{0,8}(?:#.{0,200})?$/gm;
  for (const match of source.matchAll(pattern)) {
    const name = match[1];
    const value = match[2] ?? match[3];
    if (name !== undefined && value !== undefined && !names.has(name)) names.set(name, value);
  }
  return names;
}

/** The path that an argument names, or undefined where only a run could tell. */
function pathOf(argument: string | undefined, names: Names): string | undefined {
  const text = argument?.trim();
  if (text === undefined) return undefined;
  const wrapped = /^(?:[\w.]{0,20}Path|String|str)\((.{1,300})\)$/.exec(text);
  const inner = wrapped?.[1]?.trim() ?? text;
  const literal = /^([rbfuRBFU]{0,2})(?:'([^']*)'|"([^"]*)"|`([^`$]*)`)$/.exec(inner);
  if (literal) {
    const value = literal[2] ?? literal[3] ?? literal[4] ?? '';
    return /f/i.test(literal[1] ?? '') && value.includes('{') ? undefined : value;
  }
  return names.get(inner.replace(/^\$/, ''));
}

function emitFinding(rule: ScanRule, match: RegExpExecArray, scanned: Scanned, host: Host): void {
  const { finding } = rule;
  const { names, tool } = scanned;
  const certainty = rule.certainty ?? 'likely';
  const first = match.slice(1).find((group) => group !== undefined);
  const outputs = (): void => host.emit({ kind: 'build', tool, targets: [], certainty });
  /** Where the call itself says the content: as sure as it is that the call runs. */
  const emitContent = (path: string, role: PathRole): boolean => {
    const { source, code, line, spelling, isDraft } = scanned;
    const at = match.index + match[0].length;
    const found = readContent(source, code, at, spelling);
    if (!found || isStream(path) || (isDraft && /[$`]/.test(found.content))) return false;
    const isLiteral = /['"`]$/.test(match[0]);
    const sure = isLiteral && rule.certainty === 'certain' && line.runs(match.index, found.end);
    const change = { kind: role === 'append' ? 'append' : 'set', content: found.content } as const;
    host.emit({ kind: 'write', path, change, creates: true, certainty: sure ? 'certain' : 'likely' });
    return true;
  };
  switch (finding.kind) {
    case 'path': {
      const path = finding.isBare === true ? first?.trim() : pathOf(first, names);
      const written = finding.takesContent === true && path !== undefined && emitContent(path, finding.role);
      if (written) return;
      if (path === undefined) {
        if (finding.role !== 'read' && finding.role !== 'search') outputs();
        return;
      }
      const effect = pathEffect(finding.role, path, certainty, { recursive: finding.recursive ?? false });
      if (effect) host.emit(effect);
      return;
    }
    case 'open': {
      const mode = match[2] ?? 'r';
      const path = pathOf(match[1], names);
      if (!/[wax+]/.test(mode)) {
        if (path !== undefined) {
          const effect = pathEffect('read', path, certainty);
          if (effect) host.emit(effect);
        }
      } else if (path === undefined) outputs();
      else {
        const effect = pathEffect(mode.includes('a') ? 'append' : 'write', path, certainty);
        if (effect) host.emit(effect);
      }
      return;
    }
    case 'move':
    case 'copy': {
      const from = pathOf(match[1], names);
      const to = pathOf(match[2], names);
      if (from === undefined || to === undefined) outputs();
      else if (finding.kind === 'move') host.emit({ kind: 'move', from, to, certainty });
      else host.emit({ kind: 'copy', from, to, recursive: false, certainty });
      return;
    }
    case 'shell': {
      const text = shellOf(first);
      if (text === undefined) host.guess(tool);
      else host.shell(text, 'child');
      return;
    }
    case 'spawn': {
      const program = pathOf(match[1], names);
      const rest = match[2] === undefined ? '' : wordsOf(match[2]).map(quoteWord).join(' ');
      if (program === undefined) host.guess(tool);
      else host.shell(`${quoteWord(program)} ${rest}`.trim(), 'child');
      return;
    }
    case 'fetch':
    case 'send': {
      const target = pathOf(first, names);
      host.emit({
        kind: 'network',
        direction: finding.kind,
        ...(target !== undefined && { target }),
        certainty,
      });
      return;
    }
    case 'kill':
      host.emit({ kind: 'process', action: 'kill', what: first ?? tool, background: false, certainty });
      return;
    case 'serve':
      host.emit({ kind: 'process', action: 'start', what: tool, background: true, certainty });
      return;
    case 'outputs':
      outputs();
      return;
  }
}

/** `'ls -l'`, or words: `['git', 'add', '.']` and `'git', 'add'`; undefined when it is an expression. */
function shellOf(argument: string | undefined): string | undefined {
  const text = argument?.trim();
  if (text === undefined) return undefined;
  const words = wordsOf(text);
  if (words.length > 1 || text.startsWith('[')) {
    if (words.length === 0) return undefined;
    return words.map(quoteWord).join(' ');
  }
  const literal = /^[rbu]?(?:'([^']*)'|"([^"]*)"|`([^`$]*)`)$/.exec(text);
  return literal ? (literal[1] ?? literal[2] ?? literal[3]) : undefined;
}

function wordsOf(text: string): string[] {
  return [...text.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)].map((match) => match[1] ?? match[2] ?? '');
}

function quoteWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
