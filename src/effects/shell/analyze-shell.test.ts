import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarizeEffects } from '../../../test/support/summarize-effects.ts';
import { analyzeShell } from './analyze-shell.ts';

function effects(command: string): string {
  return summarizeEffects(analyzeShell(command).requested.effects);
}

describe('analyzeShell', () => {
  it('knows what a here-document writes', () => {
    expect(effects("cat > a.py <<'EOF'\nx = '$y'\nEOF\n")).toBe(`write a.py set "x = '$y'\\n"`);
    expect(effects('N=bob; cat <<EOF > a.txt\nhi $N \\$N\nEOF')).toBe(
      'env N=bob, write a.txt set "hi bob $N\\n"',
    );
    expect(effects('cat <<EOF > a.txt\n$(date)\nEOF')).toBe('write a.txt');
    expect(effects('cat >> a.txt <<-EOF\n\tone\n\tEOF')).toBe('write a.txt append "one\\n"');
  });

  it('knows what echo and printf write', () => {
    expect(effects('echo a b > f')).toBe('write f set "a b\\n"');
    expect(effects('echo -n a >> f')).toBe('write f append "a"');
    expect(effects("printf '%s-%s\\n' a b c > f")).toBe('write f set "a-b\\nc-\\n"');
    expect(effects('echo $X > f')).toBe('write f');
    expect(effects('> f')).toBe('write f set ""');
  });

  it('takes no stream for a file', () => {
    expect(effects('ls > /dev/null 2>&1')).toBe('search');
    expect(effects('echo x >&2')).toBe('');
    expect(effects('cmd 2> err.txt &> all.txt')).toBe('run cmd, write err.txt, write all.txt');
  });

  it('sees a leading redirection as what it is', () => {
    expect(effects('>ls -la')).toBe('run -la, write ls');
    expect(analyzeShell('>& out true').requested.class).toBe('change');
  });

  it('lets `:` do nothing but what stands behind it', () => {
    expect(effects(': rm -rf /')).toBe('');
    expect(effects(': rm && touch a')).toBe('write a append ""');
    expect(effects(': x > log')).toBe('write log set ""');
    expect(effects(': "$(touch a)"')).toBe('write a append ""');
  });

  it('counts a branch that may run as likely', () => {
    expect(effects('test -f a && rm a')).toBe('delete? a');
    expect(effects('ls a || mkdir a')).toBe('search a, mkdir? a');
    expect(effects('if [ -f a ]; then rm a; else touch a; fi')).toBe('delete? a, write? a append ""');
    expect(effects('while read x; do rm b; done < l')).toBe('delete? b, read l');
  });

  it('unrolls short loops and expands braces and known variables', () => {
    expect(effects('for f in a b; do rm $f.txt; done')).toBe('delete a.txt, delete b.txt');
    expect(effects('for f in *; do rm "$f"; done')).toBe('delete *');
    expect(effects('D=/tmp/x; mkdir $D/{a,b{1..2}}')).toBe(
      'env D=/tmp/x, mkdir /tmp/x/a, mkdir /tmp/x/b1, mkdir /tmp/x/b2',
    );
  });

  it('keeps a variable inside its subshell', () => {
    const { effects } = analyzeShell('(export INNER=1; touch a); export OUTER=2').requested;
    expect(effects.flatMap((effect) => (effect.kind === 'env' ? [effect.name] : []))).toEqual(['OUTER']);
  });

  it('keeps a change of directory inside its subshell', () => {
    expect(effects('(cd a && (cd b; touch c); touch d); touch e')).toBe(
      'write a/b/c append "", write a/d append "", write e append ""',
    );
    expect(effects('cd a && touch c')).toBe('chdir a, write c append ""');
    expect(effects('echo $(cd x && rm y)')).toBe('delete x/y');
  });

  it('runs a function where it is called, and only then', () => {
    expect(effects('f() { rm a; }; ls')).toBe('search');
    expect(effects('f() { rm a; }; f; f')).toBe('delete a, delete a');
    expect(analyzeShell('f() { f; f; }; f').unparsed).toMatch(/nested deeper/);
  });

  it('reads a script that the text writes and runs', () => {
    expect(effects("cat > a.py <<'E'\nopen('b', 'w')\nE\npython a.py")).toBe(
      `write a.py set "open('b', 'w')\\n", run python a.py, write b set ""`,
    );
    expect(effects("echo 'rm x' > a.sh && sh a.sh")).toBe('write a.sh set "rm x\\n", run sh a.sh, delete x');
  });

  it('reads programs in here-documents and options', () => {
    expect(effects("python3 - <<'E'\nfrom pathlib import Path\np = Path('a')\np.write_text('x')\nE")).toBe(
      'run python, write a set "x"',
    );
    expect(effects(`python -c "import os; os.system('rm b')"`)).toBe('run python, delete b');
    expect(effects(`python -c "import subprocess; subprocess.run(['git', 'add', 'a b'])"`)).toBe(
      'run python, git add changes',
    );
    expect(effects("python - <<'E'\n# open('a', 'w')\nprint(1)\nE")).toBe('run python');
  });

  it('splits a patch into its files', () => {
    const diff =
      '--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+b\n--- /dev/null\n+++ b/y.py\n@@ -0,0 +1 @@\n+c\n';
    expect(effects(`git apply <<'E'\n${diff}E`)).toBe(
      'git apply changes, write x.py patch 6 lines, write y.py patch 5 lines',
    );
    expect(effects(`patch -p1 -R <<'E'\n${diff}E`)).toBe('write x.py patch reverse 6 lines, delete y.py');
  });

  it('notices what goes on when the text ends', () => {
    expect(effects('sleep 5 &')).toBe('process wait sleep 5');
    expect(effects('redis-server &')).toBe('process start redis-server');
    expect(effects('nohup make &')).toBe('build? make, process start make');
  });

  it('runs nothing from a syntax error on', () => {
    const analysis = analyzeShell('touch a\nrm b; echo "c');
    expect(summarizeEffects(analysis.requested.effects)).toBe('write a append ""');
    expect(analysis.unparsed).toMatch(/quote/);
  });

  it('names programs without their wrappers', () => {
    expect(analyzeShell('sudo env A=1 timeout 5 nice make | tee log').programs).toEqual(['make', 'tee']);
  });

  it('is explore with doubt where a program is unknown', () => {
    expect(analyzeShell('./frobnicate a').requested).toMatchObject({
      class: 'explore',
      certainty: 'possible',
    });
    expect(analyzeShell('ls').requested).toMatchObject({ class: 'explore', certainty: 'certain' });
    expect(analyzeShell('rm a').requested).toMatchObject({ class: 'change', certainty: 'certain' });
  });

  it('survives any text', () => {
    const seeds = [
      "cat > a <<'EOF'\nx\nEOF\npython - <<PY\nopen('a','w')\nPY",
      'for f in $(ls *.txt); do sed -i "s/a/b/" "$f" && git add $f || exit 1; done | tee >(wc -l) 2>&1',
      'if [[ -f x ]]; then f() { rm -rf ${A:-b}; }; f; fi; case $x in a) ls;; esac',
    ];
    const pieces = fc.constantFrom(
      ...seeds,
      ...'$ ( ) { } < > | & ; \' " ` \\ \n EOF << <<< $( && || ! [[ ]] #'.split(' '),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 12 }), fc.nat(400), (parts, cut) => {
        const text = parts.join('');
        expect(analyzeShell(text).requested.class).toMatch(/change|explore/);
        expect(analyzeShell(text.slice(0, cut)).requested.class).toMatch(/change|explore/);
      }),
      { numRuns: 400 },
    );
  });

  it('stays linear and bounded on hostile texts', () => {
    const hostile = [
      '$('.repeat(20_000),
      '('.repeat(50_000),
      'sudo '.repeat(50_000),
      'a'.repeat(2_000_000),
      `python -c "${'open('.repeat(100_000)}"`,
      `echo ${'{a,b}'.repeat(5_000)}`,
      `sed -i '${'s/a/b/;'.repeat(50_000)}' f`,
      'f() { f; f; }; f; '.repeat(200),
      `awk '${'print '.repeat(50_000)}' f`,
      `git apply <<'E'\n${'--- a/x\n+++ b/x\n'.repeat(20_000)}E`,
      'rm x; '.repeat(60_000),
    ];
    for (const text of hostile) expect(analyzeShell(text).requested.class).toMatch(/change|explore/);
  }, 30_000);
});
