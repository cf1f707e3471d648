/**
 * Time and memory against the number of steps: `npm run build && npx tsx bench/scale.ts [steps...]`.
 * Each size is a synthetic mini-SWE-agent run (0.5 KB action, 2 KB observation, 40% changes), analysed and written by
 * the built command line in a process of its own.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureCommand } from './lib/measure-command.ts';
import { printTable } from './lib/table.ts';
import { makeAction, makeOutput } from './lib/write-large.ts';

const CLI = join(import.meta.dirname, '..', 'dist', 'cli.js');
const sizes = process.argv.slice(2).map(Number).filter(Boolean);

async function writeRun(path: string, steps: number): Promise<void> {
  const out = createWriteStream(path);
  const put = async (text: string): Promise<void> => {
    if (!out.write(text)) await once(out, 'drain');
  };
  const message = (role: string, content: string): string => JSON.stringify({ role, content });
  await put(
    '{"trajectory_format":"mini-swe-agent-1","info":{"exit_status":"Submitted","submission":"","mini_version":"1.15.0"},"messages":[',
  );
  await put(message('system', 'You are a helpful assistant.'));
  await put(`,${message('user', '<pr_description>\nMake src/module_1.py right.\n</pr_description>')}`);
  for (let step = 1; step <= steps; step++) {
    await put(
      `,${message('assistant', `THOUGHT: step ${step}.\n\n\`\`\`bash\n${makeAction(step)}\n\`\`\``)}`,
    );
    await put(`,${message('user', `<returncode>0</returncode>\n<output>\n${makeOutput(step)}</output>`)}`);
  }
  await put(']}');
  out.end();
  await once(out, 'finish');
}

const rows: (string | number)[][] = [['steps', 'input MB', 'seconds', 'ms/step', 'peak MB', 'exit']];
for (const steps of sizes.length > 0 ? sizes : [2000, 10_000, 100_000]) {
  const folder = await mkdtemp(join(tmpdir(), 'codetracer-scale-'));
  try {
    const path = join(folder, 'run.traj.json');
    await writeRun(path, steps);
    const { size } = await stat(path);
    const { seconds, peakMb, exitCode } = await measureCommand(
      process.execPath,
      [CLI, 'analyze', path],
      folder,
    );
    rows.push([
      steps,
      (size / 1e6).toFixed(0),
      seconds.toFixed(1),
      ((seconds * 1000) / steps).toFixed(2),
      peakMb?.toFixed(0) ?? '?',
      exitCode ?? '?',
    ]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
printTable(rows);
