import { baseName } from '../../base/path.ts';

/** A package as an output or a request names it. */
export interface NamedPackage {
  readonly name: string;
  readonly version?: string;
}

const PYTHON = /^(?:pip|pip3|pipx|uv|poetry|pdm|pipenv|hatch|rye|setup\.py|easy_install)$/;
const CONDA = /^(?:conda|mamba|micromamba)$/;
const NODE = /^(?:npm|pnpm|yarn|bun|cnpm)$/;
const DEBIAN = /^(?:apt|apt-get|aptitude|dpkg)$/;
const ALPINE = /^(?:apk|brew|gem|dnf|yum|microdnf|zypper|pacman|go|cargo|composer|bundle|bundler)$/;
/** `name-1.2.3`, as pip and gem print what they installed: the version begins with a digit and holds no dash. */
const DASHED = /^(.+)-(\d[^-\s]*)$/;

/** Subcommands and shells that stand among the operands of conda. */
const CONDA_WORDS = new Set(
  'create update env bash zsh fish all init config clean install remove'.split(' '),
);

/** What a state files a package under: Python's managers take `Flask_Login` and `flask-login` for the same. */
export function packageKey(name: string, manager: string): string {
  return PYTHON.test(manager) || CONDA.test(manager) ? name.toLowerCase().replace(/[-_.]+/g, '-') : name;
}

/** `name-1.2.3` apart; a name without a version is only a name. */
export function splitDashed(text: string): NamedPackage {
  const found = DASHED.exec(text);
  return found?.[1] !== undefined && found[2] !== undefined
    ? { name: found[1], version: found[2] }
    : { name: text };
}

/**
 * An operand of an install command: the package, and its version where the request pins exactly one. Paths, archives,
 * addresses and options name no package.
 */
export function readRequest(operand: string, manager: string): NamedPackage | undefined {
  const text = operand.trim();
  if (text === '' || /^[-.~$/]|:\/\/|^git\+|[*`$\\]/.test(text)) return undefined;
  if (/\.(?:whl|tar\.gz|tgz|zip|deb|rpm|txt|ya?ml|toml|apk)$/.test(text)) return undefined;
  if (PYTHON.test(manager)) return readPython(text);
  if (CONDA.test(manager)) {
    if (CONDA_WORDS.has(text)) return undefined;
    const found = /^(?:[\w.-]+::)?([A-Za-z_][\w.-]*)(?:(==?)([\w.!+]+))?/.exec(text);
    if (found?.[1] === undefined) return undefined;
    // One `=` also takes any version that begins so.
    return named(found[1], found[2] === '==' ? found[3] : undefined);
  }
  if (NODE.test(manager)) {
    const found = /^(@[\w.-]+\/[\w.-]+|[A-Za-z_][\w.-]*)(?:@(.+))?$/.exec(text);
    return found?.[1] === undefined ? undefined : named(found[1], exact(found[2]));
  }
  if (DEBIAN.test(manager)) {
    const found = /^([a-z0-9][a-z0-9.+-]+)(?::\w+)?(?:=(\S+))?$/.exec(text);
    return found?.[1] === undefined || /^\d+(?:\.\d+)*$/.test(text)
      ? undefined
      : named(found[1], found[2]?.includes('*') ? undefined : found[2]);
  }
  if (ALPINE.test(manager)) {
    const found = /^([A-Za-z@][\w@./+-]*?)(?:[@=](v?\d[^@\s]*))?$/.exec(text);
    return found?.[1] === undefined ? undefined : named(found[1], manager === 'go' ? found[2] : undefined);
  }
  return /^[A-Za-z@][\w@./:+-]*$/.test(text) ? { name: text } : undefined;
}

function readPython(text: string): NamedPackage | undefined {
  if (text.includes('/') || text.startsWith('==')) return undefined;
  const found = /^([A-Za-z][\w.-]*)(?:\[[^\]]*\])?\s*(?:(={2,3})\s*([\w.!+]+)(?![\w.*!+,]))?/.exec(text);
  if (found?.[1] === undefined) return undefined;
  return named(found[1], text.includes(',') || text.includes('*') ? undefined : found[3]);
}

function exact(version: string | undefined): string | undefined {
  return version !== undefined && /^\d+\.\d+\.\d+(?:[-+][\w.-]+)?$/.test(version) ? version : undefined;
}

function named(name: string, version: string | undefined): NamedPackage {
  return version === undefined ? { name } : { name, version };
}

/** The environment that a folder of installed packages belongs to; undefined for one that tells nothing. */
export function environmentOfFolder(folder: string): string | undefined {
  const conda = /^(.*(?:conda|forge|mamba)[^/]*)(?:\/envs\/([^/]+))?\/(?:lib|bin|Lib)\b/.exec(folder);
  if (conda) return `conda:${conda[2] ?? 'base'}`;
  const prefix = /^(.*?)\/(?:lib(?:64)?|Lib)\/(?:python[\d.]*\/)?(?:site|dist)-packages/.exec(folder)?.[1];
  if (prefix === undefined) return undefined;
  if (/^\/usr(?:\/local)?$/.test(prefix)) return 'global';
  return /env/i.test(baseName(prefix)) ? prefix : undefined;
}

/** The environment at a prefix: `/opt/conda/envs/x` is `conda:x`. */
export function environmentOfPrefix(prefix: string): string {
  return environmentOfFolder(`${prefix}/lib/python3/site-packages`) ?? prefix;
}
