/**
 * How well the class of a shell command (change or explore) is told from its text: `npx tsx bench/effects.ts [FILE]`.
 * FILE is JSONL with `command` and `effect`; by default the labelled commands next to the repository.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeShell } from '../src/effects/shell/analyze-shell.ts';
import type { StepClass } from '../src/model/effect.ts';
import { LABELLED } from '../test/support/corpus.ts';

interface Labelled {
  readonly command: string;
  readonly effect: StepClass;
  readonly why?: string;
}

/** Labels that the text as written contradicts; they count as they stand, the list says why they are doubted. */
const DOUBTED: readonly { readonly starts: string; readonly reason: string }[] = [
  {
    starts: ': "${line=$(grep -n',
    reason:
      '`bash -n` refuses the text (unexpected EOF while looking for a matching brace): nothing of it runs',
  },
];

/** The simple rule that a first attempt would use: words that usually change something, and `>`. */
const SIMPLE =
  /(?:^|[\s;&|(])(?:rm|mv|cp|mkdir|rmdir|touch|chmod|chown|ln|tee|install|apt-get|apt|pip|npm|yarn|make|cmake|gcc|g\+\+|cargo|git (?:add|commit|push|checkout|merge|clone|init|reset|rebase|stash)|kill|pkill|service|systemctl|useradd|sed -i|wget|tar|unzip|patch)\s|[^2&]>(?!\s*\/dev\/null|&)/;

const file = process.argv[2] ?? join(LABELLED, 'shell-effects.jsonl');
if (!existsSync(file)) {
  console.error(`no labelled commands at ${file}`);
  process.exit(3);
}
const rows = readFileSync(file, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line): Labelled => JSON.parse(line));

report('this project', (row) => analyzeShell(row.command).requested.class, true);
report('simple regular expression', (row) => (SIMPLE.test(row.command) ? 'change' : 'explore'), false);
report('always explore', () => 'explore', false);

const started = performance.now();
const rounds = 20;
for (let round = 0; round < rounds; round++) for (const row of rows) analyzeShell(row.command);
const seconds = (performance.now() - started) / 1000;
console.log(`\nspeed: ${Math.round((rounds * rows.length) / seconds)} commands per second`);

function report(name: string, classify: (row: Labelled) => StepClass, list: boolean): void {
  let right = 0;
  const count = { hit: 0, falseChange: 0, missed: 0 };
  const wrong: Labelled[] = [];
  for (const row of rows) {
    const said = classify(row);
    if (said === row.effect) right++;
    else wrong.push(row);
    if (said === 'change' && row.effect === 'change') count.hit++;
    else if (said === 'change') count.falseChange++;
    else if (row.effect === 'change') count.missed++;
  }
  const share = (part: number, whole: number): string =>
    whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)}%`;
  console.log(
    `${name}: accuracy ${share(right, rows.length)} (${right} of ${rows.length}), precision of change ${share(count.hit, count.hit + count.falseChange)}, recall of change ${share(count.hit, count.hit + count.missed)}`,
  );
  if (!list) return;
  for (const row of wrong) {
    const doubt = DOUBTED.find((entry) => row.command.startsWith(entry.starts));
    console.log(`  labelled ${row.effect}: ${JSON.stringify(row.command.slice(0, 160))}`);
    console.log(`    label says: ${row.why ?? ''}${doubt ? `; doubted: ${doubt.reason}` : ''}`);
  }
}
