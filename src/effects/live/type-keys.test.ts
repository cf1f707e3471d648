import { describe, expect, it } from 'vitest';
import type { Effect } from '../../model/effect.ts';
import { showScreen } from './read-screen.ts';
import { FRESH_SESSION, type LiveSession } from './session.ts';
import { readCommand, typeKeys } from './type-keys.ts';

/** Types one text after the other; `screen:` shows a screen instead. Each effect is told with the number of its text. */
function follow(...texts: readonly string[]): { told: string[]; session: LiveSession } {
  let session = FRESH_SESSION;
  const told: string[] = [];
  for (const [i, text] of texts.entries()) {
    if (text.startsWith('screen:')) {
      session = showScreen(session, text.slice(7));
      continue;
    }
    const typed = typeKeys(session, text);
    ({ session } = typed);
    const effects =
      typed.command === undefined
        ? typed.effects
        : readCommand(typed.command, typed.opened).requested.effects;
    told.push(...effects.filter(({ kind }) => kind !== 'run').map((effect) => `${i + 1} ${tell(effect)}`));
  }
  return { told, session };
}

function tell(effect: Effect): string {
  const { kind } = effect;
  if (kind === 'write') {
    const { change } = effect;
    const content =
      change.kind === 'set' || change.kind === 'append' ? ` ${JSON.stringify(change.content)}` : '';
    return `write ${effect.path} ${change.kind}${content} ${effect.certainty}`;
  }
  if (kind === 'delete' || kind === 'read') return `${kind} ${effect.path}`;
  if (kind === 'remote') return `remote ${effect.host}: ${effect.command ?? ''}`;
  return kind === 'network' ? `${effect.direction} ${effect.target ?? ''}` : kind;
}

const innermost = (session: LiveSession): string => session.programs.at(-1)?.kind ?? 'none';

describe('keys typed into a shell', () => {
  it.each([
    ['a command with its Enter', ['rm a\n'], ['1 delete a']],
    ['a command that a later step enters', ['rm ', 'a', '\n'], ['3 delete a']],
    ['a command that is taken back', ['rm a', '\u0003', '\n'], []],
    ['a character that is taken back', ['rm ab', 'BSpace', 'Enter'], ['3 delete a']],
    ['the name of a key behind a command', ['rm a Enter'], ['1 delete a']],
    [
      'a here-document line by line',
      ["cat > f <<'E'\n", 'x\n', '  rm a\n', 'E\n'],
      ['4 write f set "x\\n  rm a\\n" certain'],
    ],
    [
      'a here-document at once',
      ["cat > f <<'E'\nx\nE\nrm b\n"],
      ['1 write f set "x\\n" certain', '1 delete b'],
    ],
    ['a quote that is still open', ["echo 'a\n", "b' > f\n"], ['2 write f set "a\\nb\\n" certain']],
    ['a loop over several steps', ['for i in a b; do\n', 'rm $i\n', 'done\n'], ['3 delete a', '3 delete b']],
    ['a shift that is no here-document', ['echo $((1 << 2))\n', 'rm a\n'], ['2 delete a']],
  ])('%s', (_, texts, told) => {
    expect(follow(...texts).told).toEqual(told);
  });

  it('gives up on a command that the shell has refused', () => {
    expect(follow("echo 'a\n", 'screen:bash: syntax error\nroot@box:/app# ', 'rm a\n').told).toEqual([
      '3 delete a',
    ]);
    expect(follow("echo 'a\n", 'screen:> ', "' > f\n").told).toEqual(['3 write f set "a\\n\\n" certain']);
  });
});

