import type { Certainty } from '../../model/effect.ts';
import { emitActs } from './apply-acts.ts';
import { emitOperands } from './apply-operands.ts';
import { subcommands } from './catalogue/index.ts';
import type { Call, Host } from './host.ts';
import { optionSet, type ReadOptions, readOptions } from './options.ts';
import { pathEffect } from './paths.ts';
import { type Arg, knownArg } from './resolve-word.ts';
import type { CommandSpec, PathRole } from './spec.ts';

const PRINT_ONLY = new Set(['--help', '--version', '-version', '-help', '--usage']);
const LONE_PRINT = new Set(['-h', '-V', '-v', '-?', '-vV', 'help', 'version']);
const CHANGING: ReadonlySet<PathRole> = new Set<PathRole>([
  'write',
  'append',
  'touch',
  'edit',
  'delete',
  'mkdir',
  'mode',
]);

/** The call asks the program only what it is or how it is used. */
export function asksForHelp(args: readonly Arg[]): boolean {
  const [only] = args;
  if (args.length === 1 && only && LONE_PRINT.has(only.value)) return true;
  for (const arg of args) {
    if (arg.value === '--') return false;
    if (PRINT_ONLY.has(arg.value)) return true;
  }
  return false;
}

/** A lone `-v` asks most programs for their version; test runners, and few others, it only makes talk. */
function isVerboseRun(spec: CommandSpec, call: Call): boolean {
  if (!/^-[vV]+$/.test(call.args[0]?.value ?? '')) return false;
  return spec.acts?.some((act) => act.kind === 'test') === true || /^(?:ninja|tox|nox|samu)$/.test(call.name);
}

/** Emits what the catalogue says about a call. */
export function applySpec(spec: CommandSpec, call: Call, host: Host): void {
  if (asksForHelp(call.args) && !isVerboseRun(spec, call)) return;
  let current = spec;
  let args = call.args;
  let label = '';
  // A sub-entry may have sub-entries of its own; the catalogue's depth bounds the loop.
  for (let level = 0; level < 4 && (current.subs || current.otherwise || current.bare); level++) {
    const head = readOptions(args, { ...rulesOf(current), stopAtOperand: true });
    const [first, second] = head.operands;
    if (!first) {
      if (current.bare) applyEntry(current.bare, args, '', call, host);
      else applyEntry({ ...current, subs: {} }, args, '', call, host);
      return;
    }
    const subs = current.subs ? subcommands(current.subs) : undefined;
    const double = second ? subs?.get(`${first.value} ${second.value}`) : undefined;
    const found = double ?? subs?.get(first.value);
    if (found) {
      label = double && second ? `${first.value} ${second.value}` : first.value;
      // Flags before the subcommand are read with its own: `apt-get -s install`.
      const flags = head.given.filter((option) => !option.value).map((option) => knownArg(option.name));
      args = [...flags, ...head.operands.slice(double ? 2 : 1)];
      if (args.some((arg) => arg.value === '--help')) return;
      current = found;
      continue;
    }
    if (current.otherwise) {
      label = first.value;
      args = args.slice(args.indexOf(first));
      applyEntry(current.otherwise, args, label, call, host);
      return;
    }
    break;
  }
  applyEntry(current, args, label, call, host);
}

const rulesCache = new WeakMap<CommandSpec, { values: ReadonlySet<string>; dash: 'letters' | 'words' }>();

function rulesOf(spec: CommandSpec): { values: ReadonlySet<string>; dash: 'letters' | 'words' } {
  const known = rulesCache.get(spec);
  if (known) return known;
  const values = new Set(optionSet(spec.values));
  for (const names of Object.keys(spec.paths ?? {})) for (const name of optionSet(names)) values.add(name);
  const rules = { values, dash: spec.dash ?? ('letters' as const) };
  rulesCache.set(spec, rules);
  return rules;
}

function applyEntry(spec: CommandSpec, args: readonly Arg[], sub: string, call: Call, host: Host): void {
  const options = readOptions(args, rulesOf(spec));
  const acting = isActing(spec, options, args);
  const refused = spec.unless !== undefined && hasAny(spec.unless, options, args);
  const certainty: Certainty = spec.likely ? 'likely' : 'certain';
  for (const [names, role] of Object.entries(spec.paths ?? {})) {
    for (const value of options.values(...optionSet(names))) {
      const effect = !refused || !CHANGING.has(role) ? pathEffect(role, value.value, certainty) : undefined;
      if (effect) host.emit(effect);
    }
  }
  emitOperands(spec.operands ?? 'none', options, acting, certainty, host, call.name);
  if (acting && spec.acts) emitActs(spec.acts, { call, sub, options, certainty }, host);
  if (refused) return;
  for (const [names, acts] of Object.entries(spec.also ?? {}))
    if (isGiven(names, options)) emitActs(acts, { call, sub, options, certainty }, host);
}

/** One of the options is there; `--cov-report=html` also asks for the start of its value. */
function isGiven(names: string, options: ReadOptions): boolean {
  for (const name of optionSet(names)) {
    const equals = name.indexOf('=');
    if (equals < 0) {
      if (options.given.some((option) => option.name === name)) return true;
    } else if (
      options
        .values(name.slice(0, equals))
        .some((value) => value.value.toLowerCase().startsWith(name.slice(equals + 1)))
    )
      return true;
  }
  return false;
}

function isActing(spec: CommandSpec, options: ReadOptions, args: readonly Arg[]): boolean {
  if (spec.atLeast !== undefined && options.operands.length < spec.atLeast) return false;
  if (spec.unless !== undefined && hasAny(spec.unless, options, args)) return false;
  return spec.only === undefined || hasAny(spec.only, options, args);
}

function hasAny(names: string, options: ReadOptions, args: readonly Arg[]): boolean {
  const wanted = optionSet(names);
  return options.given.some((option) => wanted.has(option.name)) || args.some((arg) => wanted.has(arg.value));
}
