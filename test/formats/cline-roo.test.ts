import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../../src/app/read-runs.ts';
import { clineRooFormat as format } from '../../src/formats/cline-roo/format.ts';
import { detectFormat } from '../../src/formats/detect-format.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { createMemoryReader, openDiskReader } from '../../src/io/open-reader.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';
import type { Run } from '../../src/model/run.ts';
import { allTexts, stringsIn } from '../support/all-texts.ts';
import { CORPUS, hasCorpus } from '../support/corpus.ts';
import { extractCuts, scoreFormats } from '../support/cut-fixture.ts';
import { extractRuns } from '../support/extract-one.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/cline-roo');
const reader = await openDiskReader(FIXTURES);

async function one(path: string): Promise<Run> {
  const [run] = await extractRuns(format, reader, path);
  if (!run) throw new Error(`${path}: no run`);
  return run;
}

const outline = (run: Run) =>
  run.steps.map(({ tool, status, turn, observation }) => [tool, status, turn, observation?.split('\n')[0]]);

describe('a task with calls as tags in the text', () => {
  it('has one step per call, cut-off and refused ones included', async () => {
    expect(outline(await one('xml-style'))).toEqual([
      ['read_file', 'ok', 1, '<files>'],
      ['apply_diff', 'ok', 2, '<file_write_result>'],
      [
        'execute_command',
        'error',
        3,
        "Command executed in terminal  within working directory '/home/dev/shop'. Exit code: 1",
      ],
      [
        'execute_command',
        'rejected',
        5,
        'The user denied this operation and provided the following feedback:',
      ],
      ['attempt_completion', 'unknown', 6, undefined],
    ]);
  });

  it('keeps reasoning that only the editor has, words, and the replies to answers without a call', async () => {
    const run = await one('xml-style');
    expect(run.steps.map(({ thought }) => thought)).toEqual([
      'Where is the rounding?\n\nI read the file first.',
      '`Math.floor` is the fault; a `<read_file>` more is not needed.',
      undefined,
      'The test fails by a hair.\n\nThe rounding is to cents, so it holds.',
      undefined,
    ]);
    expect(run.messages.filter(({ kind }) => kind === 'format-error')).toHaveLength(1);
    expect(run.finalMessage?.text).toBe('Tax is rounded to cents now.');
    expect(run.task?.text).toBe('The tax of 19 percent is rounded wrongly. Mend `src/tax.ts`.');
  });

  it('knows directory, model, exit code, and what each request cost', async () => {
    const run = await one('xml-style');
    expect(run).toMatchObject({
      initialCwd: '/home/dev/shop',
      model: 'acme/coder-2',
      agent: { name: 'roo-code' },
    });
    expect(run.steps[2]).toMatchObject({
      exitCode: 1,
      recordedCwd: '/home/dev/shop',
      args: { command: 'npm test -- tax' },
    });
    // Anthropic's count leaves out the 50 tokens that were written to the cache.
    expect(run.steps[0]?.usage).toMatchObject({ inputTokens: 53, cacheWriteTokens: 50 });
    expect(run.steps[1]?.usage).toMatchObject({ inputTokens: 200, outputTokens: 10 });
    expect(run.usage).toMatchObject({ outputTokens: 60 });
  });

  it('points at the blocks', async () => {
    const [first] = (await one('xml-style')).steps;
    expect(first?.actionRef).toEqual({
      artifact: 'xml-style/api_conversation_history.json',
      pointer: '/1/content/0',
    });
    expect(first?.observationRef?.pointer).toBe('/2/content/1');
    expect(first?.thoughtRef).toEqual({ artifact: 'xml-style/ui_messages.json', pointer: '/2/text' });
  });
});

