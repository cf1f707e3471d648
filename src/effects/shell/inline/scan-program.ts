import type { Certainty } from '../../../model/effect.ts';
import type { Host } from '../host.ts';
import { pathEffect } from '../paths.ts';
import type { PathRole } from '../spec.ts';

/** What a pattern found in a program's text means. */
export type Finding =
  /** Group 1 (or the first group that matched) is the path: a literal in quotes, or an expression. */
  | { readonly kind: 'path'; readonly role: PathRole; readonly recursive?: boolean }
  /** Group 1 is the path, group 2 the mode of opening. */
  | { readonly kind: 'open' }
  | { readonly kind: 'move' }
  | { readonly kind: 'copy' }
  /** Group 1 is a shell text in quotes, or a list of words in quotes. */
  | { readonly kind: 'shell' }
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

const LIMIT = 2_000_000;

/** Looks through a program's text for what touches files, processes and the network, and emits it. */
export function scanProgram(text: string, rules: readonly ScanRule[], host: Host, tool: string): void {
  const source = text.length > LIMIT ? text.slice(0, LIMIT) : text;
  const names = readConstants(source);
  const found: { readonly at: number; readonly emit: () => void }[] = [];
  for (const rule of rules) {
    for (const match of source.matchAll(rule.pattern)) {
      if (isComment(source, match.index)) continue;
      found.push({ at: match.index, emit: () => emitFinding(rule, match, names, host, tool) });
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

function isComment(source: string, at: number): boolean {
  const start = source.lastIndexOf('\n', at - 1) + 1;
  if (at - start > 400) return false;
  return /^\s*(?:#|\/\/)/.test(source.slice(start, at));
}

function emitFinding(rule: ScanRule, match: RegExpMatchArray, names: Names, host: Host, tool: string): void {
  const { finding } = rule;
  const certainty = rule.certainty ?? 'likely';
  const first = match.slice(1).find((group) => group !== undefined);
  const outputs = (): void => host.emit({ kind: 'build', tool, targets: [], certainty });
  switch (finding.kind) {
    case 'path': {
      const path = pathOf(first, names);
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

/** `'ls -l'` or `['git', 'add', '.']`; undefined when it is an expression. */
function shellOf(argument: string | undefined): string | undefined {
  const text = argument?.trim();
  if (text === undefined) return undefined;
  if (text.startsWith('[')) {
    const words = [...text.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)].map((match) => match[1] ?? match[2] ?? '');
    if (words.length === 0) return undefined;
    if (/^\[\s*sys\.executable\b/.test(text)) words.unshift('python');
    return words
      .map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
      .join(' ');
  }
  const literal = /^[rbu]?(?:'([^']*)'|"([^"]*)"|`([^`$]*)`)$/.exec(text);
  return literal ? (literal[1] ?? literal[2] ?? literal[3]) : undefined;
}
