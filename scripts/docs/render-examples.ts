import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** `<!-- prints: codetracer why … -->`, the output in a fence, and the end of the block. */
const BLOCK = /(<!-- prints: codetracer ([^\n]*?) -->\n)[^]*?(<!-- \/prints -->)/g;

/** Pages that show what commands print. */
const PAGES = [
  'docs/benchmark.md',
  'docs/compare.md',
  'docs/patches.md',
  'docs/state.md',
  'docs/time-travel.md',
  'docs/tree.md',
  'docs/why.md',
];

/** The pages with what their commands print now. */
export function renderExamples(): [string, string][] {
  const pages = PAGES.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
  const commands = pages.flatMap(({ text }) => [...text.matchAll(BLOCK)].map((match) => match[2] ?? ''));
  const printed = runAll(commands);
  return pages.map(({ path, text }) => [
    path,
    text.replace(BLOCK, (_, begin: string, command: string, end: string) => {
      const output = printed.get(command) ?? '';
      return `${begin}\`\`\`text\n$ codetracer ${command}\n${output.trimEnd()}\n\`\`\`\n${end}`;
    }),
  ]);
}

function runAll(commands: readonly string[]): ReadonlyMap<string, string> {
  const output = execFileSync(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'run-examples.ts')],
    {
      cwd: ROOT,
      encoding: 'utf8',
      input: JSON.stringify(commands.map((command) => command.split(' '))),
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, COLUMNS: undefined },
    },
  );
  const printed = JSON.parse(output) as readonly string[];
  return new Map(commands.map((command, i) => [command, printed[i] ?? '']));
}
