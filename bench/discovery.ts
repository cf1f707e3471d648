/**
 * Discovery in a large messy tree: `npm run build && npx tsx bench/discovery.ts [files]` (200,000 unless told). The tree has
 * nested folders, runs of two formats among other files, and links that go around in circles; it is made in a
 * temporary folder and removed.
 */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureCommand } from './lib/measure-command.ts';
import { printTable } from './lib/table.ts';
import { writeLarge } from './lib/write-large.ts';

const CLI = join(import.meta.dirname, '..', 'dist', 'cli.js');
const wanted = Number(process.argv[2] ?? 200_000);
const FILES_PER_FOLDER = 100;
/** One file in so many is a run. */
const RUN_EVERY = 500;

function layTree(root: string): { folders: number; runs: number } {
  let folders = 0;
  let runs = 0;
  for (let made = 0; made < wanted; folders++) {
    const folder = join(root, `group_${folders % 40}`, `part_${Math.floor(folders / 40)}`, 'deep');
    mkdirSync(folder, { recursive: true });
    for (let i = 0; i < FILES_PER_FOLDER && made < wanted; i++, made++) {
      if (made % RUN_EVERY === 0) {
        if (runs % 2 === 0) writeLarge(join(folder, `run_${i}.traj.json`), 'mini-swe-agent', 1);
        else writeLarge(join(folder, `run_${i}.jsonl`), 'claude-code-session', 1);
        runs++;
      } else if (i % 3 === 0) writeFileSync(join(folder, `module_${i}.py`), `value = ${made}\n`);
      else if (i % 3 === 1)
        writeFileSync(join(folder, `data_${i}.json`), JSON.stringify({ id: made, ok: true }));
      else writeFileSync(join(folder, `notes_${i}.txt`), `line ${made}\n`.repeat(20));
    }
    if (folders % 10 === 0) symlinkSync('../..', join(folder, 'up'));
  }
  return { folders, runs };
}

const root = await mkdtemp(join(tmpdir(), 'codetracer-discovery-'));
try {
  const { folders, runs } = layTree(root);
  const args = [CLI, 'discover', root, '--json', '--no-extractors'];
  const { seconds, peakMb, exitCode } = await measureCommand(process.execPath, args, tmpdir());
  printTable([
    ['files', 'folders', 'runs', 'seconds', 'files/s', 'peak MB', 'exit'],
    [
      wanted,
      folders,
      runs,
      seconds.toFixed(1),
      (wanted / seconds).toFixed(0),
      peakMb?.toFixed(0) ?? '?',
      exitCode ?? '?',
    ],
  ]);
} finally {
  await rm(root, { recursive: true, force: true });
}
