import { environmentOfFolder, environmentOfPrefix, type NamedPackage, splitDashed } from './package-name.ts';

/** What a line of a package manager's output says of one package. */
export interface PackageLine extends NamedPackage {
  readonly action: 'install' | 'remove' | 'seen';
  /** Where the line itself is of one manager only. */
  readonly manager?: string;
  readonly environment?: string;
}

/** Any of these stands in every output that says what was installed or removed. */
const TELLS = [
  'nstall',
  'Requirement already satisfied',
  'Setting up ',
  'Removing ',
  'newest version',
  'Purging ',
  'Updating ',
  'Upgrading ',
  'go: ',
  'Adding ',
  'Using ',
  'DONE (',
  'Cellar/',
  'will be ',
  '├─ ',
  '└─ ',
  '+ ',
  '- ',
  '~ ',
];

type LineReader = (found: RegExpExecArray) => PackageLine | readonly PackageLine[] | undefined;
interface Rule {
  readonly starts: readonly string[];
  readonly pattern: RegExp;
  readonly read: LineReader;
}

const install = (name = '', version?: string, manager?: string): PackageLine => ({
  name,
  action: 'install',
  ...(version !== undefined && { version }),
  ...(manager !== undefined && { manager }),
});
const gone = (name = '', version?: string, manager?: string): PackageLine => ({
  ...install(name, version, manager),
  action: 'remove',
});

/** Lines of which each says it all. Blanks before them do not count. */
const RULES: readonly Rule[] = [
  {
    // pip and gem: every package that is new, with its version.
    starts: ['Successfully installed '],
    pattern: /^Successfully installed (\S.*)$/,
    read: (found) =>
      (found[1] ?? '').split(/\s+/).map((word): PackageLine => ({ ...splitDashed(word), action: 'install' })),
  },
  {
    starts: ['Successfully uninstalled '],
    pattern: /^Successfully uninstalled (\S+)$/,
    read: (found): PackageLine => ({ ...splitDashed(found[1] ?? ''), action: 'remove' }),
  },
  {
    starts: ['Requirement already satisfied: '],
    pattern: /^Requirement already satisfied: ([A-Za-z][\w.-]*)(?:\[[^\]]*\])?[^(]*? in (\S+)(.*)$/,
    read: ([, name = '', folder = '', rest = '']) => {
      const version = /\(([^()\s]+)\)$/.exec(rest)?.[1];
      const environment = environmentOfFolder(folder);
      return {
        name,
        action: 'seen',
        manager: 'pip',
        ...(version !== undefined && /^\d/.test(version) && { version }),
        ...(environment !== undefined && { environment }),
      };
    },
  },
  {
    // Debian: what was unpacked counts once it is set up.
    starts: ['Setting up '],
    pattern: /^Setting up ([a-z0-9][a-z0-9.+-]+)(?::\w+)? \((\S+)\)/,
    read: (found) => install(found[1], found[2], 'apt'),
  },
  {
    starts: ['Removing '],
    pattern: /^Removing ([a-z0-9][a-z0-9.+-]+)(?::\w+)? \((\S+)\) \.\.\.$/,
    read: (found) => gone(found[1], found[2], 'apt'),
  },
  {
    starts: [''],
    pattern: /^([a-z0-9][a-z0-9.+-]+)(?::\w+)? is already the newest version \((\S+)\)\.?$/,
    read: (found) => ({ ...install(found[1], found[2], 'apt'), action: 'seen' }),
  },
  {
    // Alpine.
    starts: ['('],
    pattern: /^\(\d+\/\d+\) (Installing|Upgrading|Purging|Reinstalling) (\S+) \((?:\S+ -> )?(\S+)\)$/,
    read: ([, verb, name, version]) => (verb === 'Purging' ? gone : install)(name, version, 'apk'),
  },
  {
    // dnf and yum: `Installing : bash-5.1.8-6.el9.x86_64 1/1`.
    starts: ['Installing ', 'Upgrading ', 'Erasing '],
    pattern: /^(Installing|Upgrading|Erasing) +: (\S+?)-(\d[^-\s]*-[^-\s]+?)\.\w+ +\d+\/\d+$/,
    read: ([, verb, name, version]) => (verb === 'Erasing' ? gone : install)(name, version, 'dnf'),
  },
  {
    // uv, pnpm and old npm: `+ numpy==1.26.0`, `+ express 4.18.2`, `+ express@4.18.2`; `~` is a reinstall.
    starts: ['+ ', '- ', '~ '],
    pattern: /^([-+~]) (@?[A-Za-z][\w./-]*)(?:==| |@)(v?\d[\w.+!-]*)(?: \(.*\))?$/,
    read: ([, sign, name, version]) => (sign === '-' ? gone : install)(name, version),
  },
  {
    // poetry and composer.
    starts: ['- ', '• '],
    pattern:
      /^[-•] (Installing|Updating|Upgrading|Downgrading|Removing) (\S+) \((?:\S+ (?:->|=>) )?v?(\d[^\s)]*)\)/,
    read: ([, verb, name, version]) => (verb === 'Removing' ? gone : install)(name, version),
  },
  {
    starts: ['go: '],
    pattern: /^go: (added|upgraded|downgraded|removed) (\S+) (v\S+)(?: => (v\S+))?$/,
    read: ([, verb, name, from, to]) => (verb === 'removed' ? gone : install)(name, to ?? from, 'go'),
  },
  {
    // cargo add / cargo remove / cargo install.
    starts: ['Adding ', 'Installed package '],
    pattern: /^(?:Adding (\S+) v(\d\S*) to |Installed package `(\S+) v(\S+?)`)/,
    read: ([, added, version, name, whole]) => install(added ?? name, version ?? whole, 'cargo'),
  },
  {
    starts: ['Fetching ', 'Installing ', 'Using '],
    pattern: /^(Installing|Using) ([a-z][\w-]*) (\d[\w.]*)(?: with native extensions)?$/,
    read: ([, verb, name, version]) => ({
      ...install(name, version, 'bundle'),
      action: verb === 'Using' ? 'seen' : 'install',
    }),
  },
  {
    // R: the version stands in the name of the archive.
    starts: ['* DONE ('],
    pattern: /^\* DONE \((\S+)\)$/,
    read: (found) => install(found[1], undefined, 'R'),
  },
  {
    starts: ['🍺 '],
    pattern: /^🍺 {2}\S*\/Cellar\/([^/\s]+)\/([^/\s:]+): /u,
    read: (found) => install(found[1], found[2], 'brew'),
  },
  {
    // yarn's and bun's trees of what is new.
    starts: ['├─ ', '└─ ', 'installed '],
    pattern: /^(?:[├└]─ |installed )(@?[A-Za-z][\w./-]*)@(\d[\w.+-]*)(?: .*)?$/,
    read: (found) => install(found[1], found[2]),
  },
];

