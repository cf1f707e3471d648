/**
 * What continuous integration runs after `npm ci`: the tests of the README (unit, formats, and real artifacts where the
 * corpus is), the other parts of `npm run check`, and the smoke test of the package. Ends with the totals of all tests.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addProgram, countVitest, readTotals, type Totals } from './ci/count-tests.ts';

const ROOT = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'codetracer-ci-'));
const report = join(scratch, 'vitest.json');
let totals: Totals = { passed: 0, failed: 0 };

try {
  const tests = await run(['test', '--', '--reporter=default', '--reporter=json', `--outputFile=${report}`]);
  totals = addProgram(totals, readReport(), tests.code);
  const checks = await run(['run', 'check', '--', 'types', 'unused', 'lint', 'format']);
  totals = addProgram(totals, { passed: 0, failed: 0 }, checks.code);
  const smoke = await run(['run', 'smoke']);
  totals = addProgram(totals, readTotals(smoke.output), smoke.code);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;

function readReport(): Totals | undefined {
  try {
    return countVitest(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Runs an npm command, shows its output as it comes, and keeps it. */
async function run(args: readonly string[]): Promise<{ code: number; output: string }> {
  console.log(`\n> npm ${args.join(' ')}`);
  const start = performance.now();
  const child = spawn('npm', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    process.stdout.write(chunk);
    output += chunk.toString();
  });
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(-1));
    child.on('close', (status) => resolve(status ?? -1));
  });
  console.log(`> exit ${code} after ${((performance.now() - start) / 1000).toFixed(0)} s`);
  return { code, output };
}
