/** Files of the project before its second commit. */
const FILES: Readonly<Record<string, string>> = {
  'README.md': '# calc\n\nA small calculator.\n\n- add\n- sub\n- join words\n',
  '.gitignore': '__pycache__/\nbuild/\n',
  Makefile: [
    'gen:',
    '\tmkdir -p build',
    "\tsed 's/,/;/g' data/table.csv > build/table.ssv",
    'bump:',
    "\tsed -i 's/1\\.0/1.1/' calc/version.py",
    'lint:',
    '\t@echo clean',
    '',
  ].join('\n'),
  'calc/__init__.py': 'from calc.ops import add, sub\n',
  'calc/ops.py': [
    '"""Operations on numbers."""',
    '',
    '',
    'def add(a, b):',
    '    return a + b',
    '',
    '',
    'def sub(a, b):',
    '    return a + b',
    '',
    '',
    'def mul(a, b):',
    '    result = 0',
    '    for _ in range(b):',
    '        result = add(result, a)',
    '    return result',
    '',
  ].join('\n'),
  'calc/words.py': [
    'SEPARATOR = ", "',
    '',
    '',
    'def join_words(words):',
    '    return SEPARATOR.join(words)',
    '',
    '',
    'def count(words):',
    '    return len(words)',
    '',
  ].join('\n'),
  'calc/version.py': 'VERSION = "1.0"\n',
  'tests/__init__.py': '',
  'tests/test_ops.py': [
    'import unittest',
    '',
    'from calc.ops import add, mul, sub',
    '',
    '',
    'class TestOps(unittest.TestCase):',
    '    def test_add(self):',
    '        self.assertEqual(add(2, 3), 5)',
    '',
    '    def test_sub(self):',
    '        self.assertEqual(sub(5, 3), 2)',
    '',
    '    def test_mul(self):',
    '        self.assertEqual(mul(2, 3), 6)',
    '',
    '',
    'if __name__ == "__main__":',
    '    unittest.main()',
    '',
  ].join('\n'),
  'data/table.csv': 'name,count\napple,3\npear,5\nplum,8\n',
  'data/crlf.txt': 'first\r\nsecond\r\nthird\r\n',
  'data/no-newline.txt': 'alpha\nbeta\ngamma',
  'data/tabs.tsv': 'id\tname\tsize\n1\tax\t10\n2\tbow\t20\n',
  'data/unicode.txt': 'caf\u00e9\n\u6f22\u5b57 and \u{1f600}\n\u00fcber alles\n',
  'data/empty.txt': '',
  'data/long.txt': `start ${'word '.repeat(1200)}end\nshort\n`,
  'data/big.txt': Array.from({ length: 1500 }, (_, index) => `line ${index + 1} of the big file\n`).join(''),
  'docs/with space.md': 'A name with a space.\n',
  // Nobody reads it; it changes two files in silence.
  'scripts/tidy.py': [
    'import pathlib',
    'table = pathlib.Path("data/table.csv")',
    'rows = table.read_text().splitlines()',
    'table.write_text("\\n".join([rows[0]] + sorted(rows[1:])) + "\\n")',
    'ops = pathlib.Path("calc/ops.py")',
    'ops.write_text(ops.read_text().replace("numbers", "figures"))',
    '',
  ].join('\n'),
  // Nobody reads it; it only looks.
  'scripts/check.sh': '#!/bin/sh\ngrep -c def calc/ops.py\nexit 0\n',
  'scripts/stamp.sh': '#!/bin/sh\necho "stamp $1" >> data/table.csv\n',
};

const FEATURE_OPS = `


def div(a, b):
    return a // b
`;

/** Builds the repository: two commits on `main`, a branch `feature` off the first, a branch `side` that conflicts. */
export function buildProject(
  run: (command: string) => void,
  write: (path: string, text: string) => void,
): void {
  for (const [path, text] of Object.entries(FILES)) write(path, text);
  run('chmod +x scripts/*.sh && ln -s data/table.csv current.csv');
  // Without the samples of hooks that git would put there: every world is a copy.
  run('git init -q --template= && git add -A && git commit -qm "Start"');
  run('git checkout -qb feature');
  run(`cat >> calc/ops.py <<'END'${FEATURE_OPS}END\ngit commit -qam "Divide"`);
  write('calc/extra.py', 'EXTRA = True\n');
  run('git add -A && git commit -qm "Add extra"');
  run("git checkout -qb side main && sed -i 's/small/tiny/' README.md && git commit -qam 'Call it tiny'");
  run("git checkout -q main && sed -i 's/small/little/' README.md && git commit -qam 'Call it little'");
}
