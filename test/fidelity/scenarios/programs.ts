import { deedsOf, type Scenario } from '../recorder/deed.ts';

const silent = deedsOf('silent change by a program');
const own = deedsOf("the agent's own script");
const tests = deedsOf('tests');

/** Programs that change files without saying so, and tests. */
export const PROGRAMS: readonly Scenario[] = [
  {
    name: 'programs that were there before and were never read',
    deeds: [
      silent.read('/app/data/table.csv'),
      silent.read('/app/calc/ops.py'),
      silent.run("sed -i 's/plum,8/apricot,8/' data/table.csv"),
      silent.run('python3 scripts/tidy.py'),
      silent.run('sh scripts/stamp.sh one'),
      silent.run('./scripts/check.sh'),
      silent.run('cat data/table.csv'),
      silent.run('cat calc/ops.py'),
      silent.run('cat calc/version.py'),
      silent.run('make bump'),
      silent.run('make gen && cat build/table.ssv'),
      silent.run('make lint'),
      silent.run('cat calc/version.py'),
      silent.run('bash scripts/stamp.sh two; ./scripts/stamp.sh three'),
      silent.read('/app/data/table.csv'),
      silent.run('python3 -m calc.ops; python3 -c "import calc"'),
      silent.run('. scripts/stamp.sh four'),
      silent.run('tail -n 1 data/table.csv'),
    ],
  },
  {
    name: 'scripts that the agent wrote and runs',
    deeds: [
      own.write(
        '/app/fix.py',
        'import sys\n\npath = "data/table.csv"\ntext = open(path).read()\nopen(path, "w").write(text.replace("pear", sys.argv[1]))\n',
      ),
      own.run('cat data/table.csv'),
      own.run('python3 fix.py quince'),
      own.run('cat data/table.csv'),
      own.write(
        '/app/make.sh',
        '#!/bin/bash\nset -e\nmkdir -p gen\necho made > gen/one.txt\ncp gen/one.txt gen/two.txt\necho "arg $1" > gen/arg.txt\n',
      ),
      own.run('bash make.sh first'),
      own.run('chmod +x make.sh && ./make.sh second'),
      own.run('cat gen/arg.txt'),
      own.run(
        "cat > loop.py <<'EOF'\nimport os\nfor name in sorted(os.listdir('gen')):\n    with open(os.path.join('gen', name), 'a') as f:\n        f.write('seen\\n')\nEOF\npython3 loop.py",
      ),
      own.run('cat gen/two.txt'),
      own.run('python3 fix.py'),
      own.run('sed -i s/gen/gen2/g make.sh && sh make.sh third'),
      own.run(
        'cat > helper.py <<EOF\ndef go():\n    open("helped.txt", "w").write("yes")\nEOF\npython3 -c "import helper; helper.go()"',
      ),
      own.run('rm fix.py loop.py make.sh'),
    ],
  },
  {
    name: 'tests before and after a fix',
    deeds: [
      tests.run('python3 -m unittest -v'),
      tests.run('python3 -m unittest tests.test_ops -v 2>&1 | tail -n 30'),
      tests.read('/app/calc/ops.py'),
      tests.replace(
        '/app/calc/ops.py',
        'def sub(a, b):\n    return a + b',
        'def sub(a, b):\n    return a - b',
      ),
      tests.run('python3 -m unittest'),
      tests.run('python3 -m unittest -v tests.test_ops.TestOps.test_sub'),
      tests.run(
        "cat >> tests/test_ops.py <<'EOF'\n\n\nclass TestMore(unittest.TestCase):\n    @unittest.skip('later')\n    def test_skip(self):\n        pass\n\n    def test_error(self):\n        raise ValueError('odd')\nEOF",
      ),
      tests.run('python3 -m unittest discover -v 2>&1'),
      tests.run('cd tests && python3 -m unittest -q; cd ..'),
    ],
  },
];
