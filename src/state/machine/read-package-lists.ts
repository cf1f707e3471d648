import { environmentOfFolder, environmentOfPrefix } from './package-name.ts';
import type { PackageLine } from './read-packages.ts';

/** A command that lists what is installed, by the words that it is known by, and how its rows read. */
interface Listing {
  readonly command: RegExp;
  readonly manager: string;
  /** Name, then version. */
  readonly row: RegExp;
}

const LISTINGS: readonly Listing[] = [
  {
    command: /\bpip3?(?:\.\d+)? (?:list|freeze)\b|\buv pip (?:list|freeze)\b/,
    manager: 'pip',
    row: /^([A-Za-z][\w.-]*)(?:==| +)(\d[\w.!+]*)(?: +\S.*)?$/,
  },
  {
    command: /\b(?:conda|mamba|micromamba) list\b/,
    manager: 'conda',
    row: /^([a-z_][\w.-]*) +(\d[\w.!+]*) +\S+(?: +\S+)?$/,
  },
  {
    command: /\bdpkg(?:-query)? (?:-l|--list)\b/,
    manager: 'apt',
    row: /^ii +([a-z0-9][a-z0-9.+-]+)(?::\w+)? +(\S+) +\w+/,
  },
  {
    command: /\bapt(?:-get)? list\b.*--installed/,
    manager: 'apt',
    row: /^([a-z0-9][a-z0-9.+-]+)\/\S+ (\S+) \w+ \[.*installed/,
  },
  {
    command: /\b(?:npm|pnpm|yarn) (?:ls|list|la|ll)\b/,
    manager: 'npm',
    row: /^(?:[│ ]*[├└+`]─*[┬─]? ?|[+`]-- )(@?[A-Za-z][\w./-]*)@(\d[\w.+-]*)(?: .*)?$/,
  },
  { command: /\bgem list\b/, manager: 'gem', row: /^([A-Za-z][\w-]*) \((?:default: )?(\d[\w.]*)/ },
  { command: /\bcargo install --list\b/, manager: 'cargo', row: /^([a-z][\w-]*) v(\d\S*?):$/ },
];

const SHOW = /\bpip3?(?:\.\d+)? show\b|\buv pip show\b/;
/** One import whose version is printed, and nothing else: `python -c 'import x; print(x.__version__)'`. */
const ASKED =
  /^(?:cd \S+ && )?python[\d.]* -c ["'](?:import ([\w.]+)(?: as (\w+))?; *print\((?:\1|\2)\.__version__\))["'](?: 2>&1)?$/;
const MOST = 2000;

/** What a listing of installed packages shows; empty when the command is no such listing. */
export function readPackageLists(action: string, output: string): PackageLine[] {
  const text = action.length > 4000 ? action.slice(0, 4000) : action;
  if (!/\b(?:list|ls|la|ll|freeze|show|dpkg|__version__)\b/.test(text)) return [];
  const found: PackageLine[] = [];
  if (SHOW.test(text)) found.push(...readShown(output));
  const asked = ASKED.exec(text.trim());
  const answer = output.trim();
  if (asked?.[1] !== undefined && /^\d+\.\d[\w.+]*$/.test(answer))
    found.push({ name: asked[1], version: answer, action: 'seen', manager: 'pip' });
  const listing = LISTINGS.find(({ command }) => command.test(text));
  if (!listing) return found;
  const { manager, row } = listing;
  let environment: string | undefined;
  for (const raw of output.split('\n')) {
    if (found.length >= MOST || raw.length > 400) continue;
    const header = /^# packages in environment at (\S+?):$/.exec(raw)?.[1];
    if (header !== undefined) environment = environmentOfPrefix(header);
    const read = row.exec(raw.trimEnd());
    if (read?.[1] === undefined || read[2] === undefined) continue;
    found.push({
      name: read[1],
      version: read[2],
      action: 'seen',
      manager,
      ...(environment !== undefined && { environment }),
    });
  }
  return found;
}

/** Blocks of `pip show`: `Name:`, `Version:`, further down `Location:`. */
function readShown(output: string): PackageLine[] {
  const found: PackageLine[] = [];
  for (const block of output.split(/^---$/m)) {
    const name = /^Name: (\S+)$/m.exec(block)?.[1];
    const version = /^Version: (\S+)$/m.exec(block)?.[1];
    const location = /^Location: (\S+)$/m.exec(block)?.[1];
    if (name === undefined || version === undefined) continue;
    const environment = location === undefined ? undefined : environmentOfFolder(location);
    found.push({
      name,
      version,
      action: 'seen',
      manager: 'pip',
      ...(environment !== undefined && { environment }),
    });
  }
  return found;
}
