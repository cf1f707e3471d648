/**
 * Everything that a change must pass, side by side: `npm run check`, or `npm run check -- lint types` for some parts.
 * Prints one line per part; for a part that failed, what its tool said and the command that mends or shows it.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { stripAnsi } from '../src/base/text.ts';

interface Part {
  readonly name: string;
  /** Tools under node_modules/.bin with their arguments, one after the other. */
  readonly commands: readonly (readonly string[])[];
  readonly repair: string;
}

/** The longest first, so that the others fill the gaps. */
const PARTS: readonly Part[] = [
  {
    name: 'unit',
    commands: [
      [
        'vitest',
        'run',
        '--reporter=dot',
        'src',
        'scripts',
        'test/architecture',
        'test/docs',
        'test/examples',
      ],
    ],
    repair: 'npx vitest run src scripts test/architecture test/docs test/examples',
  },
  {
    name: 'types',
    commands: [
      ['tsc', '-p', 'tsconfig.json'],
      ['tsc', '-p', 'tsconfig.core.json'],
    ],
    repair: 'npm run types',
  },
  { name: 'unused', commands: [['knip', '--no-progress']], repair: 'npx knip' },
  {
    name: 'lint',
    commands: [['oxlint', '--type-aware', '--deny-warnings']],
    repair: 'npm run fix, then npx oxlint --type-aware for what is left',
  },
  { name: 'format', commands: [['biome', 'check', '.']], repair: 'npm run fix' },
];

const ROOT = join(import.meta.dirname, '..');

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !PARTS.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(
    `no such part: ${unknown.join(', ')}; there are ${PARTS.map((part) => part.name).join(', ')}`,
  );
  process.exit(2);
}
const queue = PARTS.filter((part) => wanted.length === 0 || wanted.includes(part.name));
const width = Math.max(...queue.map((part) => part.name.length));
const begin = performance.now();
let failed = 0;
const workers = Array.from({ length: Math.max(2, availableParallelism()) }, async () => {
  for (let part = queue.shift(); part; part = queue.shift()) await check(part);
});
await Promise.all(workers);
const total = seconds(performance.now() - begin);
console.log(failed === 0 ? `all ok in ${total}` : `${failed} failed, in ${total}`);
process.exitCode = failed === 0 ? 0 : 1;

async function check(part: Part): Promise<void> {
  const start = performance.now();
  let output = '';
  let ok = true;
  for (const command of part.commands) {
    const done = await run(command);
    output += done.output;
    ok &&= done.ok;
  }
  console.log(`${part.name.padEnd(width)}  ${ok ? 'ok' : 'FAILED'}  ${seconds(performance.now() - start)}`);
  if (ok) return;
  failed++;
  console.log(indent(output));
  console.log(`  repair: ${part.repair}\n`);
}

async function run([tool = '', ...args]: readonly string[]): Promise<{ ok: boolean; output: string }> {
  const child = spawn(join(ROOT, 'node_modules/.bin', tool), args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, output: `${output}${error.message}\n` }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

function seconds(millis: number): string {
  return `${(millis / 1000).toFixed(1)} s`;
}

/** The last 120 lines, for tools put their summary at the end; without colours, which some tools print in CI in spite of NO_COLOR. */
function indent(output: string): string {
  const lines = stripAnsi(output).trimEnd().split('\n');
  const kept = lines.slice(-120);
  if (kept.length < lines.length) kept.unshift(`… ${lines.length - kept.length} more lines`);
  return kept.map((line) => `  ${line}`).join('\n');
}
