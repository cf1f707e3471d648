import { copyFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../src/app/read-runs.ts';
import { makeTemporaryFolder } from './support/temporary-folder.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');

/** Formats whose artifact is one file that its content alone tells: no name, no neighbours. */
const FILES = [
  'mini-swe-agent',
  'swe-agent',
  'claude-code-stream-json',
  'claude-code-session',
  'codex-rollout',
  'gemini-cli',
  'cursor',
  'opencode',
  'pi',
  'qwen',
];

const CASES = FILES.flatMap((format) =>
  readdirSync(join(FIXTURES, format)).flatMap((name) => {
    const folder = join(FIXTURES, format, name);
    const files = readdirSync(folder).filter((file) => statSync(join(folder, file)).isFile());
    return files.length === 1 ? files.map((file): [string, string] => [format, join(folder, file)]) : [];
  }),
);

describe.each(CASES)('%s in a file called unknown', (format, file) => {
  it('is known by its content', async () => {
    const copy = join(await makeTemporaryFolder(), 'unknown');
    copyFileSync(file, copy);
    const found: string[] = [];
    for await (const item of readRuns([copy])) found.push(item.kind === 'run' ? item.run.format : item.kind);
    expect([...new Set(found)]).toEqual([format]);
  });
});
