import { describe, expect, it } from 'vitest';
import { checkFindings, checkLengths, checkNames } from './check-files.ts';
import { readSource } from './source-file.ts';

const NONE = { long: [], findings: [] };
const findings = (path: string, text: string) => checkFindings([readSource(path, text)], NONE);

describe('checkFindings', () => {
  it.each([
    ['const t = Date.now();', 'Date.now'],
    ['const t = new Date();', 'new Date()'],
    ['const t = new Date;', 'new Date()'],
    ['const t = Date();', 'Date()'],
    ['const r = Math.random();', 'Math.random'],
    ["console.log('x');", 'console'],
    ["const b = Buffer.from('x');", 'Buffer'],
    ['const e = process.env;', 'process'],
    ['const w = window.document;', 'window'],
    ['const o = { fetch };', 'fetch'],
    ['const g: typeof globalThis = x;', 'globalThis'],
  ])('refuses %s in a pure folder', (text, what) => {
    const problems = findings('src/state/a.ts', text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`src/state/a.ts:1 has ${what}:`);
    expect(findings('src/io/a.ts', text)).toEqual([]);
    expect(findings('src/state/a.test.ts', text)).toEqual([]);
  });

  it('lets pure code parse recorded times and use such words as its own names', () => {
    const text = `
      const at = new Date('2026-01-02T03:04:05Z');
      const utc = Date.UTC(2026, 1, 2);
      const largest = Math.max(1, 2);
      interface Tool { readonly process: string; fetch(): void }
      function read(tool: Tool, document: string) { return tool.process + document + { window: 1 }.window; }
      const words = 'console.log(Date.now())';
    `;
    expect(findings('src/state/a.ts', text)).toEqual([]);
  });

  it.each([
    ['const a: any = 1;', 'any'],
    ['const a = b as any[];', 'any'],
    ['const a = b!;', 'b!'],
    ['const a = b![0];', 'b!'],
    ['// @ts-ignore\nconst a = 1;', '@ts-ignore'],
    ['const a = {\n  // @ts-expect-error\n  b: 1,\n};', '@ts-expect-error'],
    ['/* eslint-disable */\nconst a = 1;', 'eslint-disable'],
    ['// oxlint-disable-next-line no-console\nconst a = 1;', 'oxlint-disable'],
    ['// biome-ignore format: x\nconst a = 1;', 'biome-ignore'],
    ['f(/* @ts-ignore */ a);', '@ts-ignore'],
    ["it.only('x', () => {});", 'it.only'],
    ["describe.skip('x', () => {});", 'describe.skip'],
  ])('refuses %s anywhere', (text, what) => {
    const problems = findings('test/a.test.ts', text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(` has ${what}: `);
  });

  it('takes a string that speaks of a suppression for a string', () => {
    expect(findings('src/io/a.ts', "const a = '// @ts-ignore'; const b = !c; const d = a !== b;")).toEqual(
      [],
    );
  });

  it('refuses default exports in src only', () => {
    expect(findings('src/io/a.ts', 'export default 1;')).toHaveLength(1);
    expect(findings('src/io/a.ts', 'export default function f() {}')).toHaveLength(1);
    expect(findings('src/io/a.ts', 'switch (a) { default: }')).toEqual([]);
    expect(findings('scripts/a.ts', 'export default 1;')).toEqual([]);
  });

  it('knows its exceptions, and wants those gone that are not needed', () => {
    const files = [readSource('src/io/a.ts', 'const a: any = 1;')];
    expect(checkFindings(files, { long: [], findings: ['src/io/a.ts: any'] })).toEqual([]);
    expect(checkFindings(files, { long: [], findings: ['src/io/a.ts: any', 'src/io/b.ts: any'] })).toEqual([
      'src/io/b.ts: any: excepted, but it is not there; take it off the list',
    ]);
  });
});

describe('checkLengths', () => {
  const file = (path: string, lines: number) => readSource(path, 'x;\n'.repeat(lines));

  it('refuses a file that is too long, and an exception that is no longer needed', () => {
    expect(checkLengths([file('test/a.ts', 500)], NONE)).toEqual([]);
    expect(checkLengths([file('test/a.ts', 501)], NONE)).toHaveLength(1);
    expect(checkLengths([file('test/a.ts', 501)], { long: ['test/a.ts'], findings: [] })).toEqual([]);
    expect(checkLengths([file('test/a.ts', 500)], { long: ['test/a.ts'], findings: [] })).toHaveLength(1);
    expect(checkLengths([], { long: ['test/a.ts'], findings: [] })).toHaveLength(1);
  });

  it('refuses code of which one file in ten is long', () => {
    const short = Array.from({ length: 8 }, (_, i) => file(`src/model/s${i}.ts`, 20));
    const long = [file('src/model/a.ts', 350), file('src/model/b.ts', 360)];
    expect(checkLengths([...short, ...long.slice(0, 1)], NONE)).toEqual([
      expect.stringContaining('src/model/a.ts (350)'),
    ]);
    expect(checkLengths([...short, file('src/model/c.ts', 20), ...long.slice(0, 1)], NONE)).toEqual([]);
    expect(checkLengths([...short, ...long], NONE)).toHaveLength(1);
  });
});

describe('checkNames', () => {
  it('wants kebab-case', () => {
    expect(checkNames(['src/model/run-builder.ts', 'src/a-1/b.test.ts', 'vitest.config.ts'])).toEqual([]);
    expect(checkNames(['src/model/runBuilder.ts'])).toHaveLength(1);
    expect(checkNames(['src/Model/run.ts'])).toHaveLength(1);
    expect(checkNames(['src/model/run_builder.ts'])).toHaveLength(1);
  });
});
