import type { Catalogue, CommandSpec } from '../spec.ts';
import { ARCHIVES } from './archives.ts';
import { BUILD_TOOLS } from './build.ts';
import { CONTAINERS } from './containers.ts';
import { FILES } from './files.ts';
import { INFRASTRUCTURE } from './infrastructure.ts';
import { LANGUAGES } from './languages.ts';
import { LINTERS } from './linters.ts';
import { NETWORK } from './network.ts';
import { PACKAGES } from './packages.ts';
import { PLATFORMS } from './platforms.ts';
import { PROCESSES } from './processes.ts';
import { SECURITY } from './security.ts';
import { SYSTEM } from './system.ts';
import { TESTS } from './tests.ts';
import { TEXT } from './text.ts';
import { TOOLS } from './tools.ts';

/** The catalogue by group; a program stands in one of them once. */
export const CATALOGUES: Readonly<Record<string, Catalogue>> = {
  files: FILES,
  text: TEXT,
  archives: ARCHIVES,
  packages: PACKAGES,
  'compilers and build tools': BUILD_TOOLS,
  'languages and their tools': LANGUAGES,
  'test runners': TESTS,
  'linters and formatters': LINTERS,
  'services, accounts and the machine': SYSTEM,
  processes: PROCESSES,
  network: NETWORK,
  containers: CONTAINERS,
  infrastructure: INFRASTRUCTURE,
  platforms: PLATFORMS,
  security: SECURITY,
  'media, data and editors': TOOLS,
};

const byName = new Map<string, CommandSpec>();
for (const catalogue of Object.values(CATALOGUES)) {
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
