import { Random } from '../fuzz/random.ts';
import { type Deed, deedsOf } from './recorder/deed.ts';
import type { NextDeed } from './recorder/record.ts';
import type { Truth } from './recorder/recording.ts';

const WORDS = [
  'apple',
  'pear',
  'plum',
  'total',
  'value',
  'x1',
  'done',
  'left',
  'größe',
  "it's",
  '$HOME',
  'a*b',
  '#9',
  '"q"',
];
const NEW_NAMES = [
  'one.txt',
  'two.py',
  'data/three.csv',
  'calc/four.py',
  'docs/five six.md',
  '/tmp/seven.txt',
  'new/eight.txt',
];
const FOLDERS = ['calc', 'data', 'docs', 'tests', '/app', '/tmp', '/app/calc', 'nowhere'];

/** What a random deed is made from: the world as it is now. */
interface Situation {
  readonly random: Random;
  readonly truth: Truth;
  /** Text files of the project, sorted. */
  readonly texts: readonly string[];
}

type Maker = (situation: Situation) => Deed | undefined;

/** Kinds of deeds with their weights. */
const MAKERS: readonly (readonly [weight: number, make: Maker])[] = [
  [8, readFile],
  [5, writeFile],
  [7, replaceText],
  [2, replaceSeveral],
  [3, insertLine],
  [1, undoEdit],
  [7, redirect],
  [4, hereDocument],
  [6, sedInPlace],
  [3, inlineProgram],
  [5, moveCopyRemove],
  [5, gitUndo],
  [3, gitCommit],
  [3, gitStash],
  [2, gitBranch],
  [3, changeDirectory],
  [3, silentProgram],
  [3, list],
  [2, setVariable],
  [2, applyPatch],
  [1, runTests],
  [4, look],
];

const TOTAL = MAKERS.reduce((sum, [weight]) => sum + weight, 0);

/** A random sequence of so many deeds; the same seed gives the same choices in the same world. */
export function randomDeeds(seed: number, length: number): NextDeed {
  const random = new Random(seed);
  return (truth, done) => {
    if (done >= length) return undefined;
    const texts = [...truth.files].flatMap(([path, entry]) =>
      entry.kind === 'file' && path.startsWith('/app/') && entry.text.length < 60_000 ? [path] : [],
    );
    const situation = { random, truth, texts };
    for (;;) {
      const deed = pickMaker(random)(situation);
      if (deed) return done > 0 && random.below(12) === 0 ? { ...deed, sameTurn: true } : deed;
    }
  };
}

function pickMaker(random: Random): Maker {
  let left = random.below(TOTAL);
  for (const [weight, make] of MAKERS) {
    left -= weight;
    if (left < 0) return make;
  }
  return look;
}

function readFile({ random, texts }: Situation): Deed | undefined {
  const path = random.pick(texts);
  if (path === undefined) return undefined;
  const from = 1 + random.below(6);
  return random.below(4) === 0
    ? deedsOf('read').read(path, from, from + random.below(8))
    : deedsOf('read').read(path);
}

function writeFile({ random, texts }: Situation): Deed {
  const path =
    random.below(2) === 0 ? (random.pick(texts) ?? '/app/w.txt') : absolute(random.pick(NEW_NAMES));
  const text = someLines(random).join('\n') + (random.below(5) === 0 ? '' : '\n');
  return deedsOf('edit tool').write(path, text);
}

function replaceText({ random, truth, texts }: Situation): Deed | undefined {
  const path = random.pick(texts);
  const line =
    path === undefined ? undefined : random.pick(linesOf(truth, path).filter((one) => one.trim() !== ''));
  if (path === undefined || line === undefined) return undefined;
  const start = random.below(Math.max(1, line.length - 3));
  const old = random.below(8) === 0 ? `${line}?` : line.slice(start, start + 1 + random.below(30));
  const by = random.below(6) === 0 ? '' : word(random);
  return deedsOf('edit tool').replace(path, old, by, random.below(6) === 0);
}

