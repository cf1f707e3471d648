import { baseName } from '../base/path.ts';
import { foldWhitespace } from '../base/text.ts';
import type { Effect } from '../model/effect.ts';
import type { FoundError } from './find-errors.ts';

/** What a step did, as far as it tells that an earlier error is gone. */
export interface TriedStep {
  readonly action: string;
  readonly effects: readonly Effect[];
  readonly programs: readonly string[];
  /** Absolute paths that it changed, and that it looked at, with success. */
  readonly changed: readonly string[];
  readonly looked: readonly string[];
}

/** Programs that run a text given on the command line: two runs of them have nothing in common but the program. */
const INTERPRETERS = /^(?:python[\d.]*|node|ruby|perl|php|bash|sh|R|Rscript|deno|bun|tsx|ts-node)$/;
const LEADING_CD = /^cd [^\s;&|]+ ?(?:&&|;) ?/;
const NO_MODULE = /No module named '?([\w.]+)|Cannot find (?:module|package) '([@\w./-]+)'/;
const EDIT_REFUSED =
  /^(?:<tool_use_error>|No replacement was performed|String to replace not found|File has not been read|Your proposed edit|Found \d+ matches|Error editing)/;

/** The keys under which an error is filed: a later step that has one of them and does not show the error proves it gone. */
export function keysOfError(step: TriedStep, error: FoundError): string[] {
  // The folder was not there: the same command from elsewhere proves nothing.
  if (/\bcd: /.test(error.line)) return [wholeKey(step.action), ...namedKeys(error)];
  return [
    exactKey(step.action),
    ...looseKeys(step.effects),
    ...step.effects.flatMap((effect) => (effect.kind === 'test' ? [`tests ${effect.runner}`] : [])),
    ...namedKeys(error),
    ...(EDIT_REFUSED.test(error.line) ? editKeys(step.effects) : []),
  ];
}

/** The keys of what a step that did not fail as a whole proves to work. */
export function keysOfSuccess(step: TriedStep): string[] {
  const keys = [wholeKey(step.action), ...looseKeys(step.effects)];
  // The success of a run of all tests covers every narrower one.
  for (const effect of step.effects)
    if (effect.kind === 'test' && effect.targets.length === 0) keys.push(`tests ${effect.runner}`);
  for (const path of step.changed) keys.push(`path ${baseName(path)}`, `edit ${baseName(path)}`);
  for (const path of step.looked) keys.push(`path ${baseName(path)}`);
  for (const program of step.programs) keys.push(`program ${program}`);
  if (step.effects.some((effect) => effect.kind === 'run' || effect.kind === 'test'))
    for (const [, imported, run] of step.action.slice(0, 8000).matchAll(USED_MODULE))
      keys.push(`module ${imported ?? run}`);
  return keys;
}

const USED_MODULE = /(?:^|["'\n;])\s*(?:import|from) (\w+)|\s-m (\w+)/g;

/** The same command again, wherever it was run from. */
export function exactKey(action: string): string {
  return `do ${foldWhitespace(action.slice(0, 4000)).replace(LEADING_CD, '')}`;
}

function wholeKey(action: string): string {
  return `whole ${foldWhitespace(action.slice(0, 4000))}`;
}

/** Another try at the same thing: the same tests, script, build or packages. */
function looseKeys(effects: readonly Effect[]): string[] {
  const keys: string[] = [];
  const isTest = effects.some((effect) => effect.kind === 'test');
  for (const effect of effects) {
    if (effect.kind === 'test') keys.push(`test ${effect.runner} ${effect.targets.join(' ')}`);
    // The script of a test run is its runner: which tests it ran is what counts.
    else if (effect.kind === 'run' && !isTest) {
      if (effect.script !== undefined) keys.push(`run ${effect.script}`);
      else if (!INTERPRETERS.test(effect.program)) keys.push(`run ${effect.program}`);
    } else if (effect.kind === 'build') keys.push(`build ${effect.tool} ${effect.targets.join(' ')}`);
    else if (effect.kind === 'package') keys.push(`package ${effect.manager} ${effect.names.join(' ')}`);
  }
  return keys;
}

/** An error that names a missing command, module or file is gone when that is there. */
function namedKeys(error: FoundError): string[] {
  const command = /([\w.+-]{1,80}): (?:command )?not found/.exec(error.line)?.[1];
  if (command !== undefined) return [`program ${command}`];
  const module = NO_MODULE.exec(error.line);
  const name = module?.[1] ?? module?.[2];
  if (name !== undefined) return [`module ${name.split('.')[0] ?? name}`];
  if (!error.line.includes('No such file')) return [];
  return error.files.map((file) => `path ${baseName(file.path)}`);
}

function editKeys(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => (effect.kind === 'write' ? [`edit ${baseName(effect.path)}`] : []));
}
