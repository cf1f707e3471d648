import { describe, expect, it } from 'vitest';
import { runFrom } from '../../../test/support/notation.ts';
import { buildHistory } from '../build-history.ts';
import { blameLines, type LineOrigin } from './blame-lines.ts';
import { causeIndexOf } from './cause-index.ts';

/** Who brought in each line of a file as it is at the end of a run in the notation. */
function blame(text: string, path: string): LineOrigin[] {
  const history = buildHistory(runFrom(`cwd: /app\n${text.replace(/^ {4}/gm, '')}`));
  const index = causeIndexOf(history);
  const version = index.versionAt(path, history.records.length - 1);
  if (!version) throw new Error(`no ${path}`);
  const count = version.content?.split('\n').length ?? 0;
  return blameLines(
    index,
    version,
    Array.from({ length: count }, (_, line) => line + 1),
  );
}

const makers = (origins: readonly LineOrigin[]): (string | undefined)[] =>
  origins.map(({ version }) => version.madeBy);

describe('blameLines', () => {
  it('names the step that wrote each line, whatever was edited around it', () => {
    const origins = blame(
      `
    1 > printf 'one\\ntwo\\nthree\\n' > a.txt
    2 > sed -i 's/two/TWO/' a.txt
    3 > printf 'zero\\n' | cat - a.txt > b.txt
    4 > sed -i '1i zero' a.txt
    5 > echo four >> a.txt`,
      '/app/a.txt',
    );
    expect(origins.map(({ text }) => text)).toEqual(['zero', 'one', 'TWO', 'three', 'four']);
    expect(makers(origins)).toEqual(['4', '1', '2', '1', '5']);
    expect(origins.map(({ lineThen }) => lineThen)).toEqual([1, 1, 2, 3, 5]);
    expect(origins.map(({ kept }) => kept)).toEqual([1, 3, 2, 3, 0]);
    expect(origins.every(({ doubt }) => doubt === undefined)).toBe(true);
  });

  it('tells equal lines apart by their place', () => {
    const origins = blame(
      `
    1 > printf 'x\\na\\n' > a.txt
    2 > printf 'x\\na\\nx\\n' > a.txt`,
      '/app/a.txt',
    );
    expect(makers(origins)).toEqual(['1', '1', '2']);
  });

  it('follows a line that was moved inside the file', () => {
    const origins = blame(
      `
    1 > printf 'a line that says much\\none\\ntwo\\nthree\\n' > a.txt
    2 > printf 'one\\ntwo\\nthree\\na line that says much\\n' > a.txt`,
      '/app/a.txt',
    );
    expect(makers(origins)).toEqual(['1', '1', '1', '1']);
    expect(origins[3]?.hops).toMatchObject([{ how: 'moved', version: { madeBy: '2' }, fromLine: 1 }]);
  });

  it('follows copies and moves to the other path, and restores to the older version', () => {
    const steps = `
    1 > printf 'one\\ntwo\\n' > a.txt
    2 > cp a.txt b.txt
    3 > mv b.txt c.txt
    4 > echo three >> c.txt`;
    const origins = blame(steps, '/app/c.txt');
    expect(makers(origins)).toEqual(['1', '1', '4']);
    expect(origins[0]?.version.path).toBe('/app/a.txt');
    expect(origins[0]?.hops.map(({ how }) => how)).toEqual(['move', 'copy']);
  });

  it('says where what was there before is not known', () => {
    const read = blame(
      `
    1 > cat a.txt
    one
    two
    2 > sed -i 's/two/TWO/' a.txt`,
      '/app/a.txt',
    );
    expect(makers(read)).toEqual([undefined, '2']);
    const unread = blame(
      `
    1 > sed -i 's/one/ONE/' a.txt
    2 > cat a.txt
    ONE
    two`,
      '/app/a.txt',
    );
    expect(makers(unread)).toEqual(['1', '1']);
    expect(unread.map(({ doubt }) => doubt)).toEqual(['hidden', 'hidden']);
  });

  it('stops where the history is too long to be looked through', () => {
    const history = buildHistory(
      runFrom(`cwd: /app
1 > printf 'one\\ntwo\\n' > a.txt
2 > echo three >> a.txt
3 > echo four >> a.txt`),
    );
    const index = causeIndexOf(history);
    const version = index.versionAt('/app/a.txt', 2);
    if (!version) throw new Error('no file');
    expect(blameLines(index, version, [1, 4], 5)).toMatchObject([
      { version: { madeBy: '2' }, doubt: 'limit' },
      { version: { madeBy: '3' } },
    ]);
  });
});
