import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../../model/effect.ts';
import { analyzeShell } from '../../analyze-shell.ts';

/** Effects of a program handed to Python; `files` are known before it runs. */
function effectsOf(program: string, files: Readonly<Record<string, string>> = {}): readonly Effect[] {
  const command = `python3 - <<'END_OF_PROGRAM'\n${program}\nEND_OF_PROGRAM\n`;
  return analyzeShell(command, { script: (path) => files[path] }).requested.effects.filter(
    (effect) => effect.kind !== 'run',
  );
}

function writesOf(program: string, files: Readonly<Record<string, string>> = {}): readonly unknown[] {
  return effectsOf(program, files).flatMap((effect) =>
    effect.kind === 'write' ? [[effect.path, effect.change, effect.certainty]] : [],
  );
}

const set = (content: string): unknown => ({ kind: 'set', content });
const replace = (old: string, text: string, all = true): unknown => ({
  kind: 'replace',
  old,
  new: text,
  all,
  lenient: true,
});

describe('files that a Python program writes', () => {
  it.each([
    ["open('a','w').write('x\\n')", [['a', set('x\n'), 'certain']]],
    ["with open('a', 'w') as f:\n  f.write('x')\n  f.write('y')", [['a', set('xy'), 'certain']]],
    ["from pathlib import Path\nPath('d', 'a').write_text('x')", [['d/a', set('x'), 'certain']]],
    ["import os\np = os.path.join('/d', 'a')\nopen(p, 'w').write('x')", [['/d/a', set('x'), 'certain']]],
    ["n = 3\nopen(f'a{n}.txt', 'w').write(f'{n} rows')", [['a3.txt', set('3 rows'), 'certain']]],
    ["open('a', 'a').write('x')", [['a', { kind: 'append', content: 'x' }, 'certain']]],
    ["f = open('a', 'w')\nprint('x', 1, file=f)\nf.close()", [['a', set('x 1\n'), 'certain']]],
    [
      "import json\njson.dump({'b': [1, 2.0], 'c': None}, open('a', 'w'))",
      [['a', set('{"b": [1, 2.0], "c": null}'), 'certain']],
    ],
    [
      "import json\nopen('a','w').write(json.dumps({'x': 'é'}, indent=2))",
      [['a', set('{\n  "x": "\\u00e9"\n}'), 'certain']],
    ],
    [
      "for n in ['a', 'b']:\n  open(n, 'w').write(n * 2)",
      [
        ['a', set('aa'), 'certain'],
        ['b', set('bb'), 'certain'],
      ],
    ],
    ["def put(p, t):\n  with open(p, 'w') as f: f.write(t)\nput('a', 'x')", [['a', set('x'), 'certain']]],
    ["open('a', 'wb').write(b'x\\xff')", [['a', { kind: 'unknown' }, 'certain']]],
    ["open('a', 'w').write(compute())", [['a', { kind: 'unknown' }, 'certain']]],
    [
      "while (x and\n    y):\n  step(\n    1\n  ).run()\nopen('a', 'w').write('x')",
      [['a', set('x'), 'certain']],
    ],
    [
      "class A:\n  def f(self):\n    if (x and\n        y):\n      return 1\nopen('a', 'w').write('x')",
      [['a', set('x'), 'certain']],
    ],
    [
      "for l in open('in'):\n  if l: break\nelse:\n  exit('no')\nopen('a', 'w').write('x')",
      [['a', set('x'), 'certain']],
    ],
    ["def f():\n  for l in open('in'):\n    return 'b'\n  return 'a'\nopen(f(), 'w').write('x')", []],
    ["# open('a', 'w').write('x')\nprint(\"open('b', 'w')\")", []],
  ])('%s', (program, writes) => {
    expect(writesOf(program)).toEqual(writes);
  });
});

