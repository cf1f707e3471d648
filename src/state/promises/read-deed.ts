import { baseName } from '../../base/path.ts';
import type { Deed } from '../../model/state.ts';

/** A deed that steps can be checked for, as a clause in the imperative names it. */
export interface NamedDeed {
  readonly deed: Deed;
  /** The file, command or package; undefined where any fits. */
  readonly object?: string;
}

/** A file: in backticks, or with an extension that files have. */
const FILE =
  /`((?:[\w@.~-]{0,80}\/){0,15}[\w@.-]{1,80}\.\w{1,8})`|(?<![\w/`.@-])((?:[\w@.~-]{1,80}\/){0,15}[\w@-][\w@.-]{0,80}\.(?:py|pyi|js|jsx|ts|tsx|mjs|cjs|json|yaml|yml|toml|ini|cfg|conf|md|rst|txt|sh|c|h|cc|cpp|hpp|cs|go|rs|java|kt|rb|php|html|css|scss|sql|xml|csv|ex|exs|lua|pl|r|R|ipynb|parquet|lock|service))(?![\w/-])/;
const COMMAND = /`([^`\n]{2,200})`/;
const PROGRAMS =
  /^(?:python[\d.]*|node|npm|npx|pnpm|yarn|bun|make|cargo|go|pytest|tox|mvn|gradle|bash|sh|git|docker|ruff|mypy|eslint|tsc|cmake|pip|uv|mix|bundle|rake|dotnet|\.\/)/;
const TESTS =
  /\b(?:tests|test (?:suite|cases?)|unit tests?|pytest|jest|vitest|regression test|testing suite)\b/i;
/** Files that are made to be thrown away. */
const LEFTOVERS =
  /\b(?:temp|temporary|repro\w*|debug\w*|test|backup|intermediate|scratch|verification|helper) (?:\w+ )?(?:files?|scripts?|director\w+|folders?|artifacts?)\b/i;
/** Words behind `install` that name no package. */
const NO_PACKAGE = new Set(
  'the a an it its them this that these those all any some any missing required necessary needed dependencies dependency packages package tools tool software everything additional other more both only from for in on with to and or using via python node system build proper correct latest newer older specific compatible version project local global our my your one now first also'.split(
    ' ',
  ),
);

/** The deed that a clause names, which begins with its verb; undefined for what nothing could be checked against. */
export function readDeed(clause: string): NamedDeed | undefined {
  const found = /^([a-z-]+)\b\s*(.{0,300})/is.exec(clause);
  const verb = found?.[1]?.toLowerCase();
  const rest = found?.[2] ?? '';
  switch (verb) {
    case 'run':
    case 'rerun':
    case 're-run':
    case 'execute':
      return readRun(rest);
    case 'create':
    case 'write':
      return withFile('create', rest);
    case 'update':
    case 'edit':
    case 'modify':
    case 'fix':
    case 'change':
      return withFile('update', rest);
    case 'delete':
    case 'remove':
      return readRemoval(rest);
    case 'clean':
      return /^up\b/i.test(rest) && LEFTOVERS.test(rest) ? { deed: 'delete' } : undefined;
    case 'install':
      return readInstall(rest);
    case 'commit':
      return /^(?:(?:the|these|this|my|our|all|your|both|everything|it|them)\b|with\b|and\b|$)/i.test(rest)
        ? { deed: 'commit' }
        : undefined;
    case 'submit':
      return { deed: 'submit' };
    case undefined:
    default:
      return undefined;
  }
}

function readRun(rest: string): NamedDeed | undefined {
  const command = COMMAND.exec(rest)?.[1];
  if (command !== undefined && PROGRAMS.test(command)) return { deed: 'run', object: command };
  // A script with `test` in its name is a program like any other.
  const file = fileOf(rest);
  const isScript = file !== undefined && /\.(?:py|sh|js|mjs|cjs|ts|rb|pl|R|go|php|lua|ipynb)$/.test(file);
  if (isScript && !/\btests\b/i.test(rest.replace(file, ''))) return { deed: 'run', object: file };
  return TESTS.test(rest.slice(0, 100)) ? { deed: 'run-tests' } : undefined;
}

function withFile(deed: 'create' | 'update', rest: string): NamedDeed | undefined {
  // Only what the verb acts on: a file that is named later is where something is used, read or compared.
  const near = /^[^,;:(]{0,90}/.exec(rest)?.[0] ?? '';
  const cut = /\b(?:to|so|that|which|for|using|based|because|with|from|like|as|by|and)\b/i.exec(near);
  const object = fileOf(cut ? near.slice(0, cut.index) : near);
  return object === undefined ? undefined : { deed, object };
}

function readRemoval(rest: string): NamedDeed | undefined {
  const file = fileOf(rest.slice(0, 100));
  if (
    file !== undefined &&
    /^(?:the |our |my |this )?(?:\w+ ){0,3}[`\w./-]+/.test(rest) &&
    !/\bfrom\b|\bin\b/.test(rest.slice(0, rest.indexOf(file)))
  )
    return { deed: 'delete', object: file };
  const near = rest.slice(0, 80);
  return /^(?:the|our|my|these|those|all|any) /i.test(rest) && LEFTOVERS.test(near)
    ? { deed: 'delete' }
    : undefined;
}

function readInstall(rest: string): NamedDeed | undefined {
  const quoted = COMMAND.exec(rest.slice(0, 60))?.[1];
  const word = quoted ?? /^(?:the )?([A-Za-z][\w-]{1,60}(?:\.\w{1,20})?)/.exec(rest)?.[1];
  if (word === undefined) return undefined;
  if (quoted === undefined && NO_PACKAGE.has(word.toLowerCase()))
    return /\b(?:dependencies|packages?|requirements)\b/i.test(rest.slice(0, 60))
      ? { deed: 'install' }
      : undefined;
  if (!/^[A-Za-z@][\w@./-]*$/.test(word)) return undefined;
  // `the current sphinx package`: a word before another noun is no name.
  const after = rest.slice(rest.indexOf(word) + word.length);
  const isName =
    quoted !== undefined ||
    /^\s*(?:$|[.,:;!()]|(?:and|with|to|so|first|via|using|from|in|for|on|by|or|now)\b)/.test(after);
  return isName ? { deed: 'install', object: word } : { deed: 'install' };
}

function fileOf(text: string): string | undefined {
  const found = FILE.exec(text);
  const path = found?.[1] ?? found?.[2];
  // `e.g.`, `i.e.`, `Node.js` and version numbers look like files.
  if (
    path === undefined ||
    /^(?:\d|e\.g|i\.e|(?:node|next|vue|express|three|d3|react|nuxt)\.js$)/i.test(path)
  )
    return undefined;
  return baseName(path) === '' ? undefined : path;
}
