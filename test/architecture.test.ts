import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { checkFindings, checkLengths, checkNames, type Exceptions } from './architecture/check-files.ts';
import { checkCycles, checkImports, folderOf } from './architecture/check-imports.ts';
import { LAYERS } from './architecture/layers.ts';
import { listFiles, ROOT, readFiles } from './architecture/list-files.ts';

/** These lists may only shrink. */
const EXCEPTIONS: Exceptions = { long: [], findings: [] };

const source = readFiles(['src']);
const all = [...source, ...readFiles(['test', 'scripts', 'examples', 'bench'])];

describe('architecture', () => {
  it('keeps to the table of layers', () => {
    expect(source.length).toBeGreaterThan(30);
    expect(checkImports(source)).toEqual([]);
  });

  it('has no cycles between files or layers', () => {
    expect(checkCycles(source)).toEqual([]);
  });

  it('keeps pure folders pure, and is free of any, suppressions and skipped tests', () => {
    expect(checkFindings(all, EXCEPTIONS)).toEqual([]);
  });

  it('keeps files short', () => {
    expect(checkLengths(all, EXCEPTIONS)).toEqual([]);
  });

  it('names files and folders in kebab-case', () => {
    expect(checkNames(listFiles(['src', 'test', 'scripts', 'examples', 'bench']))).toEqual([]);
  });

  it('has the compiler check exactly the pure folders without the types of a machine', () => {
    const file = join(ROOT, 'tsconfig.core.json');
    const config: { include: string[] } = ts.parseConfigFileTextToJson(
      file,
      readFileSync(file, 'utf8'),
    ).config;
    const present = new Set(source.map((entry) => folderOf(entry.path)));
    const pure = [...present].filter((folder) => folder !== undefined && LAYERS[folder]?.pure);
    const checked = config.include.map((path) => path.replace(/^src\//, ''));
    expect(pure.filter((folder) => folder !== undefined && !checked.includes(folder))).toEqual([]);
    expect(checked.filter((folder) => LAYERS[folder]?.pure !== true)).toEqual([]);
  });
});
