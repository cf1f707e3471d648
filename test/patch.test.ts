import { describe, expect, it } from 'vitest';
import type { Run } from '../src/model/run.ts';
import { checkPatch, type PatchCheck } from '../src/query/patch/check-patch.ts';
import { showPatch } from '../src/query/patch/show-patch.ts';
import { buildHistory } from '../src/state/build-history.ts';
import { runFrom } from './support/notation.ts';

/** A run in /repo whose steps are given; the patch is handed in by the harness. */
function run(steps: string, patch = ''): Run {
  const noted = runFrom(`cwd: /repo\n${steps}`);
  return patch === '' ? noted : { ...noted, submission: { text: patch, place: { artifact: 'patch' } } };
}

function check(steps: string, patch: string): PatchCheck | undefined {
  const made = run(steps, patch);
  return checkPatch(made, buildHistory(made));
}

const diff = (path: string, hunk: string): string =>
  `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n${hunk}`;
const HUNK = '@@ -10,5 +10,5 @@\n a\n b\n-x = 1\n+x = 2\n c\n d\n';
const SED = "1 > sed -i 's/x = 1/x = 2/' a.py";

describe('checkPatch', () => {
  it('finds the same change in a file that was never read', () => {
    expect(check(SED, diff('a.py', HUNK))).toEqual({
      verdict: 'equal',
      inRecord: true,
      files: [{ path: 'a.py', inPatch: true, inRecord: true }],
    });
    expect(check("1 > sed -i '12s/1/2/' a.py", diff('a.py', HUNK))?.verdict).toBe('equal');
    expect(
      check(
        '1 @Edit {"file_path": "/repo/a.py", "old_string": "b\\nx = 1", "new_string": "b\\nx = 2"}\ndone',
        diff('a.py', HUNK),
      )?.verdict,
    ).toBe('equal');
  });

  it.each([
    ['another text', "1 > sed -i 's/x = 1/x = 3/' a.py"],
    ['another line', "1 > sed -i '13s/c/x = 2/' a.py"],
    ['nothing at all', "1 > sed -i 's/y = 1/y = 2/' a.py"],
    ['one line more', "1 > sed -i -e 's/x = 1/x = 2/' -e '13a\\new' a.py"],
    [
      'one change elsewhere',
      `${SED}\n2 @Edit {"file_path": "/repo/a.py", "old_string": "far\\naway", "new_string": "far"}\ndone`,
    ],
  ])('notices %s', (_name, steps) => {
    const found = check(steps, diff('a.py', HUNK));
    expect(found?.verdict).toBe('unexplained');
    expect(found?.files[0]?.reason).toBe('different');
  });

  it('takes a change back that was undone', () => {
    const steps = `${SED}
2 > cp a.py keep.py
3 > sed -i 's/c/C/' a.py
4 > mv keep.py a.py`;
    expect(check(steps, diff('a.py', HUNK))?.verdict).toBe('equal');
  });

  it('gives its reasons', () => {
    const reasons = (steps: string, patch: string) =>
      check(steps, patch)?.files.map(({ path, reason }) => [path, reason]);
    expect(reasons(SED, diff('a.py', HUNK) + diff('b.py', HUNK))).toEqual([
      ['a.py', undefined],
      ['b.py', 'not-in-record'],
    ]);
    const made = `${SED}\n2 > echo hi > new.py\n`;
    expect(reasons(made, diff('a.py', HUNK))).toEqual([
      ['a.py', undefined],
      ['/repo/new.py', 'not-in-patch'],
    ]);
    expect(reasons(`${made}3 > git diff`, diff('a.py', HUNK))?.[1]).toEqual([
      '/repo/new.py',
      'new-file-left-out',
    ]);
    expect(reasons(`${made}3 > git diff -- a.py`, diff('a.py', HUNK))?.[1]).toEqual([
      '/repo/new.py',
      'not-selected',
    ]);
    expect(reasons(`${made}3 > git add -A && git diff --cached`, diff('a.py', HUNK))?.[1]?.[1]).toBe(
      'not-in-patch',
    );
    expect(reasons(SED, diff('a.py', HUNK.slice(0, 30)))).toEqual([['a.py', 'truncated-patch']]);
    expect(reasons(SED, diff('a.py', HUNK.replace('+x = 2', '+x = 2 ')))).toEqual([['a.py', 'white-space']]);
    expect(
      reasons(SED, 'diff --git a/a.png b/a.png\nBinary files a/a.png and b/a.png differ\n')?.[0]?.[1],
    ).toBe('binary');
  });

  it('says nothing of a run without a patch', () => {
    expect(check(SED, 'the answer is 42')).toBeUndefined();
  });
});

describe('showPatch', () => {
  const show = (steps: string, at = 99) => {
    const made = run(steps);
    return showPatch(made, buildHistory(made), at);
  };

  it('gives a patch that a program can take where all is known', () => {
    const steps = `1 > cat > a.py <<'EOF'
> one
> two
> EOF
2 > sed -i 's/two/2/' a.py`;
    expect(show(steps)).toEqual({
      root: '/repo',
      files: [
        {
          path: 'a.py',
          kind: 'created',
          known: 'whole',
          step: '2',
          diff: 'diff --git a/a.py b/a.py\nnew file mode 100644\n--- /dev/null\n+++ b/a.py\n@@ -0,0 +1,2 @@\n+one\n+2\n',
        },
      ],
    });
    expect(show(steps, 0).files[0]?.diff).toContain('+two\n');
    expect(show(steps, -1).files).toEqual([]);
  });

  it('counts what it does not know instead of inventing it', () => {
    const [file] = show("1 > sed -i '12c\\x = 2' a.py").files;
    expect(file).toMatchObject({ known: 'part', kind: 'edited' });
    expect(file?.diff).toContain('\\ a removed line that is not known\n+x = 2\n');
    const [piece] = show(
      '1 @Edit {"file_path": "/repo/a.py", "old_string": "p\\nq", "new_string": "p\\nr"}\ndone',
    ).files;
    expect(piece?.diff).toContain('@@ the place is not known @@\n-p\n-q\n+p\n+r\n');
  });
});
