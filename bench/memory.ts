/**
 * Peak memory of `codetracer analyze` against the size of its input: `npm run build && npx tsx bench/memory.ts [MB...]`.
 * Each file is made up in a temporary folder, analysed by the built command line in a process of its own, and removed:
 * a session file of lines, and one JSON document with one large array. Needs as much free disk as the largest file.
 */
import { statfsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureCommand } from './lib/measure-command.ts';
import { printTable } from './lib/table.ts';
import { LARGE_KINDS, writeLarge } from './lib/write-large.ts';

const CLI = join(import.meta.dirname, '..', 'dist', 'cli.js');
const given = process.argv.slice(2).map(Number).filter(Boolean);
const sizes = given.length > 0 ? given : [64, 256, 1024, 2048];

const rows: (string | number)[][] = [['format', 'input MB', 'seconds', 'peak MB', 'exit']];
for (const kind of LARGE_KINDS) {
  for (const megabytes of sizes) {
    const folder = await mkdtemp(join(tmpdir(), 'codetracer-memory-'));
    try {
      const { bavail, bsize } = statfsSync(folder);
      if (bavail * bsize < megabytes * 1e6 * 1.5) {
        rows.push([kind, megabytes, 'no room on the disk', '-', '-']);
        continue;
      }
      const path = join(folder, kind === 'mini-swe-agent' ? 'run.traj.json' : 'run.jsonl');
      writeLarge(path, kind, megabytes * 1e6);
      const { size } = await stat(path);
      const args = [CLI, 'analyze', path, '--out', join(folder, 'out')];
      const { seconds, peakMb, exitCode } = await measureCommand(process.execPath, args, folder);
      const peak = peakMb?.toFixed(0) ?? '?';
      rows.push([kind, (size / 1e6).toFixed(0), seconds.toFixed(1), peak, exitCode ?? '?']);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
printTable(rows);
