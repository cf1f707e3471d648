import { describe, expect, it } from 'vitest';
import { runFrom } from '../../../test/support/notation.ts';
import type { StateHistory } from '../../model/state.ts';
import { buildHistory } from '../build-history.ts';
import { cutScreen } from './cut-screen.ts';
import { findRefusal } from './find-refusal.ts';

function historyOf(text: string): StateHistory {
  return buildHistory(runFrom(text));
}

/** What is surely so: `M` dirty, `+` staged, `?` untracked; and behind a bar what is not known. */
function sureAt(history: StateHistory, position: number): string {
  const { dirty, staged, untracked, unsure } = history.at(position).git;
  const doubtful = new Set(unsure);
  const list = (mark: string, paths: readonly string[]): string[] =>
    paths.filter((path) => !doubtful.has(path)).map((path) => `${mark} ${path.replace('/app/', '')}`);
  const sure = [...list('M', dirty), ...list('+', staged), ...list('?', untracked)].join(', ');
  return `${sure} | ${unsure.map((path) => path.replace('/app/', '')).join(' ')}`.trim();
}

const CLEAN = `git status
      On branch main
      nothing to commit, working tree clean`;

describe('what is surely known of how files stand', () => {
  it('knows nothing of a repository that git was never asked about', () => {
    const history = historyOf(`
      cwd: /app
      1 > echo a > a.txt
      2 > ${CLEAN}
      3 > make
    `);
    expect([0, 1, 2].map((at) => history.at(at).git.covers)).toEqual(['nothing', 'all', 'touched']);
  });

  it('is sure of what a status shows, until a program may have changed it', () => {
    const history = historyOf(`
      cwd: /app
      1 > sed -i s/a/b/ a.py
      2 > git status --short
       M a.py
      3 > git add a.py
      4 > git commit -m one
      [main 1a2b3c4] one
      5 > sed -i s/b/c/ a.py
      6 > ./unknown-program
    `);
    expect([1, 2, 3, 4, 5].map((at) => sureAt(history, at))).toEqual([
      'M a.py |',
      '+ a.py |',
      '|',
      '| a.py',
      '| a.py',
    ]);
  });

  it('knows a new file as untracked only when git shows it, for rules may leave it out', () => {
    const history = historyOf(`
      cwd: /app
      1 > ${CLEAN}
      2 > echo a > a.txt
      3 > git status --short
      ?? a.txt
      4 > echo b > a.txt
      5 > rm a.txt
    `);
    expect([1, 2, 3, 4].map((at) => sureAt(history, at))).toEqual(['| a.txt', '? a.txt |', '? a.txt |', '|']);
  });

  it('does not look into folders that git lists by their name', () => {
    const history = historyOf(`
      cwd: /app
      1 > mkdir out && echo a > out/a.log
      2 > git status --short
      ?? out/
    `);
    expect(sureAt(history, 1)).toBe('| out/a.log');
    expect(history.at(1).git).toMatchObject({ untracked: ['/app/out/a.log'], covers: 'touched' });
  });

  it('loses what it knew with a command that it does not follow, and with one that may have failed', () => {
    const text = (command: string): string => `
      cwd: /app
      1 > sed -i s/a/b/ a.py
      2 > git status --short
       M a.py
      3 > ${command}
    `;
    for (const command of ['git add -p', 'git rebase other', 'test -d x && git add a.py; true'])
      expect([command, sureAt(historyOf(text(command)), 2)]).toEqual([command, '| a.py']);
    expect(sureAt(historyOf(text('git reset --hard')), 2)).toBe('|');
    expect(sureAt(historyOf(text('git stash')), 2)).toBe('|');
    expect(sureAt(historyOf(text('git checkout a.py')), 2)).toBe('|');
  });

  it('doubts the entries of a stash after commands that may have failed', () => {
    const history = historyOf(`
      cwd: /app
      1 > sed -i s/a/b/ a.py && git stash
      2 > test -d x && git stash pop; true
      3 > git stash list
      stash@{0}: WIP on main: 1a2b3c4 one
    `);
    expect(history.at(1).git.unsureStashes).toBe(true);
    expect(history.at(2).git).toMatchObject({ unsureStashes: false, stashes: [{ by: expect.any(String) }] });
  });
});

describe('a file that nobody saw', () => {
  it('is changed by a checkout out of another commit, and not brought back by a reset for sure', () => {
    const history = historyOf(`
      cwd: /app
      1 > git checkout feature -- calc/extra.py
      2 > git reset -q
      3 > git reset -q --hard
    `);
    expect(history.fingerprint(0)).not.toBe(0);
    expect(history.fingerprint(2)).not.toBe(0);
    expect(history.at(2).file('/app/calc/extra.py')?.provenance).toBe('assumed');
  });
});

describe('refusals', () => {
  it('tells the command that git refused from others', () => {
    const output = "error: pathspec 'nothing' did not match any file(s) known to git\n";
    expect(findRefusal(output, 'checkout', ['nothing'])).toBe('this');
    expect(findRefusal(output, 'add', ['b'])).toBe('some');
    expect(findRefusal('On branch main\n', 'status', [])).toBeUndefined();
  });

  it('leaves the branch where it is when git does', () => {
    const history = historyOf(`
      cwd: /app
      1 > ${CLEAN}
      2 > git checkout nothing
      error: pathspec 'nothing' did not match any file(s) known to git
    `);
    expect(history.at(1).git.branch?.name).toBe('main');
  });
});

describe('screens of terminals', () => {
  const screen = (...lines: readonly string[]): string => ['New Terminal Output:', '', ...lines].join('\n');

  it('cuts what one command printed out of its prompts', () => {
    expect(
      cutScreen(screen('root@box:/app# git status -s', ' M a.py', 'root@box:/app# '), 'git status -s'),
    ).toBe(' M a.py\n');
  });

  it('refuses screens with other commands, without a prompt at the end, and with long lines', () => {
    const own = 'root@box:/app# git status -s';
    const others = [
      screen('root@box:/app# ls', own, ' M a.py', 'root@box:/app# '),
      screen(own, ' M a.py'),
      screen(own, ` M ${'a'.repeat(100)}`, 'root@box:/app# '),
      'git status -s',
    ];
    for (const text of others) expect(cutScreen(text, 'git status -s')).toBeUndefined();
  });
});