describe('files that a Python program patches', () => {
  it('says a replacement as a change of the file, whether or not its content is known', () => {
    const program =
      "s = open('a').read()\ns = s.replace('x', 'y').replace('u', 'v', 1)\nopen('a', 'w').write(s)";
    const changes = { kind: 'sequence', changes: [replace('x', 'y'), replace('u', 'v', false)] };
    expect(writesOf(program)).toEqual([['a', changes, 'certain']]);
    expect(writesOf(program, { a: 'x u\n' })).toEqual([['a', changes, 'certain']]);
  });

  it('takes a guarded replacement for what it comes to', () => {
    const program =
      "s = open('a').read()\nif 'x' in s:\n  s = s.replace('x', 'y')\nelse:\n  print('none')\nopen('a', 'w').write(s)";
    expect(writesOf(program)).toEqual([['a', replace('x', 'y'), 'certain']]);
  });

  it('takes a replacement by a pattern of plain characters for one of text, and no other', () => {
    const program = (pattern: string): string =>
      `import re\ns = open('a').read()\nopen('a', 'w').write(re.sub(r'${pattern}', 'y', s))`;
    expect(writesOf(program('x\\(1\\)'))).toEqual([['a', replace('x(1)', 'y'), 'certain']]);
    expect(writesOf(program('x+'))).toEqual([['a', { kind: 'unknown' }, 'certain']]);
  });

  it('says changes of lines of a known file as changes of these lines', () => {
    const program = `with open('a') as f:
    lines = f.readlines()
for i, line in enumerate(lines):
    if 'two' in line:
        lines[i] = line.replace('two', 'TWO')
        lines.insert(i + 1, 'more\\n')
        break
with open('a', 'w') as f:
    f.writelines(lines)`;
    expect(writesOf(program, { a: 'one\ntwo\nthree\n' })).toEqual([
      ['a', { kind: 'splice', from: 2, to: 2, content: 'TWO\nmore\n' }, 'certain'],
    ]);
    expect(writesOf(program)).toEqual([['a', { kind: 'unknown' }, 'certain']]);
  });

  it('does not know what a file with other line ends becomes', () => {
    const program = "s = open('a').read()\nopen('a', 'w').write(s + 'x')";
    expect(writesOf(program, { a: 'one\r\n' })).toEqual([['a', { kind: 'unknown' }, 'certain']]);
    expect(writesOf(program, { a: 'one\n' })).toEqual([['a', { kind: 'append', content: 'x' }, 'certain']]);
  });

  it('copies a file that is written under another name', () => {
    const program = "s = open('a').read()\nopen('b', 'w').write(s.replace('x', 'y'))";
    expect(effectsOf(program).map(({ kind }) => kind)).toEqual(['read', 'copy', 'write']);
  });

  it('does not trust a file that the program itself has written in between', () => {
    const program =
      "s = open('a').read()\nopen('a', 'w').write('x')\nopen('a', 'w').write(s.replace('u', 'v'))";
    expect(writesOf(program)).toEqual([
      ['a', set('x'), 'certain'],
      ['a', { kind: 'unknown' }, 'certain'],
    ]);
  });
});

describe('what is not certain', () => {
  it.each([
    [
      'a condition nobody can decide',
      "if check():\n  open('a', 'w').write('x')",
      [['a', set('x'), 'likely']],
    ],
    [
      'a loop nobody can count',
      "for n in names():\n  open('a', 'w').write('x')",
      [['a', set('x'), 'likely']],
    ],
    [
      'an error that is caught',
      "try:\n  open('a', 'w').write(f())\nexcept Exception: pass",
      [['a', { kind: 'unknown' }, 'likely']],
    ],
    [
      'an early end',
      "import sys\nif check(): sys.exit()\nopen('a', 'w').write('x')",
      [['a', set('x'), 'likely']],
    ],
    [
      'a name with two values',
      "t = 'x'\nif check(): t = 'y'\nopen('a', 'w').write(t)",
      [['a', { kind: 'unknown' }, 'certain']],
    ],
    [
      'a list that something unread got',
      "t = ['x']\nfill(t)\nopen('a', 'w').writelines(t)",
      [['a', { kind: 'unknown' }, 'certain']],
    ],
    [
      'writes of which one is in doubt',
      "f = open('a', 'w')\nf.write('x')\nif check(): f.write('y')\nf.close()",
      [['a', { kind: 'unknown' }, 'certain']],
    ],
    [
      'a function that nothing calls',
      "def put():\n  open('a', 'w').write('x')",
      [['a', set('x'), 'possible']],
    ],
    [
      'a loop that is left early',
      "t = ''\nfor n in ['x', 'y']:\n  if check(n): break\n  t += n\nopen('a', 'w').write(t)",
      [['a', { kind: 'unknown' }, 'certain']],
    ],
  ])('%s', (_, program, writes) => {
    expect(writesOf(program)).toEqual(writes);
  });

  it('an error shows in the output, so what follows a check is as certain as the step', () => {
    const program = "s = open('a').read()\nassert 'x' in s\nopen('b', 'w').write('y')";
    expect(writesOf(program)).toEqual([['b', set('y'), 'certain']]);
  });

  it('an expansion of the shell in the text is not what Python gets', () => {
    const writes = (command: string): unknown[] =>
      analyzeShell(command).requested.effects.flatMap((effect) =>
        effect.kind === 'write' ? [effect.change] : [],
      );
    expect(writes("python -c \"open('a','w').write('``x``')\"")).toEqual([{ kind: 'unknown' }]);
    expect(writes("python <<EOF\nopen('a','w').write('$X')\nEOF")).toEqual([{ kind: 'unknown' }]);
    expect(writes("python <<'EOF'\nopen('a','w').write('$X')\nEOF")).toEqual([set('$X')]);
  });
});

