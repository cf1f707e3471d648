/**
 * How well the class of a shell command (change or explore) is told from its text, beside two simple rules:
 * `npx tsx bench/effects.ts [FILE] [--corpus] [--speed]`. FILE is JSONL with `command` and `effect` (and `why`, `tags`); by
 * default the labelled commands next to the repository. `--corpus` reads every shell command of the corpus: how many are
 * not parsed and why, which programs are not known, and what names of scripts tell against their texts.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeShell } from '../src/effects/shell/analyze-shell.ts';
import type { StepClass } from '../src/model/effect.ts';
import { LABELLED } from '../test/support/corpus.ts';
import { measureCorpus } from './lib/corpus-commands.ts';

interface Labelled {
  readonly command: string;
  readonly effect: StepClass;
  readonly why?: string;
  readonly tags?: readonly string[];
}

/** Labels that the text as written contradicts; the score is given with them as they stand, and without them. */
const DISPUTED: readonly { readonly starts: string; readonly reason: string }[] = [
  {
    starts: ': "${line=$(grep -n',
    reason:
      '`bash -n` refuses the text (unexpected EOF while looking for a matching brace): nothing of it runs',
  },
];

/** The simple rule that a first attempt would use: words that usually change something, and `>`. */
const SIMPLE =
  /(?:^|[\s;&|(])(?:rm|mv|cp|mkdir|rmdir|touch|chmod|chown|ln|tee|install|apt-get|apt|pip|npm|yarn|make|cmake|gcc|g\+\+|cargo|git (?:add|commit|push|checkout|merge|clone|init|reset|rebase|stash)|kill|pkill|service|systemctl|useradd|sed -i|wget|tar|unzip|patch)\s|[^2&]>(?!\s*\/dev\/null|&)/;

const args = process.argv.slice(2);
const file = args.find((arg) => !arg.startsWith('--')) ?? join(LABELLED, 'shell-effects.jsonl');
if (!existsSync(file)) {
  console.error(`no labelled commands at ${file}`);
  process.exit(3);
}
const rows = readFileSync(file, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line): Labelled => JSON.parse(line));
const undisputed = rows.filter((row) => disputeOf(row) === undefined);

const ours = (row: Labelled): StepClass => analyzeShell(row.command).requested.class;
report('this project', ours, rows);
if (undisputed.length < rows.length)
  report(`this project without ${rows.length - undisputed.length} disputed labels`, ours, undisputed);
report('simple regular expression', (row) => (SIMPLE.test(row.command) ? 'change' : 'explore'), rows);
report('always explore', () => 'explore', rows);
listWrong();
reportTags();

if (args.includes('--speed') || args.length === 0) {
  const started = performance.now();
  const rounds = 20;
  for (let round = 0; round < rounds; round++) for (const row of rows) analyzeShell(row.command);
  const seconds = (performance.now() - started) / 1000;
  console.log(`\nspeed: ${Math.round((rounds * rows.length) / seconds)} commands per second`);
}
if (args.includes('--corpus')) await measureCorpus();

function disputeOf(row: Labelled): string | undefined {
  return DISPUTED.find((entry) => row.command.startsWith(entry.starts))?.reason;
}

function report(name: string, classify: (row: Labelled) => StepClass, list: readonly Labelled[]): void {
  let right = 0;
  const count = { hit: 0, falseChange: 0, missed: 0 };
  for (const row of list) {
    const said = classify(row);
    if (said === row.effect) right++;
    if (said === 'change' && row.effect === 'change') count.hit++;
    else if (said === 'change') count.falseChange++;
    else if (row.effect === 'change') count.missed++;
  }
  const share = (part: number, whole: number): string =>
    whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)}%`;
  console.log(
    `${name}: accuracy ${share(right, list.length)} (${right} of ${list.length}), precision of change ${share(count.hit, count.hit + count.falseChange)}, recall of change ${share(count.hit, count.hit + count.missed)}`,
  );
}

/** Every label that is not met, with its reason, and what was seen instead. */
function listWrong(): void {
  const wrong = rows.filter((row) => ours(row) !== row.effect);
  console.log(`\nnot as labelled: ${wrong.length}`);
  for (const row of wrong) {
    const { requested, unknown, unparsed } = analyzeShell(row.command);
    const dispute = disputeOf(row);
    console.log(`  labelled ${row.effect}: ${JSON.stringify(row.command.slice(0, 160))}`);
    console.log(`    label says: ${row.why ?? ''}${dispute === undefined ? '' : `; disputed: ${dispute}`}`);
    const seen = requested.effects.map((effect) => effect.kind).join(', ') || 'nothing';
    const doubt = [
      ...unknown.map((name) => `cannot read ${name}`),
      ...(unparsed === undefined ? [] : [unparsed]),
    ];
    console.log(`    seen: ${seen}${doubt.length > 0 ? ` (${doubt.join('; ')})` : ''}`);
  }
}

/** How many commands of each kind of difficulty are right. */
function reportTags(): void {
  const tags = new Map<string, { right: number; all: number }>();
  for (const row of rows) {
    for (const tag of row.tags ?? []) {
      const entry = tags.get(tag) ?? { right: 0, all: 0 };
      entry.all++;
      if (ours(row) === row.effect) entry.right++;
      tags.set(tag, entry);
    }
  }
  const list = [...tags].toSorted((a, b) => b[1].all - a[1].all);
  if (list.length > 0)
    console.log(`\nby tag: ${list.map(([tag, { right, all }]) => `${tag} ${right}/${all}`).join(', ')}`);
}
