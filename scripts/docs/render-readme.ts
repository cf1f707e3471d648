import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const BLOCK = /(<!-- demo:[^\n]*-->\n)[^]*?(<!-- \/demo -->)/;

/** The README with what `codetracer demo` prints now. */
export function renderReadme(): string {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  if (!BLOCK.test(readme)) throw new Error('README.md has no block for the demo');
  const block = `\`\`\`text\n${runDemo().trim()}\n\`\`\`\n`;
  return readme.replace(BLOCK, (_, begin: string, end: string) => begin + block + end);
}

function runDemo(): string {
  const main = join(ROOT, 'src/cli/main.ts');
  return execFileSync(process.execPath, ['--import', 'tsx', main, 'demo'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, COLUMNS: undefined },
  });
}
