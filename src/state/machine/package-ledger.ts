import { joinPath } from '../../base/path.ts';
import type { Effect } from '../../model/effect.ts';
import type { PackageState } from '../../model/state.ts';
import type { Step } from '../../model/step.ts';
import { VersionedMap } from '../versioned-map.ts';
import { environmentOfPrefix, packageKey, readRequest } from './package-name.ts';
import { readPackageLists } from './read-package-lists.ts';
import { type PackageLine, readInstalls } from './read-packages.ts';

/** What the ledger is told of a step. */
export interface PackageStep {
  readonly step: Step;
  readonly at: number;
  /** As the text asks, and as the outcome shows. */
  readonly requested: readonly Effect[];
  readonly happened: readonly Effect[];
  readonly output: string | undefined;
  readonly cwd: string | undefined;
  readonly failed: boolean;
  /** Whether an environment that is activated stays so for the next step. */
  readonly keeps: boolean;
  readonly thread: string;
}

/** Words by which a manager says that it gave up; then only what its output names as done is done. */
const GAVE_UP =
  /^(?:ERROR: (?:Could not|No matching|Failed|Cannot|Command errored|Exception|Invalid|ResolutionImpossible|Can not|Directory)|error: (?:subprocess-exited|externally-managed|Failed|Could not|no such)|E: |npm (?:ERR!|error)|No matching distribution|Traceback|PackagesNotFoundError|UnsatisfiableError|CondaError|CondaHTTPError|LibMambaUnsatisfiableError|fatal: |ERR_PNPM|error An unexpected|× |Abort\.$|Solving environment: .*failed)|Proceed \(\[y\]\/n\)\? *$|command not found|Temporary failure|Network is unreachable|Could not resolve host/m;
/** Lines of an output that a step has not asked for count only where something ran that could have printed them. */
const RUNS: ReadonlySet<Effect['kind']> = new Set(['package', 'run', 'build', 'keys', 'remote']);
const DEBIAN = /^(?:apt|apt-get|aptitude|dpkg)$/;
const SYSTEM: ReadonlySet<string> = new Set(
  'apt apt-get aptitude dpkg apk yum dnf microdnf zypper pacman brew rpm'.split(' '),
);
/** Lines that no other programs print: a script that nobody read may have installed something. */
const SAYS_INSTALLED =
  /^ *(?:Successfully (?:un)?installed |Setting up |\(\d+\/\d+\) (?:Installing|Purging) |go: added | *Adding \S+ v\d)/m;
