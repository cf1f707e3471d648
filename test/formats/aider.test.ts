import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../../src/app/read-runs.ts';
import { aiderFormat as format } from '../../src/formats/aider/format.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Run } from '../../src/model/run.ts';
import { allTexts } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractCuts, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/aider');
const HISTORY = 'history/.aider.chat.history.md';
const reader = await openDiskReader(FIXTURES);

async function nth(path: string, index: number): Promise<Run> {
  const run = (await extractRuns(format, reader, path))[index];
  if (!run) throw new Error(`${path}: no run ${index}`);
  return run;
}

const outline = ({ steps }: Run) => steps.map(({ tool, status, turn }) => [tool, status, turn]);

describe('a history of several sessions', () => {
  it('is a run per session in which something happened', async () => {
    const runs = await extractRuns(format, reader, HISTORY);
    expect(runs.map(({ path, startedAt, model }) => [path, startedAt, model])).toEqual([
      [`${HISTORY}#2`, Date.UTC(2025, 2, 1, 9, 0, 10), 'acme/coder-1'],
      [`${HISTORY}#3`, Date.UTC(2025, 2, 1, 10, 0, 0), 'acme/coder-1'],
    ]);
    expect(runs[0]?.diagnostics.map(({ message }) => message)).toEqual([
      '1 sessions before this one hold nothing',
    ]);
  });

  it('has a step per edit and per command that was run', async () => {
    const run = await nth(HISTORY, 0);
    expect(outline(run)).toEqual([
      ['edit_block', 'ok', 1],
      ['edit_block', 'error', 1],
      ['edit_block', 'ok', 2],
      ['shell', 'unknown', 2],
      ['/test', 'unknown', 3],
      ['/run', 'unknown', 5],
    ]);
    expect(run.steps.map(({ args }) => args?.path ?? args?.command)).toEqual([
      'greet.py',
      'README.md',
      'README.md',
      'python greet.py',
      'pytest -q',
      'git stash',
    ]);
  });

  it('takes prompts and output inside a block for what they are: text of a file', async () => {
    const [, second] = (await nth(HISTORY, 0)).steps;
    expect(second?.args?.search).toBe('# Greeter\n\n#### Use\n');
    expect(second?.args?.replace).toBe('# Greeter\n\n> It shouts.  \n\n#### Use  \n');
    expect(second?.observation).toMatch(/^The LLM did not conform[^]*applied successfully\.$/);
  });

  it('keeps headings and quotes of an answer as the agent’s words', async () => {
    const [first] = (await nth(HISTORY, 0)).steps;
    expect(first?.thought).toBe('> quoted: greet in capitals\n\n#### Plan\n\nTwo files change.');
  });

  it('knows prompts, steering commands and interruptions apart', async () => {
    const run = await nth(HISTORY, 0);
    expect(run.task?.text).toBe('Greet in capitals, and\ndocument it in README.md');
    expect(run.messages.filter(({ role }) => role === 'user').map(({ kind, text }) => [kind, text])).toEqual([
      ['prompt', 'Greet in capitals, and\ndocument it in README.md'],
      ['notice', '/add test_greet.py'],
      ['prompt', 'the test wants capitals too'],
      ['interruption', '^C KeyboardInterrupt'],
    ]);
  });

  it('reads usage, directory and version', async () => {
    const run = await nth(HISTORY, 0);
    expect(run).toMatchObject({
      initialCwd: '/home/dev/greeter',
      agent: { name: 'aider', version: '0.75.1' },
    });
    expect(run.steps[0]?.usage).toEqual({
      inputTokens: 1500,
      cachedInputTokens: 1024,
      outputTokens: 120,
      costUsd: 0.02,
    });
    expect(run.usage).toMatchObject({ inputTokens: 3500, outputTokens: 200 });
  });

  it('notes faults of the service, and ends with the last words', async () => {
    const run = await nth(HISTORY, 1);
    expect(run.exceptions.map(({ kind }) => kind)).toEqual(['api']);
    expect(run.finalMessage?.text).toBe('One function that greets.');
    expect(run.usage).toEqual({ inputTokens: 500, outputTokens: 9 });
  });

  it('points at lines', async () => {
    const run = await nth(HISTORY, 0);
    const text = readFileSync(join(FIXTURES, HISTORY), 'utf8').split('\n');
    const at = (line: number | undefined): string | undefined => text[(line ?? 0) - 1];
    expect(at(run.steps[0]?.actionRef.line)).toBe('greet.py');
    expect(at(run.steps[0]?.observationRef?.line)).toBe('> Applied edit to greet.py  ');
    expect(at(run.steps[4]?.actionRef.line)).toBe('#### /test pytest -q  ');
  });
});

