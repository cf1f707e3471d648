import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ConformItem, conformRun, conformRuns } from '../src/app/conform.ts';
import { type ReadItem, readRuns } from '../src/app/read-runs.ts';
import { summarizeConformance } from '../src/app/report-conformance.ts';
import { ConformanceMeter } from '../src/evolve/conformance/measure-conformance.ts';
import { miniSweAgentFormat } from '../src/formats/mini-swe-agent/format.ts';
import { openDiskReader } from '../src/io/open-reader.ts';
import type { Run } from '../src/model/run.ts';
import { extractRuns } from './support/extract-one.ts';
import { makeTemporaryFolder } from './support/temporary-folder.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');

/** Drift that fixtures hold on purpose, by folder: everything else must be as its format is known. */
const ON_PURPOSE: Readonly<Record<string, readonly string[]>> = {
  // Two files that name each other as their continuation.
  'atif/terminus-2': ['unexpected-shape'],
  // The request to the helper that condenses the history is none of the agent's conversation.
  'openhands-completions/condensed': ['unread-kind'],
  'swe-agent/history-only': ['unexpected-shape'],
};

/** Formats whose fixtures and losses are looked at here. */
const FORMATS = [
  'mini-swe-agent',
  'mini-swe-agent-log',
  'swe-agent',
  'openhands-events',
  'openhands-completions',
  'openhands-sdk',
  'terminus-2',
  'terminal-bench-1',
  'claude-code-session',
  'claude-code-stream-json',
  'claude-code-stream-json-in-asciinema',
  'atif',
];

async function conformAll(path: string): Promise<Extract<ConformItem, { kind: 'artifact' }>[]> {
  const artifacts = [];
  for await (const item of conformRuns([path])) {
    if (item.kind === 'failed') throw new Error(item.message);
    if (item.kind === 'artifact') artifacts.push(item);
  }
  return artifacts;
}