/** In every line of `SAYS_INSTALLED`; most outputs hold none of these. */
const INSTALLED_WORDS = /Successfully |Setting up |Installing|Purging|go: added |Adding /;
const SWITCH =
  /(?:^|[;&|\n(]\s*)(?:(?:source|\.)\s+(\S+?)\/bin\/activate\b|(?:conda|mamba|micromamba)\s+(?:activate\s+([\w./-]+)|(deactivate))|(deactivate)\b)/g;

/** Which packages are where, by what the outputs of package managers say and what was asked of them. */
export class PackageLedger {
  readonly packages = new VersionedMap<string, PackageState>();
  private readonly active = new Map<string, string | undefined>();

  add(facts: PackageStep): void {
    const { action } = facts.step;
    const switched = this.follow(facts);
    const asked = facts.requested.filter((effect) => effect.kind === 'package');
    const { output } = facts;
    const told: PackageLine[] = [];
    if (output !== undefined) {
      if (asked.length > 0 || (facts.requested.some(mayInstall) && saysInstalled(output)))
        told.push(...readInstalls(output));
      told.push(...readPackageLists(action, output));
    }
    if (asked.length === 0 && told.length === 0) return;
    const environment = environmentOfCommand(action, facts.cwd) ?? switched;
    const shown = onlyEnvironment(told);
    const managers = asked.map((effect) => effect.manager);
    const named = new Set<string>();
    for (const line of told) {
      const manager = line.manager ?? managers[0] ?? 'pip';
      named.add(packageKey(line.name, manager));
      const where = line.environment ?? shown ?? environment;
      this.set(facts, { ...line, manager, provenance: 'recorded' }, where);
    }
    if (output !== undefined && GAVE_UP.test(output)) return;
    if (facts.step.status === 'timeout' || facts.step.status === 'interrupted') return;
    const system = this.systemManager(facts.happened, told);
    for (const effect of facts.happened) {
      if (effect.kind !== 'package' || effect.certainty === 'possible') continue;
      if (SYSTEM.has(effect.manager) && effect.manager !== system) continue;
      // The exit status speaks for the manager only where nothing else in the text can have set it.
      const speaks = facts.step.status === 'ok' && !/[|;\n]|&\s*$/.test(action.trim());
      for (const operand of effect.names) {
        const request = readRequest(operand, effect.manager);
        if (!request || named.has(packageKey(request.name, effect.manager))) continue;
        const provenance = speaks && !facts.failed ? 'derived' : 'assumed';
        const state = { ...request, action: effect.action, manager: effect.manager, provenance } as const;
        this.set(facts, state, shown ?? environment);
      }
    }
  }

  private set(
    facts: PackageStep,
    said: Omit<PackageState, 'by' | 'environment'>,
    environment: string | undefined,
  ): void {
    const { name, action, manager, version, provenance } = said;
    const key = packageKey(name, manager);
    const known = this.packages.latest(key);
    // The copy in another environment is another package.
    const apart =
      environment !== undefined && known?.environment !== undefined && known.environment !== environment;
    const before = apart ? this.packages.latest(`${key}@${environment}`) : known;
    // A listing adds nothing to a package whose install is known in the same version.
    if (action === 'seen' && before?.version === version && before?.provenance === 'recorded') {
      if (before.action !== 'remove' && (environment === undefined || before.environment === environment))
        return;
    }
    this.packages.set(apart ? `${key}@${environment}` : key, facts.at, {
      name,
      action,
      manager,
      ...(version !== undefined && { version }),
      ...(environment !== undefined && { environment }),
      by: facts.step.id,
      provenance,
    });
  }

  /**
   * A machine has one system manager: of a text that tries several, the one whose lines the output shows. Undefined
   * where several are asked and none is shown.
   */
  private systemManager(happened: readonly Effect[], told: readonly PackageLine[]): string | undefined {
    const asked = new Set(
      happened.flatMap((effect) =>
        effect.kind === 'package' && SYSTEM.has(effect.manager) ? [effect.manager] : [],
      ),
    );
    if (asked.size <= 1) return [...asked][0];
    const family = told.find((line) => line.manager !== undefined && SYSTEM.has(line.manager))?.manager;
    const fitting = [...asked].filter(
      (manager) => manager === family || (family === 'apt' && DEBIAN.test(manager)),
    );
    if (fitting.length > 0) return fitting[0];
    return [...asked].every((manager) => DEBIAN.test(manager)) ? [...asked][0] : undefined;
  }

  /** Follows activations of environments; answers the one that holds at the end of the step. */
  private follow(facts: PackageStep): string | undefined {
    const { action } = facts.step;
    let now = facts.keeps ? this.active.get(facts.thread) : undefined;
    if (!action.includes('activate') || action.length > 20_000) return now;
    for (const [, folder, conda, off, left] of action.matchAll(SWITCH)) {
      if (folder !== undefined) now = folderOf(folder, facts.cwd);
      else if (conda !== undefined) now = conda.includes('/') ? environmentOfPrefix(conda) : `conda:${conda}`;
      else if (off !== undefined || left !== undefined) now = undefined;
    }
    if (facts.failed) now = undefined;
    this.active.set(facts.thread, now);
    return now;
  }
}

function saysInstalled(output: string): boolean {
  return INSTALLED_WORDS.test(output) && SAYS_INSTALLED.test(output);
}

function mayInstall(effect: Effect): boolean {
  return RUNS.has(effect.kind) || (effect.kind === 'process' && effect.action === 'wait');
}

/** The environment that all lines of an output agree on: one run of a manager works in one. */
function onlyEnvironment(lines: readonly PackageLine[]): string | undefined {
  const all = new Set(lines.flatMap((line) => line.environment ?? []));
  const [only] = all;
  return all.size === 1 ? only : undefined;
}

/** The environment that the command itself names. */
function environmentOfCommand(action: string, cwd: string | undefined): string | undefined {
  const text = action.slice(0, 4000);
  const conda =
    /\b(?:conda|mamba|micromamba)\s+(?:install|remove|create|run|list)\b[^\n;&|]*?\s(?:-n|--name)[ =](\w[\w.-]*)/.exec(
      text,
    )?.[1];
  if (conda !== undefined) return `conda:${conda}`;
  const folder =
    /(?:^|[\s;&|])((?:[\w.~-]{0,80}\/){0,20}[\w.-]{0,40}env[\w.-]{0,40})\/bin\/(?:pip|python|uv)/.exec(
      text,
    )?.[1];
  if (folder !== undefined) return folderOf(folder, cwd);
  return /\b(?:npm|pnpm|yarn)\s[^\n;&|]*(?:\s-g\b|--global\b)/.test(text) ? 'global' : undefined;
}

function folderOf(folder: string, cwd: string | undefined): string | undefined {
  if (/[$`~]/.test(folder)) return undefined;
  if (folder.startsWith('/')) return environmentOfPrefix(folder);
  return cwd === undefined ? undefined : joinPath(cwd, folder);
}
