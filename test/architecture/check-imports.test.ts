import { describe, expect, it } from 'vitest';
import { checkCycles, checkImports } from './check-imports.ts';
import { readSource } from './source-file.ts';

const imports = (path: string, text: string) => checkImports([readSource(path, text)]);

describe('checkImports', () => {
  it('allows the edges of the table and a folder itself', () => {
    expect(imports('src/model/run.ts', "import { assert } from '../base/assert.ts';")).toEqual([]);
    expect(imports('src/model/run.ts', "import type { Step } from './step.ts';")).toEqual([]);
    expect(imports('src/effects/shell/parse.ts', "import { parse } from 'unbash';")).toEqual([]);
    expect(imports('src/io/disk.ts', "import { readFileSync } from 'node:fs';")).toEqual([]);
  });

  it.each([
    [
      'src/base/text.ts',
      "import { Run } from '../model/run.ts';",
      'src/model/run.ts: base may import nothing',
    ],
    ['src/model/run.ts', "import type { Tree } from '../tree/tree.ts';", 'model may import base'],
    ['src/tree/a.ts', "export { b } from '../effects/b.ts';", 'tree may import base, model, state'],
    ['src/tree/a.ts', "export * from '../effects/b.ts';", 'tree may import base, model, state'],
    ['src/tree/a.ts', "type A = import('../effects/b.ts').B;", 'tree may import base, model, state'],
    ['src/query/a.ts', "const load = () => import('../io/disk.ts');", 'query may import'],
    ['src/web/a.ts', "import { open } from '../app/open.ts';", 'web may import'],
    ['src/formats/a/b.ts', "import fs from 'node:fs';", 'a pure folder imports no node: module'],
    ['src/io/disk.ts', "import fs from 'fs';", 'built-in modules are imported as node:fs'],
    ['src/formats/a/b.ts', "import { parse } from 'unbash';", 'only src/effects/shell/ may import unbash'],
    ['src/state/a.ts', "import x from '@scope/package/deep';", 'a pure folder imports no package but'],
    ['src/app/a.ts', "import { run } from '../../test/support/notation.ts';", 'imports nothing outside src'],
    ['src/app/a.ts', "import { run } from './b.test.ts';", 'code imports no test'],
    ['src/other/a.ts', '', 'src/other is no layer of the table'],
    ['src/a.ts', '', 'stands directly in src'],
  ])('refuses %s: %s', (path, text, rule) => {
    const problems = imports(path, text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(rule);
    expect(problems[0]).toContain(path);
  });

  it('lets app alone read the version from the manifest', () => {
    const text = "import manifest from '../../package.json' with { type: 'json' };";
    expect(imports('src/app/version.ts', text)).toEqual([]);
    expect(imports('src/cli/version.ts', text)).toHaveLength(1);
  });

  it('lets io implement ports, and only ports', () => {
    expect(imports('src/io/reader.ts', "import type { Entry } from '../formats/port.ts';")).toEqual([]);
    expect(imports('src/io/reader.ts', "import type { Format } from '../formats/format.ts';")).toHaveLength(
      1,
    );
    expect(imports('src/tree/a.ts', "import type { Entry } from '../formats/port.ts';")).toHaveLength(1);
  });

  it('lets a unit test use what its folder reaches, and the helpers of tests', () => {
    const test = 'src/tree/build-tree.test.ts';
    expect(imports(test, "import { parse } from '../effects/parse.ts';")).toEqual([]);
    expect(imports(test, "import { runFrom } from '../../test/support/notation.ts';")).toEqual([]);
    expect(imports(test, "import { readFileSync } from 'node:fs';")).toEqual([]);
    expect(imports(test, "import { diagnose } from '../diagnosis/diagnose.ts';")).toHaveLength(1);
    expect(imports(test, "import { x } from '../../scripts/check.ts';")).toHaveLength(1);
  });
});

describe('checkCycles', () => {
  it('names the files of a cycle, type imports too', () => {
    const problems = checkCycles([
      readSource('src/model/a.ts', "import { b } from './b.ts';"),
      readSource('src/model/b.ts', "import { c } from './c.ts';"),
      readSource('src/model/c.ts', "import type { A } from './a.ts';"),
      readSource('src/model/d.ts', "import type { A } from './a.ts';"),
    ]);
    expect(problems).toEqual(['cycle between files: src/model/a.ts <-> src/model/b.ts <-> src/model/c.ts']);
  });

  it('names the layers of a cycle that no files form', () => {
    const problems = checkCycles([
      readSource('src/state/a.ts', "import { b } from '../tree/b.ts';"),
      readSource('src/tree/c.ts', "import { d } from '../state/d.ts';"),
    ]);
    expect(problems).toEqual(['cycle between layers: state <-> tree']);
  });

  it('sees a file that imports itself', () => {
    expect(checkCycles([readSource('src/model/a.ts', "import { a } from './a.ts';")])).toHaveLength(1);
  });

  it('survives a chain of 20,000 files', () => {
    const files = Array.from({ length: 20_000 }, (_, i) => ({
      path: `src/model/f${i}.ts`,
      lines: 1,
      findings: [],
      imports: [{ specifier: `./f${(i + 1) % 20_000}.ts`, line: 1 }],
    }));
    expect(checkCycles(files)).toHaveLength(1);
  });
});