describe('keys typed into editors', () => {
  it.each([
    ['vim saves what it was for', ['vim f\n', 'ix', 'Escape', ':wq\n'], ['4 write f unknown likely']],
    ['vim at once', ['vim f\nihello\u001b:wq\n'], ['1 write f unknown likely']],
    ['vim leaves without saving', ['vim f\n', 'ix\u001b', ':q!\n', 'rm a\n'], ['4 delete a']],
    ['vim saves under another name', ['vim f\n', 'dd', ':w g\n'], ['3 write g unknown likely']],
    [
      'a command typed as text is none',
      ['vim f\n', 'irm a\nrm b\n', '\u001b:x\n'],
      ['3 write f unknown likely'],
    ],
    ['vim leaves by letters', ['vim f\n', 'x', 'ZZ', 'rm a\n'], ['3 write f unknown likely', '4 delete a']],
    ['vim runs a command', ['vim f\n', ':!rm a\n'], ['2 delete a']],
    [
      'nano saves and leaves',
      ['nano f\n', 'x', 'C-x', 'y', 'Enter', 'rm a\n'],
      ['5 write f unknown likely', '6 delete a'],
    ],
    ['nano leaves', ['nano f\n', 'x', 'C-x', 'n', 'rm a\n'], ['5 delete a']],
    ['ed', ['ed f\n', 'a\nx\n.\nw\nq\n', 'rm a\n'], ['2 write f unknown likely', '3 delete a']],
    ['git asks for a message', ['git commit\n', 'ifix\u001b:wq\n', 'rm a\n'], ['1 git', '3 delete a']],
  ])('%s', (_, texts, told) => {
    expect(follow(...texts).told.filter((line) => !line.endsWith('keys'))).toEqual(told);
  });

  it('knows a new file that was typed whole', () => {
    const screen = 'screen:~\n~\n~\n~\n"f" [New]';
    const typed = (...keys: string[]): string | undefined => follow('vim f\n', screen, ...keys).told.at(-1);
    expect(typed('ione\ntwo', '\u001b:wq\n')).toBe('4 write f set "one\\ntwo\\n" likely');
    expect(typed('ione\n\u001b', 'dd', ':wq\n')).toBe('5 write f unknown likely');
    expect(typed('iif x:\n  y', '\u001b:wq\n')).toBe('4 write f unknown likely');
  });
});

describe('keys typed into other programs', () => {
  it.each([
    [
      'code of Python',
      ['python3\n', "open('a','w').write('x')\n", 'exit()\n', 'rm b\n'],
      ['2 write a set "x" likely', '4 delete b'],
    ],
    [
      'names from lines before',
      ['python3\n', "t = 'x'\n", "open('a','w').write(t)\n"],
      ['3 write a set "x" likely'],
    ],
    [
      'a block of Python',
      ['python3\n', "for n in ['a']:\n", "  open(n,'w').write('x')\n", '\n'],
      ['4 write a set "x" likely'],
    ],
    [
      'a file that is typed',
      ['cat > f\n', 'one\n', 'two\n', 'C-d', 'rm a\n'],
      ['1 write f unknown certain', '4 write f set "one\\ntwo\\n" likely', '5 delete a'],
    ],
    [
      'another machine',
      ['ssh u@h\n', 'rm a\n', 'exit\n', 'rm b\n'],
      ['1 remote u@h: ', '2 remote u@h: rm a', '2 send u@h', '4 delete b'],
    ],
    [
      'an editor on another machine',
      ['ssh h\n', 'vim f\n', 'x:wq\n'],
      ['1 remote h: ', '2 remote h: vim f', '2 send h', '3 send h'],
    ],
    [
      'a database',
      ['sqlite3 a.db\n', 'DELETE FROM t\n', 'WHERE x;\n', '.quit\n', 'rm b\n'],
      ['1 read a.db', '3 write a.db unknown certain', '5 delete b'],
    ],
    ['a pager', ['less f\n', 'j', 'q', 'rm b\n'], ['1 read f', '4 delete b']],
    ['a shell in a shell', ['bash\n', 'rm a\n', 'exit\n', 'exit\n'], ['2 delete a']],
    ['a program that ran to its end', ['python3 x.py\n', 'rm a\n'], ['2 delete a']],
  ])('%s', (_, texts, told) => {
    expect(follow(...texts).told).toEqual(told);
  });

  it('believes the screen', () => {
    expect(
      follow('python3\n', 'screen:bash: python3: command not found\nroot@box:/app# ', 'rm a\n').told,
    ).toEqual(['3 delete a']);
    expect(innermost(follow('./start\n', 'screen:Python 3.12\n>>> ').session)).toBe('repl');
    expect(innermost(follow('./start\n', 'screen:text\n-- INSERT --').session)).toBe('editor');
    expect(innermost(follow('sudo ls\n', 'screen:[sudo] password for me: ').session)).toBe('prompt');
    expect(innermost(follow('ssh h\n', 'screen:me@h:~$ ').session)).toBe('remote');
  });

  it('changes no session that it was given', () => {
    const before = typeKeys(FRESH_SESSION, 'vim f\nix').session;
    const copy = structuredClone(before);
    typeKeys(before, '\u001b:wq\n');
    expect(before).toEqual(copy);
  });

  it('takes any text in its stride', () => {
    const keys = `vim f\ni${'x\n'.repeat(20_000)}\u001b:wq\ncat <<E\n${'<<E '.repeat(5_000)}\n${'('.repeat(5_000)}\n`;
    expect(() => typeKeys(FRESH_SESSION, keys)).not.toThrow();
  });
});
