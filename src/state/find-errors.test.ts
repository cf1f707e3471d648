import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorSignature } from './error-signature.ts';
import { findErrors } from './find-errors.ts';

const cases: [name: string, output: string, line: string, files: { path: string; line?: number }[]][] = [
  [
    'a Python traceback ends in its error and has its frames',
    'start\nTraceback (most recent call last):\n  File "/app/a.py", line 3, in f\n    g()\n  File "lib/b.py", line 9, in g\n    raise\nKeyError: \'x\'\nrest',
    "KeyError: 'x'",
    [
      { path: '/app/a.py', line: 3 },
      { path: 'lib/b.py', line: 9 },
    ],
  ],
  [
    'a syntax error has no traceback line',
    '  File "a.py", line 2\n    def f(:\n          ^\nSyntaxError: invalid syntax\n',
    'SyntaxError: invalid syntax',
    [{ path: 'a.py', line: 2 }],
  ],
  [
    'pytest',
    '    def test_a():\n>       assert f() == 2\nE       assert 1 == 2\nE        +  where 1 = f()\n\ntests/test_a.py:7: AssertionError',
    'E       assert 1 == 2',
    [{ path: 'tests/test_a.py', line: 7 }],
  ],
  [
    'a C compiler',
    "src/x.c:12:5: error: expected ';'",
    "src/x.c:12:5: error: expected ';'",
    [{ path: 'src/x.c', line: 12 }],
  ],
  [
    'go build',
    './main.go:4:2: undefined: foo',
    './main.go:4:2: undefined: foo',
    [{ path: './main.go', line: 4 }],
  ],
  [
    'tsc',
    'src/a.ts(3,7): error TS2322: no',
    'src/a.ts(3,7): error TS2322: no',
    [{ path: 'src/a.ts', line: 3 }],
  ],
  [
    'rustc',
    'error[E0425]: cannot find value `x`\n --> src/main.rs:2:13\n  |',
    'error[E0425]: cannot find value `x`',
    [{ path: 'src/main.rs', line: 2 }],
  ],
  [
    'a JavaScript stack',
    'TypeError: x is not a function\n    at run (/app/index.js:10:3)\n    at node:internal/main:1:1',
    'TypeError: x is not a function',
    [{ path: '/app/index.js', line: 10 }],
  ],
  ['a missing command', 'bash: line 1: foo: command not found', 'bash: line 1: foo: command not found', []],
  [
    'a missing file',
    "cat: 'a b': No such file or directory\ncat: src/x: No such file or directory",
    "cat: 'a b': No such file or directory",
    [{ path: 'b' }],
  ],
  [
    'a missing folder',
    '/bin/bash: line 1: cd: x-1.2: No such file or directory',
    '/bin/bash: line 1: cd: x-1.2: No such file or directory',
    [{ path: 'x-1.2' }],
  ],
  ['git', 'fatal: not a git repository', 'fatal: not a git repository', []],
  [
    'a tool',
    '<tool_use_error>File does not exist.</tool_use_error>',
    '<tool_use_error>File does not exist.</tool_use_error>',
    [],
  ],
  ['CRLF', 'ValueError: x\r\nok\r\n', 'ValueError: x', []],
];

describe('findErrors', () => {
  it.each(cases)('%s', (_name, output, line, files) => {
    const [first] = findErrors(output);
    expect(first).toEqual({ line, files });
    expect(output).toContain(line);
  });

  it('finds nothing in harmless output, also where it talks of errors', () => {
    for (const output of [
      '',
      'ok\n',
      '0 errors, 0 warnings\n',
      'handles KeyError: yes, if asked\n',
      'errors.py\n',
    ]) {
      expect(findErrors(output)).toEqual([]);
    }
  });

  it('takes what pytest says of one exception over several lines for one error', () => {
    const output =
      "E           AttributeError: module 'numpy' has no attribute 'int'.\nE           `np.int` was an alias.\nE           \nE               https://numpy.org/x.html\n\na/b.py:41: AttributeError\nE   ValueError: a\nE   KeyError: b\n";
    expect(findErrors(output)).toEqual([
      {
        line: "E           AttributeError: module 'numpy' has no attribute 'int'.",
        files: [{ path: 'a/b.py', line: 41 }],
      },
      { line: 'E   ValueError: a', files: [] },
      { line: 'E   KeyError: b', files: [] },
    ]);
    const syntax =
      'E     File "/app/x.py", line 3\nE       foo(\nE          ^\nE   SyntaxError: invalid syntax\n';
    expect(findErrors(syntax).map(({ line }) => line)).toEqual(['E   SyntaxError: invalid syntax']);
  });

  it('takes only the complaints of the shell from output that shows texts', () => {
    const output = 'ValueError: in a log\ngrep: x: No such file or directory\n';
    expect(findErrors(output, true).map(({ line }) => line)).toEqual(['grep: x: No such file or directory']);
  });

  it('never throws and quotes word for word', () => {
    const word = fc.constantFrom(
      'Error',
      ': ',
      'File "a", line 3',
      '\n',
      '  ',
      'at (',
      'x.go:1:2:',
      'panic: ',
      'E   ',
      '\r',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const output = words.join('');
        for (const { line } of findErrors(output)) expect(output).toContain(line);
      }),
    );
  });

  it('stays linear on lines made to be hard', () => {
    const hard = [
      'a.'.repeat(900),
      'a'.repeat(1900),
      `   at ${'a/'.repeat(900)}`,
      `E   ${'"'.repeat(1900)}`,
      `${'a '.repeat(900)}:`,
    ];
    const output = `error\n${hard.join('\n')}\n`.repeat(200);
    const start = performance.now();
    findErrors(output);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe('errorSignature', () => {
  it('is shared by repeats that differ in numbers, addresses and temporary paths', () => {
    const one = errorSignature('E   ValueError: bad 17 at 0x7f3a in /tmp/tmpab12/x.py');
    expect(errorSignature('ValueError: bad 4.5 at 0x1 in /tmp/other/y.py')).toBe(one);
    expect(errorSignature('KeyError: 17')).not.toBe(one);
  });
});
