import type { Catalogue, CommandSpec } from '../spec.ts';
import { ARCHIVES } from './archives.ts';
import { BUILD_TOOLS } from './build.ts';
import { CONTAINERS } from './containers.ts';
import { FILES } from './files.ts';
import { NETWORK } from './network.ts';
import { PACKAGES } from './packages.ts';
import { PROCESSES } from './processes.ts';
import { SYSTEM } from './system.ts';
import { TESTS } from './tests.ts';
import { TEXT } from './text.ts';
import { TOOLS } from './tools.ts';

/** Every catalogue file; a program stands in one of them once. */
export const CATALOGUES: readonly Catalogue[] = [
  FILES,
  TEXT,
  ARCHIVES,
  PACKAGES,
  BUILD_TOOLS,
  TESTS,
  SYSTEM,
  PROCESSES,
  NETWORK,
  CONTAINERS,
  TOOLS,
];

const byName = new Map<string, CommandSpec>();
for (const catalogue of CATALOGUES) {
  for (const [names, spec] of Object.entries(catalogue)) {
    for (const name of names.split(' ')) byName.set(name, spec);
  }
}

/** The entry of a program by its name, without folder. */
export function findSpec(name: string): CommandSpec | undefined {
  return byName.get(name);
}

/** Names that a catalogue key of subcommands stands for; commas separate where names have blanks (`'audit fix,'`). */
const subCache = new WeakMap<object, ReadonlyMap<string, CommandSpec>>();

export function subcommands(subs: Readonly<Record<string, CommandSpec>>): ReadonlyMap<string, CommandSpec> {
  const known = subCache.get(subs);
  if (known) return known;
  const made = new Map<string, CommandSpec>();
  for (const [names, spec] of Object.entries(subs)) {
    const list = names.includes(',') ? names.split(/,\s*/) : names.split(' ');
    for (const name of list) if (name !== '') made.set(name, spec);
  }
  subCache.set(subs, made);
  return made;
}