describe('a task with native calls', () => {
  it('pairs by name and by id, though ids come again', async () => {
    const run = await one('native-calls');
    expect(outline(run)).toEqual([
      ['read_file', 'ok', 1, 'ports: [8080]'],
      ['search_files', 'ok', 1, 'Found 1 result.'],
      ['execute_command', 'error', 2, 'Command failed with exit code 127.'],
      ['use_mcp_tool', 'ok', 3, '8080'],
      ['attempt_completion', 'ok', 4, '<user_message>'],
    ]);
    expect(run.steps[0]?.parallelGroup).toBe(run.steps[1]?.parallelGroup);
    expect(run.steps[3]?.images).toEqual(['inline image/png']);
  });

  it('takes usage from its metrics, model and version from the metadata', async () => {
    const run = await one('native-calls');
    expect(run).toMatchObject({ model: 'acme-large-2', agent: { name: 'cline', version: '3.40.0' } });
    expect(run.steps[0]?.usage).toEqual({
      inputTokens: 250,
      cachedInputTokens: 50,
      outputTokens: 20,
      costUsd: 0.02,
    });
  });

  it('reports a summary, and ends with the last words', async () => {
    const run = await one('native-calls');
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['compacted-history']);
    expect(run.finalMessage?.text).toBe('Its port');
  });
});

describe('a task whose history was condensed', () => {
  it('keeps what only the editor still shows, as messages where it was said', async () => {
    const run = await one('condensed');
    expect(outline(run).map(([tool]) => tool)).toEqual(['execute_command']);
    const told = run.messages.map(({ role, text, before }) => [
      role,
      text.trimEnd().split('\n').at(-1),
      before,
    ]);
    const first = run.steps[0]?.id;
    expect(told).toEqual([
      ['user', '</task>', first],
      ['assistant', 'Summary: the words were read and are in no order yet.', first],
      ['environment', '</task>', first],
      ['assistant', 'I look into the file first.', first],
      ['assistant', '{"tool": "readFile", "path": "words.txt"}', first],
      ['environment', 'plum', first],
      ['assistant', 'Three words, none in its place.', first],
      ['assistant', 'wc -l words.txt', first],
      // The request that was to tell it failed.
      ['environment', '3 words.txt', first],
      ['assistant', 'I was about to', first],
      [
        'assistant',
        '{"tool": "newFileCreated", "path": "notes.md", "content": "A note that was never fin"}',
        undefined,
      ],
      ['environment', 'Output:', undefined],
      ['assistant', 'They are sor', undefined],
      ['environment', 'The connection was lost at the last word', undefined],
    ]);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['compacted-history', 'abandoned-call']);
    expect(run.exceptions).toMatchObject([{ kind: 'api', message: '529 overloaded' }]);
  });
});

describe('other files of a task', () => {
  it('what the editor showed is a run of its own where no history is there', async () => {
    const run = await one('shown-only');
    expect(outline(run)).toEqual([
      ['newFileCreated', 'unknown', 1, undefined],
      ['execute_command', 'unknown', 2, 'hello'],
      ['ask_followup_question', 'ok', 3, 'no'],
      ['attempt_completion', 'unknown', 3, undefined],
    ]);
    expect(run.exceptions).toMatchObject([{ kind: 'api', message: '529 overloaded' }]);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['abandoned-call', 'unknown-record']);
    expect(run.usage).toMatchObject({ inputTokens: 140, cachedInputTokens: 90 });
  });

  it('a log of calls joins each with the answer that wrote it', async () => {
    const run = await one('call-log/sess_1_a.jsonl');
    expect(run.steps.map(({ action, thought }) => [action, thought])).toEqual([
      ['node --version', 'I ask it.'],
      ['read_file\npath: package-lock.json', 'Also the lock file.'],
    ]);
    expect(run.finalMessage?.text).toContain('<list_files>');
  });
});

