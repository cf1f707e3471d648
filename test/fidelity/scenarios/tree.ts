import { type Deed, deedsOf, type Scenario } from '../recorder/deed.ts';

const back = deedsOf('backtrack');
const group = deedsOf('parallel calls');
const help = deedsOf('sub-agent');

const together = (deed: Deed): Deed => ({ ...deed, sameTurn: true });
const byHelper = (deed: Deed): Deed => ({ ...deed, helper: true });

/** Sequences whose tree has branches: ways back, parallel calls, a helper. */
export const TREES: readonly Scenario[] = [
  {
    name: 'ways back to an earlier state',
    deeds: [
      back.read('/app/calc/ops.py'),
      back.read('/app/calc/version.py'),
      back.replace('/app/calc/version.py', '1.0', '1.1'),
      back.replace('/app/calc/version.py', '1.1', '1.2'),
      back.replace('/app/calc/version.py', '1.2', '1.1'),
      back.run('git checkout calc/version.py'),
      back.write('/app/calc/gone.py', 'x = 1\n'),
      back.run('rm calc/gone.py'),
      back.write('/app/calc/gone.py', 'x = 1\n'),
      back.run('rm -f calc/gone.py'),
      back.run('cp calc/ops.py /tmp/ops.bak'),
      back.run("sed -i 's/a + b/a - b/' calc/ops.py"),
      back.run('cat README.md; ls'),
      back.run('cp /tmp/ops.bak calc/ops.py'),
      back.run('mv calc/ops.py calc/o.py'),
      back.run('mv calc/o.py calc/ops.py'),
      back.run("sed -i 's/VERSION/V/' calc/version.py; sed -i 's/V /VERSION /' calc/version.py"),
      back.run('echo x > README.md; git stash -q'),
      back.run('git stash pop -q'),
      back.run('git reset -q --hard'),
      back.run('python3 scripts/tidy.py'),
      back.run('git checkout -q .'),
      back.run('echo probe > /tmp/probe.txt; echo check > test_probe.py'),
      back.run('chmod 600 README.md; mkdir -p newdir'),
    ],
  },
  {
    name: 'calls of one turn',
    deeds: [
      group.read('/app/calc/ops.py'),
      together(group.read('/app/calc/words.py')),
      together(group.run('ls')),
      group.replace('/app/calc/ops.py', 'def mul', 'def times'),
      together(group.replace('/app/calc/words.py', 'def count', 'def size')),
      together(group.run('echo third > third.txt')),
      group.run('cat third.txt'),
      together(group.run('rm third.txt')),
      group.run('git checkout -q .'),
      group.run('cat calc/ops.py'),
    ],
  },
  {
    name: 'a helper that changes files',
    deeds: [
      help.read('/app/calc/words.py'),
      { family: 'sub-agent', kind: 'delegate', prompt: 'Write the notes.' },
      byHelper(help.run('echo from the helper > notes.txt')),
      byHelper(help.run('cat notes.txt')),
      byHelper(help.run("sed -i 's/helper/aide/' notes.txt")),
      help.run('cat notes.txt'),
      help.replace('/app/calc/words.py', 'def count', 'def size'),
      help.run('rm notes.txt'),
    ],
  },
];
