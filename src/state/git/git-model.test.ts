import { describe, expect, it } from 'vitest';
import { runFrom } from '../../../test/support/notation.ts';
import type { StateHistory } from '../../model/state.ts';
import { buildHistory } from '../build-history.ts';
import { readGitArguments } from './git-arguments.ts';

function historyOf(text: string): StateHistory {
  return buildHistory(runFrom(text));
}

/** Short form of what git knows: `M` dirty, `+` staged, `?` untracked. */
function gitAt(history: StateHistory, position: number): string[] {
  const { dirty, staged, untracked } = history.at(position).git;
  const name = (path: string): string => path.replace('/app/', '');
  return [
    ...dirty.map((path) => `M ${name(path)}`),
    ...staged.map((path) => `+ ${name(path)}`),
    ...untracked.map((path) => `? ${name(path)}`),
  ];
}

const content = (history: StateHistory, path: string, position: number): string | undefined =>
  history.at(position).file(`/app/${path}`)?.content;

describe('index and commits', () => {
  it('tells what is staged from what is changed, and empties both by commits', () => {
    const history = historyOf(`
      cwd: /app
      1 > cat a.py
      one
      2 > echo two > a.py
      3 > echo new > b.py && git status --short
      M a.py
      ?? b.py
      4 > git add a.py
      5 > echo three > a.py
      6 > git add -A && git commit -m "Both of them"
      [main 1a2b3c4] Both of them
       2 files changed, 2 insertions(+)
    `);
    expect([1, 2, 3, 4, 5].map((at) => gitAt(history, at))).toEqual([
      [],
      ['M a.py', '? b.py'],
      ['+ a.py', '? b.py'],
      ['M a.py', '+ a.py', '? b.py'],
      [],
    ]);
    expect(history.at(5).git).toMatchObject({
      branch: { name: 'main', by: '6' },
      head: { hash: '1a2b3c4', message: 'Both of them', by: '6', provenance: 'recorded' },
    });
  });

  it('commits only what is staged', () => {
    const history = historyOf(`
      cwd: /app
      1 > git init
      Initialized empty Git repository in /app/.git/
      2 > echo a > a && echo b > b
      3 > git add a
      4 > git commit -q -m first
      5 > git rm -q --cached a
      6 > git reset -q a
      7 > git mv a c
    `);
    expect([1, 2, 3, 4, 5, 6].map((at) => gitAt(history, at))).toEqual([
      ['? a', '? b'],
      ['+ a', '? b'],
      ['? b'],
      ['+ a', '? a', '? b'],
      ['? b'],
      ['+ a', '+ c', '? b'],
    ]);
    expect(history.at(3).git.head).toMatchObject({ message: 'first', by: '4', provenance: 'derived' });
  });

  it('takes the message out of a here-document', () => {
    const history = historyOf(`
      cwd: /app
      1 > git init
      2 > echo a > a && git add a && git commit -q -m "$(cat <<'EOF'
      > chore: add a
      > EOF
      > )"
    `);
    expect(history.at(1).git.head?.message).toBe('chore: add a');
  });

  it('amends, and goes back by soft, mixed and hard resets', () => {
    const history = historyOf(`
      cwd: /app
      1 > git init -b trunk
      2 > echo 1 > a && git add a && git commit -qm one
      3 > echo 2 > a && git commit -qam two
      4 > git reset --soft HEAD~1
      5 > git reset
      6 > git commit -qam again
      7 > git reset --hard HEAD~1
      HEAD is now at 1234567 one
      8 > git reset --hard HEAD@{1}
    `);
    expect([2, 3, 4, 5, 6, 7].map((at) => gitAt(history, at))).toEqual([[], ['+ a'], ['M a'], [], [], []]);
    expect([5, 6, 7].map((at) => content(history, 'a', at))).toEqual(['2\n', '1\n', '2\n']);
    expect(history.at(6).git.head).toMatchObject({ hash: '1234567', message: 'one' });
    expect(history.at(7).git).toMatchObject({ branch: { name: 'trunk' }, head: { message: 'again' } });
    expect(history.at(7).file('/app/a')?.provenance).toBe('derived');
  });

  it('does not claim the committed content of a file that was never shown to be clean', () => {
    const text = (status: string): string => `
      cwd: /app
      1 > git init x
      ${status}
      3 > echo one > b.txt && cat a.txt
      4 > echo two > a.txt
      5 > git checkout -- a.txt
    `;
    const history = historyOf(text('2 > true'));
    expect(history.at(4).file('/app/a.txt')).toMatchObject({ how: 'restore', provenance: 'assumed' });
  });
});

