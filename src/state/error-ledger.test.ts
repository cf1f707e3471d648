import { describe, expect, it } from 'vitest';
import { runFrom } from '../../test/support/notation.ts';
import { buildHistory } from './build-history.ts';
import { errorPlace } from './error-place.ts';

/** `line -> step that resolved it` of every error. */
const errorsOf = (text: string): string[] =>
  buildHistory(runFrom(text)).errors.map(({ line, resolvedBy }) => `${line} -> ${resolvedBy ?? 'open'}`);

describe('an error is gone', () => {
  it.each<[name: string, steps: string, by: string]>([
    [
      'when the same command shows it no more',
      '1 ! python a.py\nNameError: name x\n2 > cd /app && python a.py',
      '2',
    ],
    [
      'when a run of all tests succeeds',
      '1 ! pytest tests/test_a.py\nE   NameError: name x\n2 > pytest',
      '2',
    ],
    ['when the missing program runs', '1 !127 make\nbash: make: command not found\n2 > make', '2'],
    [
      'when the missing module is imported',
      '1 ! python a.py\nModuleNotFoundError: No module named \'yaml\'\n2 > python -c "import yaml"',
      '2',
    ],
    [
      'when the refused edit of a file is made',
      '1 @!Edit {"file_path": "/app/a.py", "old_string": "x", "new_string": "y"}\n<tool_use_error>String to replace not found in file.</tool_use_error>\n2 > echo y > /app/a.py',
      '2',
    ],
  ])('%s', (_name, steps, by) => {
    expect(errorsOf(steps)[0]).toMatch(new RegExp(`-> ${by}$`));
  });

  it.each<[name: string, steps: string]>([
    [
      'by another program of the same interpreter',
      '1 ! python -c "1/0"\nZeroDivisionError: division by zero\n2 > python -c "print(1)"',
    ],
    [
      'by other tests of the same runner',
      '1 ! python runtests.py a\nImportError: no a\n2 > python runtests.py b',
    ],
    ['by a build of something else', '1 ! gcc a.c\na.c:1:2: error: expected\n2 > gcc b.c'],
    [
      'by the rest of a command behind a cd that failed',
      '1 ! cd web && npm test\nbash: cd: web: No such file or directory\n2 > npm test',
    ],
    ['by a step whose answer is not known', '1 ! python a.py\nNameError: name x\n2 !pending python a.py'],
    [
      'by a run that still shows it',
      '1 ! python a.py\nNameError: name x\n2 ! python a.py\nNameError: name x',
    ],
  ])('but not %s', (_name, steps) => {
    expect(errorsOf(steps)[0]).toMatch(/-> open$/);
  });

  it('at its own place only, where others have the same words', () => {
    const text = `
      1 ! python a.py
      TypeError: bad
      2 ! python b.py
      TypeError: bad
      3 > python b.py
    `;
    expect(errorsOf(text)).toEqual(['TypeError: bad -> open', 'TypeError: bad -> 3']);
    const history = buildHistory(runFrom(text));
    expect([0, 1, 2].map((at) => history.at(at).openErrors.map(({ number }) => number))).toEqual([
      [1],
      [2],
      [1],
    ]);
  });
});

describe('errorPlace', () => {
  const placeOf = (output: string): string | undefined => {
    const [error] = buildHistory(runFrom(`1 ! run\n${output}`)).errors;
    const place = error && errorPlace(error);
    return place && `${place.path}:${place.line}`;
  };

  it('is the deepest frame in the project, whichever end the trace begins at', () => {
    expect(
      placeOf(
        'Traceback (most recent call last):\n  File "/app/main.py", line 3, in <module>\n    f()\n  File "/app/lib.py", line 9, in f\n    g()\n  File "/usr/lib/python3.9/json/decoder.py", line 355, in raw_decode\n    raise\nValueError: no',
      ),
    ).toBe('/app/lib.py:9');
    expect(
      placeOf(
        'TypeError: x is not a function\n    at parse (/app/node_modules/p/index.js:5:1)\n    at load (/app/src/load.js:7:3)\n    at main (/app/src/main.js:1:1)',
      ),
    ).toBe('/app/src/load.js:7');
  });

  it('is the deepest of all where none is the project’s', () => {
    expect(
      placeOf('TypeError: x\n    at a (/app/node_modules/p/a.js:5:1)\n    at b (node:internal/b.js:7:3)'),
    ).toBe('/app/node_modules/p/a.js:5');
  });
});
