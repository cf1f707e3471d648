import { folderOf, isTest } from './check-imports.ts';
import { LAYERS } from './layers.ts';
import type { Finding, FindingKind, SourceFile } from './source-file.ts';

/** Longest file, and the length that nine of ten files stay under. */
export const MAX_LINES = 500;
export const P90_LINES = 350;

/** Exceptions by rule. The lists may only shrink. */
export interface Exceptions {
  readonly long: readonly string[];
  readonly findings: readonly string[];
}

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|d|config))?\.tsx?$/;
const FOLDER = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const RULES: Readonly<Record<FindingKind, string>> = {
  impure: 'a pure folder has no machine, clock, randomness, console or runtime names',
  any: 'no any: use unknown and narrow it',
  'non-null': 'no non-null assertion: narrow, or use expectPresent',
  suppression: 'no suppression comments: mend the cause',
  'default-export': 'exports are named',
  'focused-test': 'no skipped, focused or pending tests',
};

/** Lengths: no file over the limit, and the 90th percentile of the code under its own. */
export function checkLengths(files: readonly SourceFile[], exceptions: Exceptions): string[] {
  const problems: string[] = [];
  for (const file of files) {
    const excepted = exceptions.long.includes(file.path);
    if (file.lines > MAX_LINES && !excepted)
      problems.push(`${file.path}: ${file.lines} lines; ${MAX_LINES} is the end, split it by idea`);
    if (file.lines <= MAX_LINES && excepted)
      problems.push(`${file.path}: ${file.lines} lines; take it off the list of long files`);
  }
  for (const path of exceptions.long) {
    if (!files.some((file) => file.path === path)) problems.push(`${path}: excepted, but it is not there`);
  }
  const code = files.filter((file) => folderOf(file.path) !== undefined && !isTest(file.path));
  const lengths = code.map((file) => file.lines).toSorted((a, b) => a - b);
  const p90 = lengths[Math.ceil(lengths.length * 0.9) - 1] ?? 0;
  if (p90 >= P90_LINES) {
    const longest = code.toSorted((a, b) => b.lines - a.lines).slice(0, 5);
    const named = longest.map((file) => `${file.path} (${file.lines})`).join(', ');
    problems.push(`nine of ten files have up to ${p90} lines; the limit is ${P90_LINES}. Longest: ${named}`);
  }
  return problems;
}

/** Names of files and folders are kebab-case. */
export function checkNames(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const parts = path.split('/');
    const name = parts.pop() ?? '';
    if (!NAME.test(name)) return [`${path}: file names are kebab-case`];
    const folder = parts.find((part) => !FOLDER.test(part));
    return folder === undefined ? [] : [`${path}: folder names are kebab-case, ${folder} is not`];
  });
}

/** Constructs that are banned everywhere, and those that are banned in pure folders. */
export function checkFindings(files: readonly SourceFile[], exceptions: Exceptions): string[] {
  const problems: string[] = [];
  const unused = new Set(exceptions.findings);
  for (const file of files) {
    for (const finding of file.findings) {
      if (!applies(file, finding)) continue;
      const key = `${file.path}: ${finding.what}`;
      if (exceptions.findings.includes(key)) unused.delete(key);
      else problems.push(`${file.path}:${finding.line} has ${finding.what}: ${RULES[finding.kind]}`);
    }
  }
  for (const key of unused) problems.push(`${key}: excepted, but it is not there; take it off the list`);
  return problems;
}

function applies(file: SourceFile, finding: Finding): boolean {
  const folder = folderOf(file.path);
  if (finding.kind === 'impure')
    return folder !== undefined && LAYERS[folder]?.pure === true && !isTest(file.path);
  if (finding.kind === 'default-export') return folder !== undefined;
  return true;
}