function replaceSeveral({ random, truth, texts }: Situation): Deed | undefined {
  const path = random.pick(texts);
  const lines = path === undefined ? [] : linesOf(truth, path).filter((one) => one.length > 3);
  const [first, second] = [random.pick(lines), random.pick(lines)];
  if (path === undefined || first === undefined || second === undefined) return undefined;
  return deedsOf('edit tool').edits(
    path,
    { old: first, new: word(random) },
    { old: second, new: word(random) },
  );
}

function insertLine({ random, truth, texts }: Situation): Deed | undefined {
  const path = random.pick(texts);
  if (path === undefined) return undefined;
  const line = random.below(linesOf(truth, path).length + 2);
  return deedsOf('edit tool').insert(path, line, word(random) + (random.below(4) === 0 ? '\n' : ''));
}

function undoEdit({ random, texts }: Situation): Deed | undefined {
  const path = random.pick(texts);
  return path === undefined ? undefined : deedsOf('edit tool').undo(path);
}

function redirect({ random, texts }: Situation): Deed {
  const target = somePath(random, texts);
  const print = random.pick([
    `echo ${word(random)}`,
    `echo "${plain(random)} and $HOME"`,
    `printf '%s\\n' ${plain(random)} ${plain(random)}`,
    `printf '${plain(random)}'`,
    `echo -e '${plain(random)}\\t${plain(random)}'`,
    `cat ${quoted(random.pick(texts) ?? 'README.md')}`,
    `head -n 2 ${quoted(random.pick(texts) ?? 'README.md')}`,
    'ls calc',
    `{ echo ${plain(random)}; echo ${plain(random)}; }`,
  ]);
  const how = random.pick([
    `> ${target}`,
    `>> ${target}`,
    `| tee ${target}`,
    `| tee -a ${target} > /dev/null`,
  ]);
  return deedsOf('redirection').run(`${print} ${how}`);
}