describe('bringing back', () => {
  it('takes from the index what is checked out by path, and from the head what names it', () => {
    const history = historyOf(`
      cwd: /app
      1 > git init
      2 > echo 1 > a && git add a && git commit -qm one
      3 > echo 2 > a && git add a
      4 > echo 3 > a
      5 > git checkout -- a
      6 > git checkout HEAD -- a
      7 > echo 4 > a && git add a && git restore --staged a
      8 > git restore a
      9 > echo 5 > a && git restore --source=HEAD~1 a
    `);
    expect([4, 5, 7].map((at) => content(history, 'a', at))).toEqual(['2\n', '1\n', '1\n']);
    expect([4, 5, 6, 7].map((at) => gitAt(history, at))).toEqual([['+ a'], [], ['M a'], []]);
    // The commit before the first is none that the run knows.
    expect(history.at(8).file('/app/a')).toMatchObject({ exists: true, content: undefined });
  });

  it('puts files on the stash and takes them back', () => {
    const history = historyOf(`
      cwd: /app
      1 > git init
      2 > echo 1 > a && echo 1 > b && git add . && git commit -qm one
      3 > echo 2 > a && echo 2 > b && echo n > n
      4 > git stash push -m "first try" -- a
      5 > git stash -u
      6 > git stash pop
      7 > git stash list
      stash@{0}: On main: first try
      8 > git stash apply
      9 > git stash drop
    `);
    const all = (at: number) => ['a', 'b', 'n'].map((path) => content(history, path, at));
    expect(all(3)).toEqual(['1\n', '2\n', 'n\n']);
    expect(all(4)).toEqual(['1\n', '1\n', undefined]);
    expect(all(5)).toEqual(['1\n', '2\n', 'n\n']);
    expect(all(7)).toEqual(['2\n', '2\n', 'n\n']);
    expect(history.at(4).git.stashes).toEqual([
      { message: 'first try', paths: ['/app/a'], by: '4' },
      { paths: ['/app/b', '/app/n'], by: '5' },
    ]);
    expect([6, 7, 8].map((at) => history.at(at).git.stashes.length)).toEqual([1, 1, 0]);
  });

  it('leaves what a stash is merged with unknown', () => {
    const history = historyOf(`
      cwd: /app
      1 > git init
      2 > echo 1 > a && git add . && git commit -qm one
      3 > echo 2 > a && git stash
      4 > echo 3 > a && git commit -qam three
      5 > git stash pop
    `);
    expect(history.at(4).file('/app/a')).toMatchObject({ content: undefined });
  });

  it('removes by clean only what git names', () => {
    const history = historyOf(`
      cwd: /app
      1 > git init
      2 > echo 1 > a && echo 1 > b && mkdir d && echo 1 > d/c
      3 > git clean -fd
      Removing b
      Removing d/
    `);
    expect(['a', 'b', 'd/c'].map((path) => history.at(2).file(`/app/${path}`)?.exists)).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('branches', () => {
  it('keeps the contents of branches that the run made', () => {
    const history = historyOf(`
      cwd: /app
      1 > git init -b main
      2 > echo 1 > a && git add . && git commit -qm one
      3 > git checkout -b topic
      Switched to a new branch 'topic'
      4 > echo 2 > a && echo t > t && git add . && git commit -qm two
      5 > git checkout main
      Switched to branch 'main'
      6 > git checkout -
      Switched to branch 'topic'
      7 > git switch main
      Switched to branch 'main'
      8 > git merge topic
      Updating 1..2
      Fast-forward
       a | 2 +-
       t | 1 +
    `);
    const both = (at: number) => ['a', 't'].map((path) => content(history, path, at));
    expect([3, 4, 5, 6, 7].map(both)).toEqual([
      ['2\n', 't\n'],
      ['1\n', undefined],
      ['2\n', 't\n'],
      ['1\n', undefined],
      ['2\n', 't\n'],
    ]);
    expect([2, 4, 5, 6].map((at) => history.at(at).git.branch?.name)).toEqual([
      'topic',
      'main',
      'topic',
      'main',
    ]);
    expect(history.at(7).file('/app/t')).toMatchObject({ exists: true, provenance: 'derived' });
    expect(history.at(7).git.head?.message).toBe('two');
  });

  it('merges what only one side changed, and knows no content that both did', () => {
    const history = historyOf(`
      cwd: /app
      1 > git init -b main
      2 > echo 1 > a && echo 1 > b && git add . && git commit -qm one
      3 > git switch -c topic && echo 2 > a && echo 2 > b && git commit -qam two
      4 > git switch main && echo 3 > b && git commit -qam three
      5 > git merge topic -m merged
    `);
    expect(content(history, 'a', 4)).toBe('2\n');
    expect(history.at(4).file('/app/b')).toMatchObject({ content: undefined });
  });

  it('reverts and picks commits of the run', () => {
    const history = historyOf(`
      cwd: /app
      1 > git init -b main
      2 > echo 1 > a && git add . && git commit -qm one
      3 > echo 2 > a && git commit -am two
      [main 2222222] two
      4 > git revert --no-edit HEAD
      [main 3333333] Revert "two"
      5 > git cherry-pick 2222222
      [main 4444444] two
    `);
    expect([3, 4].map((at) => content(history, 'a', at))).toEqual(['1\n', '2\n']);
    expect(history.at(3).git.head).toMatchObject({ hash: '3333333', message: 'Revert "two"' });
  });

  it('forgets contents on a branch that it does not know, but not what was changed and not committed', () => {
    const history = historyOf(`
      cwd: /app
      1 > cat a.py b.py
      2 > cat b.py
      old
      3 > echo mine > a.py
      4 > git checkout other
      Switched to branch 'other'
    `);
    expect(content(history, 'a.py', 3)).toBe('mine\n');
    expect(history.at(3).file('/app/b.py')).toMatchObject({ content: undefined, how: 'unknown' });
  });
});

describe('what git shows', () => {
  it('believes its status over what was derived', () => {
    const history = historyOf(`
      cwd: /app
      1 > echo 1 > a.py && echo log > run.log
      2 > git status
      On branch fix-1
      Changes to be committed:
        (use "git restore --staged <file>..." to unstage)
      	new file:   a.py
      
      Changes not staged for commit:
        (use "git add <file>..." to update what will be committed)
      	modified:   seen/only.py
      
      3 > git rev-parse HEAD
      0123456789abcdef0123456789abcdef01234567
      4 > git log --oneline -3
      fedcba9 (HEAD -> fix-1) Somebody else
      0123456 Before
    `);
    expect(gitAt(history, 1)).toEqual(['M seen/only.py', '+ a.py']);
    expect(history.at(1).git.branch).toEqual({ name: 'fix-1', by: '2' });
    expect(history.at(2).git.head).toMatchObject({ hash: '0123456789abcdef0123456789abcdef01234567' });
    expect(history.at(3).git.head).toMatchObject({ hash: 'fedcba9', message: 'Somebody else' });
  });

  it('restores with certainty what a clean status stood before', () => {
    const history = historyOf(`
      cwd: /app
      1 > git status
      On branch main
      nothing to commit, working tree clean
      2 > sed -i s/a/b/ x.py
      3 @Write {"file_path": "/app/y.py", "content": "new"}
      4 > git status --porcelain
       M x.py
       M y.py
      5 > git checkout y.py
    `);
    expect(history.at(4).file('/app/y.py')).toMatchObject({ how: 'restore', content: undefined });
    expect(gitAt(history, 4)).toEqual(['M x.py']);
  });

  it('keeps repositories apart', () => {
    const history = historyOf(`
      cwd: /app
      1 > git init /tmp/one && echo 1 > /tmp/one/f && git -C /tmp/one add f
      2 > echo 2 > /tmp/two
      3 > cd /tmp/one && git rev-parse --show-toplevel
      /tmp/one
      4 > git -C /tmp/one commit -m first
      [main (root-commit) abcdef1] first
    `);
    expect(history.at(0).git.staged).toEqual(['/tmp/one/f']);
    expect(history.at(3).git).toMatchObject({ staged: [], head: { hash: 'abcdef1' } });
  });
});

describe('readGitArguments', () => {
  it.each([
    ['commit', ['-am', 'message words', '--amend'], ['-a', '--amend'], 'message words', []],
    ['restore', ['-s', 'dev', 'a'], ['-s'], undefined, ['a']],
    ['clean', ['-fdx', '--', 'b'], ['-f', '-d', '-x'], undefined, []],
    ['stash', ['push', '-m', 'text', '--', 'a'], ['-m'], 'text', ['push']],
  ])('git %s %j', (command, args, flags, message, words) => {
    const read = readGitArguments(command, args);
    expect(flags.every((flag) => read.has(flag))).toBe(true);
    expect([read.value('-m'), read.words]).toEqual([message, words]);
  });
});