const byFirst = new Map<string, Rule[]>();
const anywhere: Rule[] = [];
for (const rule of RULES) {
  for (const start of rule.starts) {
    const first = start[0];
    if (first === undefined) anywhere.push(rule);
    else byFirst.set(first, [...(byFirst.get(first) ?? []), rule]);
  }
}

const CONDA_PLAN = /^The following (NEW )?packages will be (INSTALLED|REMOVED|UPDATED|DOWNGRADED|SUPERSEDED)/;
const CONDA_ROW =
  /^([a-z_][\w.-]*) +(?:[\w./-]+::)?(?:\1-)?(\d[\w.!]*?)(?:-\w+)?(?: .*?--> (?:[\w./-]+::)?(?:\1-)?(\d[\w.!]*?)(?:-\S+)?)?(?: .*)?$/;
const CONDA_DONE = /^(?:Executing transaction: .*done|Transaction finished|Executing transaction:$)/;

/** What an output of install and remove commands says, in order. Linear in its length. */
export function readInstalls(output: string): PackageLine[] {
  if (!TELLS.some((mark) => output.includes(mark))) return [];
  const found: PackageLine[] = [];
  const conda = new CondaPlan();
  for (const raw of output.split('\n')) {
    if (raw.length > 20_000) continue;
    const line = lastOverprint(raw);
    if (line === '') continue;
    if (line.length < 400) conda.read(line);
    const rules = byFirst.get(line[0] ?? '') ?? [];
    const read =
      readLine(line, rules) ?? (line.includes(' is already ') ? readLine(line, anywhere) : undefined);
    if (read) found.push(...read);
  }
  return [...found, ...conda.done()];
}

/** What is left of a line after carriage returns wrote over it. */
function lastOverprint(raw: string): string {
  const text = raw.trimEnd();
  return text.slice(text.lastIndexOf('\r') + 1).trim();
}

function readLine(line: string, rules: readonly Rule[]): readonly PackageLine[] | undefined {
  for (const rule of rules) {
    if (!rule.starts.some((start) => line.startsWith(start))) continue;
    const match = rule.pattern.exec(line);
    const said = match ? rule.read(match) : undefined;
    if (said) return 'name' in said ? [said] : said;
  }
  return undefined;
}

/** conda prints a plan first; it counts when the transaction is done. */
class CondaPlan {
  private readonly planned: PackageLine[] = [];
  private environment: string | undefined;
  private action: 'install' | 'remove' | undefined;
  private isDone = false;

  read(line: string): void {
    const location = /^environment location: (\S+)$/.exec(line)?.[1];
    if (location !== undefined) {
      this.environment = environmentOfPrefix(location);
      return;
    }
    const plan = CONDA_PLAN.exec(line);
    if (plan) this.action = plan[2] === 'REMOVED' ? 'remove' : 'install';
    else if (/^(?:Proceed|Preparing|Downloading|Verifying)/.test(line)) this.action = undefined;
    else if (CONDA_DONE.test(line)) this.isDone = true;
    else if (this.action !== undefined) {
      const row = CONDA_ROW.exec(line);
      if (row?.[1] === undefined) return;
      const version = row[3] ?? row[2];
      this.planned.push({
        name: row[1],
        action: this.action,
        manager: 'conda',
        ...(version !== undefined && { version }),
      });
    }
  }

  done(): PackageLine[] {
    if (!this.isDone) return [];
    const { environment } = this;
    return this.planned.map((line) => (environment === undefined ? line : { ...line, environment }));
  }
}
