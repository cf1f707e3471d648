import { exhaustive } from '../../base/assert.ts';
import type { Effect } from '../../model/effect.ts';
import type { Reach } from './doubt-line.ts';
import { isHarmlessProgram } from './judge-program.ts';

/** What a judgement of an effect needs to know. */
export interface DoubtContext {
  /** The step's action as executed: programs that stand in it are read there. */
  readonly action: string;
  /** Absolute path as far as the directory is known. */
  readonly place: (path: string) => string;
  /** Content of a script, where it is known for sure. */
  readonly script: (path: string) => string | undefined;
  /** The sub-agent that this step started left its steps in the run. */
  readonly delegateRecorded: boolean;
}

const ALL: Reach = { kind: 'all' };

const INTERPRETERS =
  /^(?:python[\d.]*|pypy3?|node|nodejs|deno|bun|perl|ruby|php|Rscript|R|lua|awk|gawk|ipython|julia|osascript)$/;
/** Modules that `python -m` runs and programs that change no file of the task. */
const HARMLESS =
  /^(?:json\.tool|http\.server|SimpleHTTPServer|timeit|site|sysconfig|platform|dis|tokenize|ast|inspect|calendar|pstats|pydoc|help|this|py_compile|compileall|pip_licenses|pipdeptree|pycodestyle|pyflakes|tabnanny|lint)$/;
/** Servers of the system, and programs that only wait: they keep to their own data. */
const QUIET_JOB =
  /^(?:sleep|tail|ping|watch|http\.server|SimpleHTTPServer|redis-server|postgres|postmaster|mysqld|mysqld_safe|mariadbd|mongod|memcached|nginx|apache2|httpd|sshd|dockerd|Xvfb|rabbitmq-server|haproxy|caddy|vsftpd|named|dnsmasq|chronyd|ntpd|crond|cron|rsyslogd|dbus-daemon|tensorboard|ollama|qemu-system-\w+)$/;
/** Keys that only move, look or leave without saving. */
const QUIET_KEYS =
  /^(?:\s|C-c|C-l|q|:q!?|Enter|Escape|Esc|Up|Down|Left|Right|Home|End|PageUp|PageDown|PgUp|PgDn|NPage|PPage|Space|\u0003|\u001b)*$/;
/** Tools whose build only unpacks below the folder that they name. */
const UNPACKS = /^(?:tar|bsdtar|gtar|unzip|7z|7za|7zr|7zz|unsquashfs|unrar|cpio)$/;

/**
 * Which files an effect may have changed without saying so; undefined when none. Known test runners, readers and
 * programs whose whole text is known and changes nothing raise no doubt; every other program does.
 */
export function reachOf(effect: Effect, context: DoubtContext): Reach | undefined {
  switch (effect.kind) {
    case 'run':
      return isHarmlessRun(effect.program, effect.script, context) ? undefined : ALL;
    case 'build':
      return reachOfBuild(effect.tool, effect.targets, context);
    case 'keys':
      return QUIET_KEYS.test(effect.keys) ? undefined : ALL;
    case 'process':
      return effect.action === 'start' && !isQuietJob(effect.what, context) ? ALL : undefined;
    case 'package':
      return runsOwnCode(effect.names, effect.manager) ? ALL : { kind: 'packages' };
    case 'delegate':
      return context.delegateRecorded ? undefined : ALL;
    case 'test':
      return rewritesExpectations(effect.targets, context.action) ? ALL : undefined;
    case 'write':
      return reachOfPath(effect.path, context) ?? reachOfPlace(effect.path, context);
    case 'delete':
      return effect.certainty === 'possible'
        ? reachOfTarget(effect.path, context)
        : reachOfPath(effect.path, context);
    case 'move':
    case 'copy':
      return effect.certainty === 'possible'
        ? reachOfTarget(effect.to, context)
        : reachOfPath(effect.to, context);
    case 'git':
      return effect.certainty === 'possible' && effect.changes ? ALL : undefined;
    case 'read':
    case 'search':
    case 'mkdir':
    case 'mode':
    case 'chdir':
    case 'env':
    case 'service':
    case 'account':
    case 'network':
    case 'submit':
    case 'note':
    case 'remote':
      return undefined;
    default:
      return exhaustive(effect);
  }
}