function hereDocument({ random, texts }: Situation): Deed {
  const target = somePath(random, texts);
  const mark = random.pick(["'EOF'", 'EOF', '"END"']) ?? 'EOF';
  const end = mark.replaceAll(/['"]/g, '');
  const mode = random.pick(['>', '>>']);
  const body = someLines(random).join('\n');
  return deedsOf('here-document').run(`cat ${mode} ${target} <<${mark}\n${body}\n${end}`);
}

function sedInPlace({ random, truth, texts }: Situation): Deed | undefined {
  const path = random.pick(texts);
  if (path === undefined) return undefined;
  const found = /[A-Za-z]{2,}/.exec(random.pick(linesOf(truth, path)) ?? '')?.[0] ?? 'nothing';
  const script = random.pick([
    `s/${found}/${plain(random)}/`,
    `s/${found}/${plain(random)}/g`,
    `${1 + random.below(5)}d`,
    `/${found}/d`,
    `2i ${plain(random)}`,
    `$a ${plain(random)}`,
    `1,3s/^/# /`,
    `s/\\(${found}\\)/<\\1>/`,
  ]);
  const program =
    random.below(6) === 0 ? `perl -pi -e 's/${found}/${plain(random)}/g'` : `sed -i '${script}'`;
  return deedsOf('sed and perl').run(`${program} ${quoted(path)}`);
}

function inlineProgram({ random, truth, texts }: Situation): Deed | undefined {
  const path = random.pick(texts);
  if (path === undefined) return undefined;
  const old = /\w{3,}/.exec(random.pick(linesOf(truth, path)) ?? '')?.[0] ?? 'none';
  const name = JSON.stringify(path);
  const body = random.pick([
    `s = open(${name}).read()\nopen(${name}, 'w').write(s.replace('${old}', '${plain(random)}'))`,
    `from pathlib import Path\np = Path(${name})\np.write_text(p.read_text() + '${plain(random)}\\n')`,
    `with open(${name}, 'a') as f:\n    f.write('${plain(random)}\\n')`,
    `lines = open(${name}).read().splitlines()\nprint(len(lines))`,
    `lines = open(${name}).readlines()\nopen(${name}, 'w').writelines(reversed(lines))`,
    `import os\nif os.path.getsize(${name}) > 40:\n    open(${name}, 'w').write('short\\n')`,
  ]);
  return deedsOf('inline program').run(`python3 - <<'PY'\n${body}\nPY`);
}

function moveCopyRemove({ random, texts }: Situation): Deed | undefined {
  const [from, other] = [random.pick(texts), random.pick(texts)];
  if (from === undefined || other === undefined) return undefined;
  const target = somePath(random, texts);
  const command = random.pick([
    `mv ${quoted(from)} ${target}`,
    `cp ${quoted(from)} ${target}`,
    `cp ${quoted(from)} ${quoted(other)}`,
    `rm ${quoted(from)}`,
    `rm -f ${target}`,
    `cp -r calc calc-${random.below(3)}`,
    `mkdir -p new && mv ${quoted(from)} new/`,
    `touch ${target}`,
    `ln -sf ${quoted(from)} link-${random.below(2)}.txt`,
  ]);
  return deedsOf('move, copy, remove').run(command ?? 'ls');
}

function gitUndo({ random, texts }: Situation): Deed {
  const path = quoted(random.pick(texts) ?? 'README.md');
  const command = random.pick([
    `git checkout ${path}`,
    `git checkout -- ${path}`,
    `git restore ${path}`,
    'git checkout -q .',
    'git reset -q --hard',
    'git reset -q',
    `git restore --staged ${path}`,
    'git clean -fdq',
    `git checkout HEAD~1 -- ${path}`,
  ]);
  return deedsOf('git checkout, restore, reset').run(command ?? 'git status');
}

function gitCommit({ random, texts }: Situation): Deed {
  const path = quoted(random.pick(texts) ?? 'README.md');
  const command = random.pick([
    `git add ${path}`,
    'git add -A',
    `git add -A && git commit -qm "${plain(random)}"`,
    `git commit -am "${plain(random)}"`,
    `git commit -m "${plain(random)}"`,
    'git reset -q --soft HEAD~1',
    `git rm -q --cached ${path}`,
  ]);
  return deedsOf('git add and commit').run(command ?? 'git status');
}

function gitStash({ random }: Situation): Deed {
  const command = random.pick([
    'git stash',
    'git stash -u',
    'git stash pop',
    'git stash apply',
    'git stash drop',
    'git stash list',
  ]);
  return deedsOf('git stash').run(command ?? 'git stash list');
}

function gitBranch({ random }: Situation): Deed {
  const command = random.pick([
    'git checkout feature',
    'git checkout main',
    'git checkout -q -',
    `git checkout -qb work-${random.below(4)}`,
    'git merge feature',
    'git merge --abort',
    'git revert --no-edit HEAD',
    'git cherry-pick side',
    'git cherry-pick --abort',
    'git switch main',
  ]);
  return deedsOf('git branches and merges').run(command ?? 'git branch');
}

function changeDirectory({ random, truth, texts }: Situation): Deed {
  // Above the project the world ends.
  const up = /^\/app\/./.test(truth.cwd) && random.below(6) === 0;
  const folder = up ? '..' : random.pick(FOLDERS);
  const command = random.pick([
    `cd ${folder}`,
    `cd ${folder} && pwd`,
    `cd ${folder} && echo ${plain(random)} > cd.txt`,
    `(cd ${folder} && echo ${plain(random)} > sub.txt)`,
    `cd ${folder}; ls | head -n 3`,
    'cd -',
    'cd',
    `cd /app && cat ${quoted(random.pick(texts) ?? 'README.md')}`,
  ]);
  return deedsOf('directories').run(command ?? 'pwd');
}

function silentProgram({ random }: Situation): Deed {
  const command = random.pick([
    'python3 scripts/tidy.py',
    `sh scripts/stamp.sh ${plain(random)}`,
    './scripts/check.sh',
    'make bump',
    'make gen',
    'make lint',
    'python3 -c "import calc"',
  ]);
  return deedsOf('silent change by a program').run(`cd /app && ${command}`);
}

function list({ random, texts }: Situation): Deed {
  const [a, b] = [somePath(random, texts), somePath(random, texts)];
  const w = plain(random);
  const command = random.pick([
    `echo ${w} > ${a} && echo ${w} > ${b}`,
    `ls nowhere && echo ${w} > ${a}`,
    `ls nowhere || echo ${w} > ${a}`,
    `grep -q ${w} README.md && echo ${w} > ${a}`,
    `echo ${w} > ${a} && ls nowhere && echo ${w} > ${b}`,
    `for f in one two; do echo $f >> ${a}; done`,
    `for f in calc/*.py; do echo "# ${w}" >> $f; done`,
    `if [ -f calc/ops.py ]; then echo ${w} > ${a}; else echo other > ${b}; fi`,
    `test -d nowhere; echo ${w} >> ${a}`,
    `[ -e ${a} ] && rm ${a}`,
    `echo ${w} > ${a}; false`,
    `bash -c 'echo ${w} > inner.txt; exit 2'`,
    `set -- ${w}; echo "$1" > ${a}`,
  ]);
  return deedsOf('lists, loops, functions').run(command ?? 'ls');
}

function setVariable({ random, texts }: Situation): Deed {
  const name = random.pick(['MODE', 'LEVEL', 'NAME']);
  const command = random.pick([
    `export ${name}=${plain(random)}`,
    `${name}=${plain(random)}`,
    `unset ${name}`,
    `echo "$${name}" > ${somePath(random, texts)}`,
    `${name}=${plain(random)} && echo $${name} >> ${somePath(random, texts)}`,
  ]);
  return deedsOf('environment').run(command ?? 'env');
}

function applyPatch({ random, truth, texts }: Situation): Deed | undefined {
  const path = random.pick(texts.filter((one) => !/[^\w./-]/.test(one)));
  const text = path === undefined ? undefined : truth.files.get(path);
  if (path === undefined || text?.kind !== 'file' || !text.text.endsWith('\n') || text.text.includes('\r'))
    return undefined;
  const lines = text.text.slice(0, -1).split('\n');
  const at = random.below(lines.length);
  const from = Math.max(0, at - 3);
  const to = Math.min(lines.length, at + 4);
  const hunk = lines
    .slice(from, to)
    .flatMap((line, index) => (from + index === at ? [`-${line}`, `+${plain(random)}`] : [` ${line}`]));
  const name = path.slice('/app/'.length);
  const size = to - from;
  const diff = `--- a/${name}\n+++ b/${name}\n@@ -${from + 1},${size} +${from + 1},${size} @@\n${hunk.join('\n')}\n`;
  const program = random.pick(['patch -p1', 'git apply', 'git apply -']);
  return deedsOf('patch').run(`cd /app && ${program} <<'EOF'\n${diff}EOF`);
}

function runTests({ random }: Situation): Deed {
  const command = random.pick([
    'python3 -m unittest',
    'python3 -m unittest -v',
    'python3 -m unittest tests.test_ops -v 2>&1 | tail -n 20',
  ]);
  return deedsOf('tests').run(`cd /app && ${command}`);
}

function look({ random, texts }: Situation): Deed {
  const path = quoted(random.pick(texts) ?? 'README.md');
  const command = random.pick([
    `cat ${path}`,
    `cat -n ${path}`,
    `head -n 3 ${path}; tail -n 2 ${path}`,
    `nl ${path} | head`,
    `grep -n a ${path}`,
    'git status',
    'git status --short',
    'git diff',
    'git log --oneline | head -n 5',
    'ls -la',
    'pwd',
    `cat ${path} ${quoted(random.pick(texts) ?? 'README.md')}`,
  ]);
  return deedsOf('read').run(command ?? 'ls');
}

function linesOf(truth: Truth, path: string): string[] {
  const entry = truth.files.get(path);
  if (entry?.kind !== 'file') return [];
  const lines = entry.text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function someLines(random: Random): string[] {
  return Array.from({ length: 1 + random.below(5) }, () => `${word(random)} ${word(random)}`);
}

function word(random: Random): string {
  return random.pick(WORDS) ?? 'word';
}

/** A word that means the same in every quoting. */
function plain(random: Random): string {
  return random.pick(WORDS.slice(0, 8)) ?? 'word';
}

function somePath(random: Random, texts: readonly string[]): string {
  return quoted(
    random.below(2) === 0 ? (random.pick(texts) ?? 'x.txt') : (random.pick(NEW_NAMES) ?? 'x.txt'),
  );
}

function absolute(path: string | undefined): string {
  return path === undefined || path.startsWith('/') ? (path ?? '/app/x.txt') : `/app/${path}`;
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
