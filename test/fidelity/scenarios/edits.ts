import { deedsOf, type Scenario } from '../recorder/deed.ts';

const writes = deedsOf('redirection');
const heredocs = deedsOf('here-document');
const sed = deedsOf('sed and perl');
const inline = deedsOf('inline program');
const patches = deedsOf('patch');
const tools = deedsOf('edit tool');

/** Edits by every means that shells and tools have. */
export const EDITS: readonly Scenario[] = [
  {
    name: 'redirections write, append and empty a file',
    deeds: [
      writes.run('echo hello > notes.txt'),
      writes.run('echo again >> notes.txt'),
      writes.run("printf 'a\\tb\\n%s\\n' end > table.txt"),
      writes.run("printf 'no newline' > table.txt"),
      writes.run("echo -n bare > bare.txt; echo -e 'x\\ty' >> bare.txt"),
      writes.run('> notes.txt'),
      writes.run(': > bare.txt && echo one | tee bare.txt'),
      writes.run('echo two | tee -a bare.txt notes.txt > /dev/null'),
      writes.run('cat bare.txt notes.txt > both.txt'),
      writes.run('cat both.txt'),
      writes.run('echo "home is $HOME" > home.txt'),
      writes.run('echo err >&2 2> err.txt; ls missing 2> err.txt'),
      writes.run('{ echo first; echo second; } > group.txt; (echo third) >> group.txt'),
      writes.run('cat < group.txt > copy.txt && wc -l copy.txt'),
      writes.run('echo x >| copy.txt; echo y &> both.txt'),
      writes.run('date +%s%N > stamp.txt'),
      writes.run('echo \'single $HOME\' > quoted.txt; echo "two  blanks"   three >> quoted.txt'),
      writes.run('echo a\\nb > slash.txt; cat slash.txt'),
    ],
  },
  {
    name: 'here-documents, quoted and not',
    deeds: [
      heredocs.run("cat > poem.txt <<'EOF'\nroses $RED\n`violets`\n\\back\nEOF"),
      heredocs.run('cat > poem2.txt <<EOF\nplain words\nEOF'),
      heredocs.run('NAME=Ada\ncat > letter.txt <<EOF\nDear $NAME,\ncost \\$5 and $(echo sum)\nEOF'),
      heredocs.run('cat >> letter.txt <<-END\n\tindented\n\tlines\n\tEND'),
      heredocs.run("cat <<'EOF' | tee made.txt\nfrom a pipe\nEOF"),
      heredocs.run("cat > a.txt <<'A' && cat > b.txt <<'B'\nfirst\nA\nsecond\nB"),
      heredocs.run("tee nested/deep.txt <<'EOF'\nno such folder\nEOF"),
      heredocs.run("mkdir -p nested && cat > nested/deep.txt <<'EOF'\nnow there is\n\nEOF"),
      heredocs.run('cat > back.txt <<EOF\nline one \\\ncontinued\n\\n stays\nEOF'),
      heredocs.run('cat > arith.txt <<EOF\n$((1 + 2)) ${HOME:+set}\nEOF'),
      heredocs.read('/app/letter.txt'),
      heredocs.run('cat back.txt arith.txt'),
    ],
  },
  {
    name: 'sed and perl in place',
    deeds: [
      sed.read('/app/calc/ops.py'),
      sed.run("sed -i 's/return a + b/return a - b/' calc/ops.py"),
      sed.run("sed -i '9s/a - b/a-b/; 5s/a - b/a + b/' calc/ops.py"),
      sed.run("sed -i '/^def mul/i # times' calc/ops.py"),
      sed.run("sed -i '$a # the end' calc/ops.py"),
      sed.run("sed -i.bak -e '1d' -e 's/#/##/g' calc/ops.py"),
      sed.run("sed -i -E 's/(def) ([a-z]+)/\\1 my_\\2/' calc/ops.py"),
      sed.run("sed -i 's/nothing here/else/' calc/ops.py"),
      sed.run("sed -i 's|/usr|/opt|' missing.py"),
      sed.run("perl -pi -e 's/my_//g' calc/ops.py"),
      sed.run("perl -0pi -e 's/\\n\\n\\n/\\n\\n/g' calc/ops.py"),
      sed.run("sed -i 's/apple/APPLE/I' data/table.csv data/tabs.tsv"),
      sed.run("sed 's/pear/PEAR/' data/table.csv > data/table2.csv"),
      sed.run(
        "sed -n '2,3p' data/table.csv > part.csv; head -n 2 data/table.csv > head.csv; tail -n 1 data/table.csv > tail.csv",
      ),
      sed.run("sed -i '2,$d' part.csv && cat part.csv"),
      sed.run("sed -i 'y/abc/xyz/' head.csv; awk -F, '{print $2}' data/table.csv > counts.txt"),
      sed.run('awk -i inplace \'{print NR": "$0}\' tail.csv; sort -r data/table.csv -o data/table.csv'),
      sed.read('/app/calc/ops.py'),
      sed.run("sed -i '3,5{s/return/RETURN/;s/a/A/2}' calc/ops.py; sed -i 's/RETURN/return/' calc/ops.py"),
      sed.run("find calc -name '*.py' -exec sed -i 's/SEPARATOR/SEP/g' {} +"),
      sed.run("grep -rl SEP calc | xargs sed -i 's/SEP/SEPARATOR/g'"),
    ],
  },
  {
    name: 'inline programs that edit files',
    deeds: [
      inline.read('/app/calc/words.py'),
      inline.run(
        "python3 - <<'PY'\np='calc/words.py'\ns=open(p).read()\ns=s.replace('len(words)', 'len(list(words))')\nopen(p,'w').write(s)\nPY",
      ),
      inline.run("python3 -c \"open('made.txt','w').write('by python\\n')\""),
      inline.run("python3 -c \"from pathlib import Path; Path('made.txt').write_text('again')\""),
      inline.run(
        "python3 - <<'PY'\nfrom pathlib import Path\np = Path('/app/calc/words.py')\nt = p.read_text()\nassert 'missing text' in t\np.write_text(t.replace('missing text', 'x'))\nPY",
      ),
      inline.run(
        "python3 - <<'PY'\nlines = open('data/table.csv').readlines()\nlines[1] = lines[1].upper()\nopen('data/table.csv', 'w').writelines(lines)\nPY",
      ),
      inline.run(
        "python3 - <<'PY'\nwith open('log.txt', 'a') as f:\n    for i in range(3):\n        f.write(f'row {i}\\n')\nPY",
      ),
      inline.run(
        "python3 - <<'PY'\nwith open('log.txt', 'a') as f:\n    f.write('half')\n    raise SystemExit(3)\nPY",
      ),
      inline.run(
        "python3 - <<'PY'\nimport os, shutil\nos.remove('made.txt')\nshutil.copy('log.txt', 'log2.txt')\nos.rename('log2.txt', 'log3.txt')\nPY",
      ),
      inline.run("node -e \"require('fs').writeFileSync('node.txt', 'from node\\n')\""),
      inline.run("perl -e 'open(F, q(>), q(perl.txt)); print F qq(from perl\\n); close F;'"),
      inline.run(
        "python3 - <<'PY'\nimport re\ns = open('calc/words.py').read()\ns = re.sub(r'def (\\w+)', r'def the_\\1', s)\nopen('calc/words.py', 'w').write(s)\nPY",
      ),
      inline.run(
        "python3 - <<'PY'\ns = open('calc/version.py').read()\nif '2.0' in s:\n    open('calc/version.py', 'w').write('VERSION = \"3.0\"\\n')\nPY",
      ),
      inline.read('/app/calc/words.py'),
      inline.read('/app/log.txt'),
    ],
  },
  {
    name: 'patches by patch and git apply',
    deeds: [
      patches.run(
        "cat > fix.patch <<'EOF'\n--- a/calc/ops.py\n+++ b/calc/ops.py\n@@ -6,5 +6,5 @@\n \n \n def sub(a, b):\n-    return a + b\n+    return a - b\n \nEOF\npatch -p1 < fix.patch",
      ),
      patches.run('cat calc/ops.py'),
      patches.run('patch -R -p1 < fix.patch'),
      patches.run('git apply fix.patch && git diff --stat'),
      patches.run('git apply fix.patch'),
      patches.run('patch -p1 -N < fix.patch'),
      patches.run(
        "git apply - <<'EOF'\ndiff --git a/new.txt b/new.txt\nnew file mode 100644\n--- /dev/null\n+++ b/new.txt\n@@ -0,0 +1,2 @@\n+made by a patch\n+second line\nEOF",
      ),
      patches.run('git diff > all.patch; git apply -R all.patch; cat calc/ops.py'),
      patches.run(
        "patch calc/words.py <<'EOF'\n--- calc/words.py\n+++ calc/words.py\n@@ -9,1 +9,1 @@\n-    return len(words)\n+    return sum(1 for _ in words)\nEOF",
      ),
      patches.read('/app/calc/words.py'),
    ],
  },
  {
    name: 'tools for edits, failing ones too',
    deeds: [
      tools.read('/app/calc/ops.py'),
      tools.replace(
        '/app/calc/ops.py',
        'def sub(a, b):\n    return a + b',
        'def sub(a, b):\n    return a - b',
      ),
      tools.replace('/app/calc/ops.py', 'not in the file', 'anything'),
      tools.replace('/app/calc/ops.py', 'return', 'RETURN'),
      tools.insert('/app/calc/ops.py', 3, '# a remark'),
      tools.insert('/app/calc/ops.py', 0, '# first line\n'),
      tools.undo('/app/calc/ops.py'),
      tools.read('/app/calc/ops.py', 1, 6),
      tools.write('/app/calc/stats.py', 'def mean(xs):\n    return sum(xs) / len(xs)\n'),
      tools.write('/app/calc/stats.py', 'def mean(xs):\n    return sum(xs) / max(1, len(xs))\n'),
      tools.replace('/app/calc/stats.py', 'max(1, len(xs))', 'len(xs)'),
      tools.replace('/app/calc/missing.py', 'a', 'b'),
      tools.read('/app/calc/words.py'),
      tools.edits(
        '/app/calc/words.py',
        { old: 'join_words', new: 'join' },
        { old: 'count(words)', new: 'size(words)' },
      ),
      tools.edits('/app/calc/words.py', { old: 'size', new: 'length' }, { old: 'gone', new: 'here' }),
      tools.replace('/app/calc/words.py', 'words', 'items', true),
      tools.read('/app/calc/words.py'),
      tools.replace('/app/calc/words.py', '    return len(items)', ''),
      tools.write('/app/notes/deep/new.md', '# New\n\nno newline at the end'),
      tools.insert('/app/notes/deep/new.md', 3, 'last'),
      tools.read('/app/notes/deep/new.md'),
      tools.undo('/app/notes/deep/new.md'),
      tools.run('cat calc/ops.py'),
      tools.run('cat calc/words.py'),
    ],
  },
];