describe('what else a Python program does', () => {
  it.each([
    ["import os\nos.remove('a')\nos.makedirs('d')", 'delete mkdir'],
    ["import shutil\nshutil.move('a', 'b')\nshutil.copy('b', 'c')\nshutil.rmtree('d')", 'move copy delete'],
    ["import subprocess\nsubprocess.run(['git', 'commit', '-m', 'x y'], check=True)", 'git'],
    ["import os\nos.system('pip install x && rm a')", 'package delete'],
    ["import subprocess as sp\nsp.check_call('touch a', shell=True, cwd='d')", 'write'],
    ["import requests\nrequests.post('http://x', json={})", 'network'],
    ["import sqlite3\nc = sqlite3.connect('a.db')\nc.execute('INSERT INTO t VALUES (1)')", 'build'],
    ["import sqlite3\nc = sqlite3.connect('a.db')\nc.execute('SELECT 1')", ''],
    ["import pandas as pd\npd.read_csv('a').to_csv('b.csv')", 'write'],
    ["import json\njson.load(open('a'))", 'read'],
    ["import gzip\nwith gzip.open('a.gz', 'wt') as f: f.write('x')", 'write'],
    ["import os\nos.chdir('d')\nopen('a', 'w').write('x')", 'write'],
  ])('%s', (program, kinds) => {
    const effects = effectsOf(program);
    expect(effects.map(({ kind }) => kind).join(' ')).toBe(kinds);
  });

  it('knows the folder that it went to, for itself and for what it starts', () => {
    const effects = effectsOf("import os\nos.chdir('d')\nopen('a', 'w').write('x')\nos.system('rm b')");
    expect(effects).toMatchObject([
      { kind: 'write', path: 'd/a' },
      { kind: 'delete', path: 'd/b' },
    ]);
  });

  it('knows its arguments', () => {
    const command = "python -c \"import sys; open(sys.argv[1], 'w').write('x')\" out.txt";
    expect(analyzeShell(command).requested.effects).toContainEqual({
      kind: 'write',
      path: 'out.txt',
      change: set('x'),
      creates: true,
      certainty: 'certain',
    });
  });
});

describe('hostile programs', () => {
  it.each([
    ['deep brackets', `open('a','w').write(${'('.repeat(50_000)}`],
    ['long chains', `x = ${Array.from({ length: 50_000 }, () => "'a'").join(' + ')}\nopen('a','w').write(x)`],
    ['growing text', `x = 'a'\nfor i in range(20000):\n  x = x + x\nopen('a','w').write(x)`],
    ['endless calls', `def f(n):\n  return f(n) + f(n)\nf(1)\nopen('a','w').write('x')`],
    [
      'deep blocks',
      `${Array.from({ length: 3_000 }, (_, i) => `${' '.repeat(i)}if x:`).join('\n')}\nopen('a','w')`,
    ],
    ['no Python at all', `open('a','w') ${'\u0000\ud800)]}{[('.repeat(5_000)}`],
    ['an open string', `open('a','w').write("""${'x'.repeat(100_000)}`],
  ])('%s', (_, program) => {
    expect(() => effectsOf(program)).not.toThrow();
  });
});