describe('detection and damage', () => {
  it.each([
    'xml-style',
    'native-calls',
    'shown-only',
    'xml-style/api_conversation_history.json',
    'xml-style/ui_messages.json',
    'call-log/sess_1_a.jsonl',
  ])('%s is recognised', async (path) => {
    const entry = await reader.stat(path);
    if (!entry) throw new Error(`no ${path}`);
    const choice = await detectFormat(entry, reader, FORMATS);
    expect(choice.kind === 'chosen' && choice.format.id).toBe('cline-roo');
  });

  it.each([
    'xml-style/api_conversation_history.json',
    'native-calls/api_conversation_history.json',
    'shown-only/ui_messages.json',
    'call-log/sess_1_a.jsonl',
  ])('%s is known without its name', async (path) => {
    const [best] = await scoreFormats(readFileSync(join(FIXTURES, path), 'utf8'), 'unknown');
    expect(best?.id).toBe('cline-roo');
    expect(best?.score).toBeGreaterThan(0.5);
  });

  it('reads what is left of a cut file', async () => {
    for (const path of [
      'xml-style/api_conversation_history.json',
      'shown-only/ui_messages.json',
      'call-log/sess_1_a.jsonl',
    ]) {
      const runs = await extractCuts(format, `cline-roo/${path}`);
      expect(runs).toHaveLength(10);
      for (const run of runs) expect(checkIntegrity(run)).toEqual([]);
      expect(runs.at(-1)?.steps.length).toBeGreaterThan(0);
    }
  });

  it('reports what is no message, and never throws', async () => {
    const odd = [
      null,
      3,
      {},
      { role: 'user' },
      { role: 'assistant', content: [1, { type: 'x' }, { type: 'tool_use' }] },
    ];
    const name = 'api_conversation_history.json';
    const [run] = await extractRuns(format, createMemoryReader({ [name]: JSON.stringify(odd) }), name);
    expect(run?.steps.map(({ tool }) => tool)).toEqual(['unknown']);
    expect(run?.diagnostics.map(({ code }) => code)).toContain('unexpected-shape');
  });
});

/** Answers with a call, counted without any code of the extractor. */
function countCalls(messages: readonly { role: string; isSummary?: boolean; content: unknown }[]): number {
  const names =
    /^<(?:update_todo_list|use_mcp_tool|write_to_file|read_file|attempt_completion|codebase_search|execute_command|list_files|apply_diff|search_files)>$/m;
  return messages.filter(
    ({ role, isSummary, content }) =>
      role === 'assistant' && !isSummary && stringsIn(content).some((text) => names.test(text)),
  ).length;
}

describe.runIf(hasCorpus)('real tasks', () => {
  it('have as many steps as answers with a call, and lose no text', async () => {
    const root = join(CORPUS, 'cline-roo');
    const counted: [string, number][] = [];
    const found: [string, number][] = [];
    const lost: string[] = [];
    for await (const item of readRuns([root])) {
      if (item.kind !== 'run' || item.run.path.endsWith('.jsonl')) continue;
      const messages: { role: string; content: unknown }[] = JSON.parse(
        readFileSync(join(item.run.path, 'api_conversation_history.json'), 'utf8'),
      );
      counted.push([item.run.path, countCalls(messages)]);
      found.push([item.run.path, item.run.steps.length]);
      const kept = squeeze(allTexts([item.run]));
      lost.push(...findLost(messages, kept));
      expect(checkIntegrity(item.run)).toEqual([]);
    }
    expect(found).toEqual(counted);
    expect(lost).toEqual([]);
    expect(found).toHaveLength(7);
  });

  it('a log of calls has a step per recorded call', async () => {
    const folder = join(CORPUS, 'cline-roo/RooCodeInc+Roo-Code/.roo-logs');
    const [name = ''] = readdirSync(folder);
    const calls = readFileSync(join(folder, name), 'utf8').match(/"type":"tool_call"/g)?.length;
    for await (const item of readRuns([join(folder, name)])) {
      expect(item.kind === 'run' && item.run.steps.length).toBe(calls);
    }
  });
});

/** Paragraphs that stand nowhere in the run. Headers of results, and the tags around a command, are form and no text. */
function findLost(messages: readonly { content: unknown }[], kept: string): string[] {
  const texts = messages.flatMap(({ content }) => stringsIn(content, ['type']));
  return texts
    .filter((text) => !/^\[\w+[^\n]*\] Result:$/.test(text))
    .flatMap((text) => text.split(/\n\n|\n(?=<)/))
    .map((paragraph) => squeeze(paragraph.replace(/<\/?(?:execute_command|command)>/g, '')))
    .filter((paragraph) => !kept.includes(paragraph))
    .map((paragraph) => paragraph.slice(0, 200));
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}