async function collect(items: AsyncIterable<ReadItem>): Promise<ReadItem[]> {
  const all: ReadItem[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** A fixture with one of its files changed as text. */
async function conformChanged(path: string, change: (text: string) => string) {
  const [format = '', name = '', file = ''] = path.split('/');
  const folder = await makeTemporaryFolder();
  cpSync(join(FIXTURES, format, name), folder, { recursive: true });
  const target = join(folder, file);
  const before = readFileSync(target, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(target, after);
  return (await conformRun(target, { format })).conformance;
}

const rename = (from: string, to: string) => (text: string) =>
  text.replaceAll(new RegExp(`"${from}"(\\s*):`, 'g'), `"${to}"$1:`);

/** Turns the texts of a field into objects that hold them. */
const wrap = (field: string) => (text: string) =>
  text.replaceAll(new RegExp(`"${field}"\\s*:\\s*("(?:[^"\\\\]|\\\\.)*")`, 'g'), `"${field}":{"body":$1}`);

const remove = (field: string) => (text: string) =>
  text.replaceAll(new RegExp(`"${field}"\\s*:\\s*"[^"]*"\\s*,`, 'g'), '');

const appendLine = (record: object) => (text: string) => `${text.trimEnd()}\n${JSON.stringify(record)}\n`;

/** Puts a record at the end of the first list under a key. */
const appendTo = (list: string, record: object) => (text: string) => {
  const document: Record<string, unknown[]> = JSON.parse(text);
  document[list]?.push(record);
  return JSON.stringify(document);
};

const STRANGE = {
  type: 'telepathy',
  kind: 'TelepathyEvent',
  body: 'What was felt here, said in seven words.',
};

const SESSION = 'claude-code-session/progress-copies/session.jsonl';
const STREAM = 'claude-code-stream-json/retries/claude-code.txt';
const MINI = 'mini-swe-agent/v2-tools/acme__ledger-7.traj.json';
const SWE = 'swe-agent/v1-tools/acme__ledger-7.traj';
const EVENTS = 'openhands-events/flat/3f6c.json';
const SDK = 'openhands-sdk/lines/events.jsonl';
const ATIF = 'atif/claude-abandoned/trajectory.json';

describe('fixtures', () => {
  it.each(FORMATS)('of %s are as their format is known', async (format) => {
    const found: Record<string, string[]> = {};
    for (const { path, conformance } of await conformAll(join(FIXTURES, format))) {
      const name = path
        .slice(FIXTURES.length + 1)
        .split('/')
        .slice(0, 2)
        .join('/');
      const drift = conformance.drift.map(({ what }) => what);
      if (drift.length > 0) found[name] = [...new Set([...(found[name] ?? []), ...drift])];
      expect(conformance.thoughts.kept).toBe(conformance.thoughts.bytes);
    }
    const expected = Object.entries(ON_PURPOSE).filter(([name]) => name.startsWith(`${format}/`));
    expect(found).toEqual(Object.fromEntries(expected));
  });
});

describe('drift', () => {
  it.each<[string, string, string, string, (text: string) => string]>([
    ['a renamed field', SESSION, 'text', 'assistant/text', rename('text', 'words')],
    ['a renamed field', STREAM, 'text', 'assistant/text', rename('text', 'words')],
    ['a renamed field', MINI, 'contents', '', rename('content', 'contents')],
    ['a renamed field', SWE, 'observation', 'trajectory[]', rename('observation', 'observed')],
    ['a renamed field', EVENTS, 'contents', '', rename('content', 'contents')],
    ['a renamed field', SDK, 'thought.*.words', 'ActionEvent', rename('text', 'words')],
    ['a renamed field', ATIF, 'msg', 'steps[]', rename('message', 'msg')],
    ['a field that became an object', SESSION, 'thinking', '', wrap('thinking')],
    ['a field that became an object', MINI, 'content', '', wrap('content')],
    ['a field that became an object', SWE, 'observation', 'trajectory[]', wrap('observation')],
    ['a field that became an object', EVENTS, 'content', 'observation', wrap('content')],
    ['a field that became an object', ATIF, 'message', 'steps[]', wrap('message')],
    ['a missing id', SESSION, 'tool_use_id', 'user/tool_result', remove('tool_use_id')],
    ['a missing id', STREAM, 'tool_use_id', 'user/tool_result', remove('tool_use_id')],
    ['a missing id', MINI, 'tool_call_id', 'tool', remove('tool_call_id')],
    ['a missing id', SDK, 'tool_call_id', 'ActionEvent', remove('tool_call_id')],
    ['a new kind of record', SESSION, 'body', 'telepathy', appendLine(STRANGE)],
    ['a new kind of record', STREAM, 'body', 'telepathy', appendLine(STRANGE)],
    ['a new kind of record', SDK, 'body', 'Telepathy', appendLine(STRANGE)],
    ['a new kind of record', MINI, 'body', 'telepathy', appendTo('messages', STRANGE)],
    ['a new kind of record', SWE, 'body', 'telepathy', appendTo('history', STRANGE)],
    ['a new kind of record', ATIF, 'body', 'telepathy', appendTo('steps', STRANGE)],
  ])('finds %s in %s', async (_what, path, field, kind, change) => {
    const { drift } = await conformChanged(path, change);
    const named = drift.filter((one) => one.field?.includes(field) && one.kind?.includes(kind));
    expect(named.length, JSON.stringify(drift)).toBeGreaterThan(0);
    expect(named[0]?.place?.artifact).toBeDefined();
  });

  it('is a warning of the run that was read, before its other diagnostics', async () => {
    const folder = await makeTemporaryFolder();
    const file = join(folder, 'session.jsonl');
    const text = readFileSync(join(FIXTURES, SESSION), 'utf8');
    writeFileSync(file, appendLine(STRANGE)(text));
    const items = await collect(readRuns([file], { conformance: true }));
    const [item] = items;
    if (item?.kind !== 'run') throw new Error('no run was read');
    expect(item.run.diagnostics[0]).toMatchObject({ code: 'format-drift', severity: 'warning' });
    expect(item.run.diagnostics[0]?.message).toContain('telepathy');
    expect(item.conformance && summarizeConformance(item.conformance).drift.length).toBeGreaterThan(0);
    const [plain] = await collect(readRuns([file]));
    expect(plain?.kind === 'run' && plain.run.diagnostics.map(({ code }) => code)).not.toContain(
      'format-drift',
    );
  });
});

describe('what is measured', () => {
  it('does not believe the extractor: what a run lacks is missed', async () => {
    const reader = await openDiskReader(join(FIXTURES, 'mini-swe-agent/v2-tools'));
    const file = 'acme__ledger-7.traj.json';
    const [run] = await extractRuns(miniSweAgentFormat, reader, file);
    if (!run) throw new Error('no run was read');
    const measure = (changed: Run) => {
      const meter = new ConformanceMeter(miniSweAgentFormat);
      meter.add(changed);
      return meter.measure(reader, { artifacts: [file], unread: [] });
    };
    const whole = await measure(run);
    const thoughtless = await measure({
      ...run,
      steps: run.steps.map(({ thought: _thought, ...step }) => step),
    });
    const blind = await measure({
      ...run,
      steps: run.steps.map(({ observation: _observation, rawOutput: _rawOutput, ...step }) => step),
    });
    expect(whole.drift).toEqual([]);
    expect(whole.thoughts.kept).toBe(whole.thoughts.bytes);
    expect(thoughtless.thoughts.kept).toBeLessThan(thoughtless.thoughts.bytes);
    expect(blind.text.unexplained).toBeGreaterThan(whole.text.unexplained + 100);
    expect(blind.drift.map(({ kind }) => kind)).toContain('tool');
    expect(blind.calls.observed).toBe(0);
  });

  it('is the artifact, however the run was read: each byte is kept, left out knowingly, or unexplained', async () => {
    const { conformance } = await conformRun(join(FIXTURES, SESSION));
    const { text, facts, kinds, records } = conformance;
    for (const share of [text, facts, ...kinds.flatMap((kind) => [kind.text, kind.facts])]) {
      expect(share.kept + share.known + share.unexplained).toBe(share.bytes);
    }
    expect(records.seen).toBe(readFileSync(join(FIXTURES, SESSION), 'utf8').trim().split('\n').length);
    expect(kinds.map(({ kind }) => kind)).toContain('assistant/tool_use');
    expect(conformance.calls.total).toBeGreaterThan(0);
    expect(conformance.artifacts).toEqual([
      { path: 'session.jsonl', how: 'json-lines', records: records.seen },
    ]);
  });

  it('is shared by the runs of one artifact', async () => {
    const items = await collect(readRuns([join(FIXTURES, 'openhands-events/rows')], { conformance: true }));
    const runs = items.filter((item) => item.kind === 'run');
    expect(runs.length).toBeGreaterThan(1);
    expect(new Set(runs.map(({ conformance }) => conformance)).size).toBe(1);
    expect(runs[0]?.conformance?.runs).toBe(runs.length);
  });

  it('lists the files that nobody read', async () => {
    const { conformance } = await conformRun(join(FIXTURES, 'terminal-bench-1/lost-recording'));
    const read = conformance.artifacts.map(({ path }) => path);
    expect(conformance.unread.filter((path) => read.includes(path))).toEqual([]);
    expect(conformance.unread.length).toBeGreaterThan(0);
  });

  it('refuses a folder of several artifacts, and a path without one', async () => {
    await expect(conformRun(join(FIXTURES, 'swe-agent'))).rejects.toMatchObject({ code: 'usage' });
    await expect(conformRun(join(FIXTURES, '..', 'support'))).rejects.toMatchObject({
      code: 'unknown-format',
    });
    await expect(conformRun(join(FIXTURES, SESSION), { format: 'nonsense' })).rejects.toMatchObject({
      code: 'usage',
    });
  });
});