/** Whether a job in the background leaves the files of the task alone. */
export function isQuietJob(what: string, context: DoubtContext): boolean {
  const name = what.slice(what.lastIndexOf('/') + 1).split(' ', 1)[0] ?? what;
  if (QUIET_JOB.test(name)) return true;
  const script = context.script(what);
  return script !== undefined && isHarmlessProgram(script);
}

function isHarmlessRun(program: string, script: string | undefined, context: DoubtContext): boolean {
  if (script !== undefined) {
    const text = context.script(script);
    return text !== undefined && isHarmlessProgram(text);
  }
  if (HARMLESS.test(program)) return true;
  return INTERPRETERS.test(program) && isHarmlessProgram(inlineText(context.action));
}

/** The action without the shell's own words that look like those of a program: `2>&1`, `| head`, `<< 'EOF'`. */
function inlineText(action: string): string {
  return action
    .replace(/\d?>&\d|\d?>\s*\/dev\/null|&>\s*\/dev\/null/g, ' ')
    .replace(/<<-?\s*["']?\w+["']?/g, ' ')
    .replace(/\|\s*(?:head|tail|grep|sort|wc|cat)\b[^|;\n]{0,200}/g, ' ');
}

function reachOfBuild(tool: string, targets: readonly string[], context: DoubtContext): Reach {
  const [folder] = targets;
  if (UNPACKS.test(tool) && folder !== undefined && targets.length === 1 && !/[$`~]/.test(folder)) {
    const path = context.place(folder);
    if (path.startsWith('/') && path !== '/') return { kind: 'below', folder: path };
  }
  return ALL;
}

/** A project that is installed from its folder runs its own build, and so do managers that run scripts of packages. */
function runsOwnCode(names: readonly string[], manager: string): boolean {
  if (/^(?:apt|apt-get|dpkg|yum|dnf|apk|brew|pacman|zypper|snap|conda|mamba)$/.test(manager)) return false;
  return names.length === 0 || names.some((name) => /^\.|^-e|\//.test(name) && !name.startsWith('@'));
}

/** Options with which test runners write what they expect next time. */
function rewritesExpectations(targets: readonly string[], action: string): boolean {
  return /(?:^|\s)(?:--snapshot-update|--update-?snapshots?|-u|--updateSnapshot|--force-regen|--regen\S*|--accept|--bless|--fix)(?:\s|$)/.test(
    `${targets.join(' ')} ${action.length > 20_000 ? '' : action}`,
  );
}

/** Of a path as written that only a shell can expand, the part behind the unknown one. */
function reachOfPath(path: string, context: DoubtContext): Reach | undefined {
  if (/[$`]/.test(path)) {
    const tail = path.slice(Math.max(path.lastIndexOf('$'), path.lastIndexOf('`')));
    const cut = tail.indexOf('/');
    const end = cut < 0 ? '' : tail.slice(cut + 1);
    return end === '' || /[*?[{]/.test(end) ? ALL : { kind: 'ending', end };
  }
  if (path.startsWith('~')) return { kind: 'ending', end: path.slice(path.indexOf('/') + 1) };
  const placed = context.place(path);
  return placed.startsWith('/') ? undefined : { kind: 'ending', end: placed.replace(/^(?:\.\.\/)+/, '') };
}

/** A write to a folder, or to what only a pattern names, may change any file there. */
function reachOfPlace(path: string, context: DoubtContext): Reach | undefined {
  if (path !== '.' && path !== '..' && !path.endsWith('/')) return undefined;
  return { kind: 'below', folder: context.place(path) };
}

function reachOfTarget(path: string, context: DoubtContext): Reach {
  return reachOfPath(path, context) ?? { kind: 'path', path: context.place(path) };
}