describe('other files', () => {
  it('whole files and diffs are edits where aider says so', async () => {
    const run = await nth('whole-files/chat.md', 0);
    expect(run.path).toBe('whole-files/chat.md');
    expect(outline(run)).toEqual([
      ['whole_file', 'ok', 1],
      ['unified_diff', 'rejected', 2],
    ]);
    expect(run.steps[0]?.args).toEqual({
      path: 'src/add.js',
      content: 'export const add = (a, b) => a + b;\n',
    });
  });

  it('an excerpt on a web page is a session without a header', async () => {
    const run = await nth('excerpt/example.md', 0);
    expect(outline(run)).toEqual([
      ['edit_block', 'ok', 1],
      ['/run', 'unknown', 2],
    ]);
    expect(run.steps[1]?.observation).toBe('hello\nAdd the output to the chat? n');
    expect(run.finalMessage).toBeUndefined();
  });

  it.each([HISTORY, 'whole-files/chat.md', 'excerpt/example.md'])(
    '%s is known by its content',
    async (path) => {
      const [best] = await scoreFormats(readFileSync(join(FIXTURES, path), 'utf8'), 'unknown');
      expect(best?.id).toBe('aider');
      expect(best?.score).toBeGreaterThan(0.5);
    },
  );

  it('a document that only explains the marks is none', async () => {
    const [best] = await scoreFormats('# Format\n\n> This is output.\n\n#### Prompts look so\n', 'README.md');
    expect(best?.score).toBeLessThan(0.5);
  });

  it('a cut or empty history is a run, not an error', async () => {
    for (const run of await extractCuts(format, `aider/${HISTORY}`)) expect(checkIntegrity(run)).toEqual([]);
    const [run] = await extractRuns(format, createMemoryReader({ 'a.md': '' }), 'a.md');
    expect(run?.diagnostics.map(({ code }) => code)).toEqual(['empty-file', 'no-steps']);
  });
});

describe.runIf(hasCorpus)('real transcripts', () => {
  const folder = join(CORPUS, 'aider/Aider-AI+aider/aider/website/examples');

  it('have as many steps as edit blocks and commands, and lose no line', async () => {
    const counted: [string, number][] = [];
    const found: [string, number][] = [];
    const lost: string[] = [];
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8');
      const edits = text.match(/^>>>>>>> UPDATED$/gm)?.length ?? 0;
      const commands = text.match(/^#### \/run /gm)?.length ?? 0;
      if (name === 'README.md') continue;
      counted.push([name, edits + commands]);
      for await (const item of readRuns([join(folder, name)])) {
        if (item.kind !== 'run') throw new Error(`${name}: ${item.kind}`);
        expect(item.run.format).toBe('aider');
        found.push([name, item.run.steps.length]);
        const kept = new Set(
          allTexts([item.run])
            .split('\n')
            .map((line) => line.trim()),
        );
        lost.push(
          ...text
            .split('\n')
            .map(bare)
            .filter((line) => line !== '' && !kept.has(line)),
        );
      }
    }
    expect(found).toEqual(counted);
    expect(found).toHaveLength(13);
    expect(lost).toEqual([]);
  });
});

/** A line without its mark; empty for markup, fences and commands, which are kept in other forms. */
function bare(line: string): string {
  const text = line.replace(/^(?:#### \/run |#### |>(?!>) ?)/, '').trim();
  return /^<\/?(?:div|br)|^```/.test(text) ? '' : text;
}
