import { describe, expect, it } from 'vitest';
import { parsePatchText } from './parse-patch.ts';

const EDIT = `diff --git a/x.py b/x.py
index 1..2 100644
--- a/x.py
+++ b/x.py
@@ -1,3 +1,3 @@ def f():
 a
--- sql comment
+++ b
 c
`;

describe('parsePatchText', () => {
  it('counts lines, so that a removed line may look like a head', () => {
    const [file, more] = parsePatchText(EDIT);
    expect(more).toBeUndefined();
    expect(file).toMatchObject({ path: 'x.py', kind: 'edit', truncated: false });
    expect(file?.hunks[0]?.lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'same a',
      'removed -- sql comment',
      'added ++ b',
      'same c',
    ]);
  });

  it('takes the carriage returns of a terminal off, and keeps those of the file', () => {
    expect(parsePatchText(EDIT.replaceAll('\n', '\r\n'))).toEqual(parsePatchText(EDIT));
    const own = parsePatchText(EDIT.replace(' c\n', ' c\r\n'));
    expect(own[0]?.hunks[0]?.lines.at(-1)?.text).toBe('c\r');
  });

  it('tells created, deleted, renamed and binary files', () => {
    const text = `diff --git a/n b/n
new file mode 100644
--- /dev/null
+++ b/n
@@ -0,0 +1 @@
+x
\\ No newline at end of file
diff --git a/d b/d
deleted file mode 100644
--- a/d
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git a/o b/m
similarity index 100%
rename from o
rename to m
diff --git a/p.png b/p.png
new file mode 100644
Binary files /dev/null and b/p.png differ
`;
    expect(parsePatchText(text).map(({ path, kind, binary }) => [path, kind, binary])).toEqual([
      ['n', 'create', false],
      ['d', 'delete', false],
      ['m', 'rename', false],
      ['p.png', 'create', true],
    ]);
  });

  it('notices a patch that was cut', () => {
    expect(parsePatchText(EDIT.slice(0, EDIT.indexOf('+++ b\n')))[0]?.truncated).toBe(true);
    expect(parsePatchText('no patch')).toEqual([]);
  });
});
