import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { findCycles } from './find-cycles.ts';
import { LAYERS, PURE_PACKAGES, reachableFrom, WALLED_PACKAGES } from './layers.ts';
import type { ImportSite, SourceFile } from './source-file.ts';

const BUILTIN = new Set(builtinModules);

/** The version stands in one place; only `app` reads it there. */
const MANIFEST = 'package.json';

/** Breaches of the table of layers: one line each, naming both files and the rule. */
export function checkImports(files: readonly SourceFile[]): string[] {
  const problems: string[] = [];
  for (const file of files) {
    const folder = folderOf(file.path);
    if (folder === undefined) {
      problems.push(`${file.path}: stands directly in src; every file belongs to a layer`);
      continue;
    }
    const layer = LAYERS[folder];
    if (!layer) {
      problems.push(`${file.path}: src/${folder} is no layer of the table`);
      continue;
    }
    for (const site of file.imports) {
      const problem = isRelative(site.specifier)
        ? checkInside(file, folder, site)
        : checkPackage(file, layer.pure, site);
      if (problem !== undefined) problems.push(problem);
    }
  }
  return problems;
}

function checkInside(file: SourceFile, folder: string, site: ImportSite): string | undefined {
  const target = resolveImport(file.path, site.specifier);
  const here = `${file.path}:${site.line} imports ${target}`;
  const test = isTest(file.path);
  if (target === MANIFEST && folder === 'app') return undefined;
  if (!target.startsWith('src/')) {
    if (test && target.startsWith('test/support/')) return undefined;
    return `${here}: ${test ? 'a unit test uses src and test/support only' : 'src imports nothing outside src'}`;
  }
  if (!test && isTest(target)) return `${here}: code imports no test`;
  const other = folderOf(target);
  if (other === undefined) return `${here}: every file belongs to a layer`;
  if (other === folder) return undefined;
  const layer = LAYERS[folder];
  if (layer?.may.includes(other)) return undefined;
  if (layer?.ports && posix.basename(target) === 'port.ts') return undefined;
  if (test && reachableFrom(folder).has(other)) return undefined;
  return `${here}: ${folder} may import ${[...(layer?.may ?? [])].join(', ') || 'nothing'}`;
}

function checkPackage(file: SourceFile, pure: boolean, site: ImportSite): string | undefined {
  const here = `${file.path}:${site.line} imports ${site.specifier}`;
  const name = packageOf(site.specifier);
  const wall = WALLED_PACKAGES[name];
  if (wall !== undefined && !file.path.startsWith(wall)) return `${here}: only ${wall} may import ${name}`;
  if (BUILTIN.has(site.specifier)) return `${here}: built-in modules are imported as node:${site.specifier}`;
  if (!pure || isTest(file.path)) return undefined;
  if (site.specifier.startsWith('node:')) return `${here}: a pure folder imports no node: module`;
  if (PURE_PACKAGES.includes(name)) return undefined;
  return `${here}: a pure folder imports no package but ${PURE_PACKAGES.join(', ')}`;
}

/** Cycles between files and between layers; unit tests are outside, for nothing imports them. */
export function checkCycles(files: readonly SourceFile[]): string[] {
  const between = new Map<string, Set<string>>();
  const layers = new Map<string, Set<string>>();
  for (const file of files) {
    if (isTest(file.path)) continue;
    const targets = new Set<string>();
    between.set(file.path, targets);
    for (const { specifier } of file.imports) {
      if (!isRelative(specifier)) continue;
      const target = resolveImport(file.path, specifier);
      targets.add(target);
      const from = folderOf(file.path);
      const to = folderOf(target);
      if (from === undefined || to === undefined || from === to) continue;
      layers.set(from, (layers.get(from) ?? new Set()).add(to));
    }
  }
  return [
    ...findCycles(between).map((cycle) => `cycle between files: ${cycle.join(' <-> ')}`),
    ...findCycles(layers).map((cycle) => `cycle between layers: ${cycle.join(' <-> ')}`),
  ];
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

/** `src/model/run.ts` gives `model`; a file directly in src has no folder. */
export function folderOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

function isRelative(specifier: string): boolean {
  return specifier.startsWith('.');
}

function resolveImport(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier);
}

function packageOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}
