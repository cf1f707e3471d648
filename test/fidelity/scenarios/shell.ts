import { deedsOf, type Scenario } from '../recorder/deed.ts';

const dirs = deedsOf('directories');
const flow = deedsOf('lists, loops, functions');
const env = deedsOf('environment');
const jobs = deedsOf('jobs and limits');

/** What shells do around the commands: directories, lists, loops, variables, jobs. */
export const SHELL: readonly Scenario[] = [
  {
    name: 'directories in lists and subshells',
    deeds: [
      dirs.run('cd calc && echo here > here.txt'),
      dirs.run('pwd; echo relative > relative.txt'),
      dirs.run('(cd /tmp && echo sub > sub.txt); echo outside > outside.txt'),
      dirs.run('cd missing && echo never > never.txt'),
      dirs.run('cd missing || echo fallback > fallback.txt'),
      dirs.run('cd missing; echo anyway > anyway.txt'),
      dirs.run('cd .. ; echo up > up.txt'),
      dirs.run('cd data; cd -; echo back > back.txt'),
      dirs.run(
        'pushd data > /dev/null; echo pushed > pushed.txt; popd > /dev/null; echo popped > popped.txt',
      ),
      dirs.run('cd; echo home > home.txt'),
      dirs.run('cd ~/ && pwd; cd /app/tests/.. && pwd'),
      dirs.run('mkdir -p x/y && cd x/y && echo deep > ../mid.txt'),
      dirs.run('cd $HOME && cd "$OLDPWD" && echo old > old.txt'),
      dirs.run('D=/app/data; cd $D && echo var > var.txt'),
      dirs.run('cd /app/calc | cat; echo pipe > pipe.txt'),
      dirs.run('for d in /app/calc /app/docs; do (cd $d && echo loop > loop.txt); done; pwd'),
      dirs.run('cd /app'),
      dirs.run('cat up.txt calc/relative.txt calc/here.txt'),
    ],
  },
  {
    name: 'lists that fail, loops, functions, tests',
    deeds: [
      flow.run('false && echo a > a.txt; true && echo b > b.txt'),
      flow.run('false || echo c > c.txt; true || echo d > d.txt'),
      flow.run('grep -q nothing README.md && echo found > found.txt'),
      flow.run('echo start > s.txt && ls missing && echo never > s.txt'),
      flow.run('test -f README.md && echo yes > yes.txt; [ -d nowhere ] && echo no > no.txt'),
      flow.run('if [ -f calc/none.py ]; then echo then > branch.txt; else echo else > branch.txt; fi'),
      flow.run('if grep -q little README.md; then sed -i "s/little/big/" README.md; fi'),
      flow.run('for i in 1 2 3; do echo "item $i" >> items.txt; done; cat items.txt'),
      flow.run('for f in calc/*.py; do cp "$f" "$f.orig"; done'),
      flow.run('i=0; while [ $i -lt 2 ]; do i=$((i+1)); echo $i > count-$i.txt; done'),
      flow.run('for f in $(ls calc/*.orig); do rm "$f"; done'),
      flow.run('note() { echo "note: $1" >> notes.txt; }; note one; note two'),
      flow.run('save() { cp "$1" "/tmp/$(basename $1).saved"; }; save README.md; save data/table.csv'),
      flow.run('bash -c "set -e; echo before > e1.txt; false; echo after > e2.txt"; echo ended > e3.txt'),
      flow.run('(set -e; echo x > f1.txt; ls missing; echo y > f2.txt)'),
      flow.run('echo one > p1.txt; false; echo two > p2.txt; false'),
      flow.run('ls missing | tee listing.txt; echo ${PIPESTATUS[0]}'),
      flow.run('case README.md in *.md) echo md > kind.txt;; *) echo other > kind.txt;; esac; ! true'),
      flow.run("bash -c 'echo inner > inner.txt && exit 3'"),
      flow.run('eval "echo evaluated > ev.txt"; F=target.txt; echo via > "$F"; echo via >> ${F%.txt}.log'),
      flow.run('echo `echo sub` > sub.txt; cat <(echo process) > proc.txt; echo $(cat sub.txt) > sub2.txt'),
      flow.run('ls calc/*.py | while read f; do wc -l < $f >> sizes.txt; done'),
      flow.run('find data -name "*.txt" -size -1c -delete; find . -name "count-*.txt" -exec rm {} \\;'),
      flow.run('ls *.txt | head -n 3 | xargs -I{} mv {} /tmp/'),
      flow.run('unknown-program > made-anyway.txt; echo $?'),
      flow.run('echo "unfinished'),
    ],
  },
  {
    name: 'variables, exported and not',
    deeds: [
      env.run('export MODE=test'),
      env.run('echo $MODE > mode.txt'),
      env.run('PLAIN=1; echo "$PLAIN" > plain.txt'),
      env.run("MODE=once bash -c 'echo $MODE > once.txt'; echo $MODE >> once.txt"),
      env.run('export PATH="$PATH:/app/scripts" NUMBER=42'),
      env.run('unset NUMBER; export -n MODE'),
      env.run('export GREETING="hello world"; (export INNER=1); echo $GREETING > greeting.txt'),
      env.run("echo 'export FROM_FILE=yes' > env.sh && source env.sh"),
      env.run('cat greeting.txt mode.txt; read X < mode.txt; echo "$X" > read.txt'),
      env.run('declare -x DECLARED=1; LOCAL=2 && export LOCAL'),
      env.run('export SUM=$((1 + 1)) WHERE=$(pwd)'),
    ],
  },
  {
    name: 'background jobs, limits, exit codes',
    deeds: [
      jobs.run('(sleep 0.4; echo late > late.txt) > /dev/null 2>&1 &'),
      jobs.run('sleep 1; cat late.txt'),
      jobs.run('echo before > t1.txt; sleep 20; echo after > t2.txt', 400),
      jobs.run('cat t1.txt'),
      jobs.run('timeout 0.2 bash -c "echo in > t3.txt; sleep 5; echo out > t4.txt"; echo $?'),
      jobs.run('nohup bash -c "echo detached > nohup-made.txt" > nohup.log 2>&1 & sleep 0.3'),
      jobs.run('cat nohup-made.txt'),
      jobs.run('ls missing; (exit 5)'),
      jobs.run('sleep 0.05 & wait $!; echo waited > waited.txt; kill -0 999999'),
      jobs.run('echo kept > kept.txt; kill -9 $$$$ 2>/dev/null; true'),
    ],
  },
];
