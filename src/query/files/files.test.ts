import { describe, expect, it } from 'vitest';
import { diagnoseRun } from '../../../test/support/diagnose-noted.ts';
import { runFrom } from '../../../test/support/notation.ts';
import { buildHistory } from '../../state/build-history.ts';
import { buildTree } from '../../tree/build-tree.ts';
import type { Analysis } from '../analysis.ts';
import { answerFiles } from './answer-files.ts';
import { diffVersions } from './diff-versions.ts';
import { filesDocumentSchema } from './files-schemas.ts';
import { seenLines } from './seen-lines.ts';

function analysisOf(text: string): Analysis {
  const run = runFrom(text);
  const history = buildHistory(run);
  return { run, history, tree: buildTree(run, history), diagnosis: diagnoseRun(run) };
}

const EDITED = analysisOf(`
  cwd: /app
  1 > cat -n src/a.py
       1	one
       2	two
       3	three
       4	four
  2 > sed -i s/two/TWO/ src/a.py
  3 > ./make.sh
  4 > printf 'x\\ny\\n' > other/a.py
  5 > mv other/a.py other/b.py
  6 > rm other/b.py
`);

describe('answerFiles', () => {
  it('lists every file with its last version, how it came to be, and what puts it in doubt', () => {
    const answer = answerFiles(EDITED);
    expect(filesDocumentSchema.parse(answer)).toEqual(answer);
    expect(answer.files).toMatchObject([
      { path: '/app/other/a.py', versions: 2, exists: false, how: 'move', by: 5, doubtedBy: null },
      { path: '/app/other/b.py', versions: 2, exists: false, how: 'delete', by: 6 },
      {
        path: '/app/src/a.py',
        versions: 2,
        how: 'edit',
        by: 2,
        size: 19,
        doubtedBy: 3,
        provenance: 'assumed',
      },
    ]);
  });

  it('knows one file by the end of its path, and refuses an end that several have', () => {
    const answer = answerFiles(EDITED, { path: 'src/a.py', at: '2' });
    expect(filesDocumentSchema.parse(answer)).toEqual(answer);
    expect(answer).toMatchObject({ step: 2, file: { content: 'one\nTWO\nthree\nfour\n' } });
    expect(answer.file?.versions).toMatchObject([
      { version: 1, how: 'read', by: null, firstSeenAt: 1, doubtedBy: null },
      { version: 2, how: 'edit', by: 2, doubtedBy: null },
    ]);
    expect(answerFiles(EDITED, { path: 'src/a.py' }).file?.versions.at(-1)?.doubtedBy).toBe(3);
    expect(() => answerFiles(EDITED, { path: 'a.py' })).toThrow('2 files of the run end with it');
    expect(() => answerFiles(EDITED, { path: 'b.py', at: '2' })).toThrow('was not touched up to step 2');
    expect(() => answerFiles(EDITED, { seen: true })).toThrow('need a path');
  });

  it('names where a moved file came from', () => {
    const [moved] = answerFiles(EDITED, { path: 'b.py' }).file?.versions ?? [];
    expect(moved).toMatchObject({ how: 'move', by: 5, source: { path: '/app/other/a.py' } });
  });
});

describe('diffVersions', () => {
  const path = '/app/src/a.py';
  it.each([['1..2'], ['..'], ['@1..@2'], ['1..'], ['..2']])('%s', (range) => {
    expect(diffVersions(EDITED, path, range)).toEqual({
      from: 1,
      to: 2,
      text: [
        '--- /app/src/a.py\tversion 1',
        '+++ /app/src/a.py\tversion 2',
        '@@ -1,4 +1,4 @@',
        ' one',
        '-two',
        '+TWO',
        ' three',
        ' four',
        '',
      ].join('\n'),
    });
  });

  it('shows a deletion as one, and equal versions as nothing', () => {
    expect(diffVersions(EDITED, '/app/other/b.py', '1..2').text).toContain('+++ /dev/null');
    expect(diffVersions(EDITED, path, '2..2').text).toBe('');
  });

  it.each<[string, string]>([
    ['1', 'is no range'],
    ['1..9', 'has no version 9'],
    ['@77..', 'there is no step'],
  ])('refuses %s', (range, message) => {
    expect(() => diffVersions(EDITED, path, range)).toThrow(message);
  });

  it('does not compare what it does not know', () => {
    const analysis = analysisOf(`
      cwd: /app
      1 > echo a > f
      2 > ./other >> f
    `);
    expect(() => diffVersions(analysis, '/app/f', '..')).toThrow('version 2 of /app/f is not known');
  });
});

describe('seenLines', () => {
  it('carries what was seen through changes, and tells what was changed unseen', () => {
    const { history } = analysisOf(`
      cwd: /app
      1 @Write {"file_path": "/app/base", "content": "1\\n2\\n3\\n4\\n5\\n6\\n"}
      2 > cp base f
      3 > sed -n '2,3p' f
      2
      3
      4 > sed -i '1i zero' f
      5 > sed -i 's/^[36]/x/' f
    `);
    expect(seenLines({ history }, '/app/f', 3)).toMatchObject({
      never: [
        { from: 2, to: 2 },
        { from: 5, to: 7 },
      ],
    });
    const report = seenLines({ history }, '/app/f');
    expect(report.shown).toMatchObject([
      { version: 1, lines: [{ from: 2, to: 3 }], whole: false, steps: [3] },
    ]);
    expect(report.blind).toEqual([{ step: 5, version: 2, lines: [{ from: 7, to: 7 }] }]);
    expect(report.never).toEqual([
      { from: 2, to: 2 },
      { from: 5, to: 6 },
    ]);
  });

  it('counts what the agent wrote itself as seen, and knows nothing of lines of an unknown text', () => {
    const { history } = analysisOf(`
      cwd: /app
      1 @Write {"file_path": "/app/f", "content": "a\\nb\\n"}
      2 > ./tool > g
    `);
    expect(seenLines({ history }, '/app/f').never).toEqual([]);
    expect(seenLines({ history }, '/app/g')).toEqual({ shown: [], never: null, blind: [] });
  });
});
