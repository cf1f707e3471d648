import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { interpretArtifact } from '../../src/evolve/interpret/interpret-artifact.ts';
import { RecordReader } from '../../src/evolve/interpret/record-reader.ts';
import { newTally } from '../../src/evolve/interpret/tally.ts';
import { parseSpec } from '../../src/evolve/spec/parse-spec.ts';
import type { RunId } from '../../src/model/ids.ts';
import { RunBuilder } from '../../src/model/run-builder.ts';
import { linesOf, outline, runOf, sampleOf, specOf } from './support.ts';

const call = { role: 'call', tool: { path: 'tool' }, args: 'args', id: 'id' };
const result = { role: 'result', text: ['out'], id: 'of' };
const codes = (run: { diagnostics: readonly { code: string }[] }): string[] =>
  run.diagnostics.map(({ code }) => code);

describe('interpretArtifact', () => {
  it('reads the example of the documentation', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/extractors.md'), 'utf8');
    const parsed = parseSpec(JSON.parse(/```json\n([^]*?)```/.exec(page)?.[1] ?? ''));
    const log = /```\n(\{[^]*?)```/.exec(page)?.[1] ?? '';
    if (!parsed.ok) throw new Error(parsed.problems.join());
    const run = await runOf(parsed.spec, await sampleOf({ 'a.jsonl': log }, 'a.jsonl'));
    expect(outline(run)).toEqual([['shell', 'shell\ncommand: ls', 'README.md', 'Look first.']]);
    expect(run.task?.text).toBe('Make the tests pass.');
    expect(run.steps[0]).toMatchObject({
      exitCode: 0,
      status: 'ok',
      observationRef: { line: 3, pointer: '/output' },
    });
    expect(run.format).toBe('learnt:notes-and-acts');
  });

  it('joins by id and order: ids come again, results come late, a call given up is no step', async () => {
    const spec = specOf({ rules: [call, result] });
    const log = linesOf([
      { tool: 'a', args: { n: 'one' }, id: 'x' },
      { of: 'x', out: '1' },
      { tool: 'a', args: { n: 'two' }, id: 'x' },
      { tool: 'b', args: { n: 'three' }, id: 'y' },
      { of: 'y', out: '3' },
      { of: 'x', out: '2' },
      { tool: 'c', args: { n: 'lost' }, id: 'z' },
      { tool: 'c', args: { n: 'four' }, id: 'z' },
      { of: 'z', out: '4' },
      { of: 'nobody', out: 'stray' },
    ]);
    const run = await runOf(spec, await sampleOf({ 'a.jsonl': log }, 'a.jsonl'));
    expect(run.steps.map(({ args, observation }) => [args?.n, observation])).toEqual([
      ['one', '1'],
      ['two', '2'],
      ['three', '3'],
      ['four', '4'],
    ]);
    expect(codes(run)).toEqual(
      expect.arrayContaining(['reused-call-id', 'abandoned-call', 'unpaired-result']),
    );
    expect(run.messages.map(({ text }) => text)).toEqual(['stray']);
  });

  it('reads items of one array in their order, whatever they are', async () => {
    const spec = specOf({
      rules: [
        { role: 'thought', each: 'parts[*]', where: [{ path: 'type', in: ['say'] }], text: ['text'] },
        { ...call, each: 'parts[*]', where: [{ path: 'type', in: ['do'] }], result: { text: ['out'] } },
      ],
    });
    const parts = [
      { type: 'say', text: 'first' },
      { type: 'do', tool: 'a', args: {}, out: 'A' },
      { type: 'say', text: 'second' },
      { type: 'do', tool: 'b', args: {} },
    ];
    const run = await runOf(spec, await sampleOf({ 'a.jsonl': linesOf([{ parts }]) }, 'a.jsonl'));
    expect(outline(run)).toEqual([
      ['a', 'a', 'A', 'first'],
      ['b', 'b', undefined, 'second'],
    ]);
    expect(run.steps.map(({ parallelGroup }) => parallelGroup)).toEqual([1, 1]);
  });

  it('reads blocks in texts of a document, pairs by position, and takes other answers for messages', async () => {
    const fence = { path: 'content', open: '```sh', close: '```', blocks: 'one' };
    const spec = specOf({
      source: { unit: 'json', records: 'log.turns[*]' },
      rules: [
        { role: 'call', when: [{ path: 'role', in: ['bot'] }], tool: { is: 'bash' }, fence },
        { role: 'result', when: [{ path: 'role', in: ['human'] }], text: ['content'], otherwise: 'user' },
      ],
      facts: {
        model: { in: 'document', path: 'info.model' },
        solved: { in: 'document', path: 'info.ok', yes: [true], no: [false] },
      },
    });
    const turns = [
      { role: 'human', content: 'Fix it.' },
      { role: 'bot', content: 'Look.\n```sh\nls\n```' },
      { role: 'human', content: 'a.txt' },
      { role: 'bot', content: '```sh\nls\n```\n```sh\npwd\n```' },
      { role: 'human', content: 'One block, please.' },
    ];
    const document = JSON.stringify({ log: { turns }, info: { model: 'm', ok: false } });
    const run = await runOf(spec, await sampleOf({ 'a.json': document }, 'a.json'));
    expect(outline(run)).toEqual([['bash', 'ls', 'a.txt', 'Look.']]);
    expect(run.messages.map(({ kind, text }) => [kind, text])).toEqual([
      ['prompt', 'Fix it.'],
      ['reply', 'One block, please.'],
    ]);
    expect(run.finalMessage?.text).toContain('pwd');
    expect([run.model, run.outcome.kind]).toEqual(['m', 'failed']);
  });

  it('reads a folder of records in natural order and a text log between its markers', async () => {
    const files = {
      'run/log/e-10.json': JSON.stringify({ of: 'x', out: 'done' }),
      'run/log/e-9.json': JSON.stringify({ tool: 'a', args: {}, id: 'x' }),
      'run/log/other.json': '{"tool":"no","args":{}}',
      'b.log': 'noise\nACTION: ls\nOUTPUT:\na\nb\nACTION: pwd\n',
    };
    const folder = specOf({ source: { unit: 'folder', files: 'e-*.json' }, rules: [call, result] });
    expect(outline(await runOf(folder, await sampleOf(files, 'run')))).toEqual([
      ['a', 'a', 'done', undefined],
    ]);
    const markers = [
      { kind: 'act', prefix: 'ACTION:', keep: true },
      { kind: 'out', prefix: 'OUTPUT:', keep: true },
    ];
    const text = specOf({
      source: { unit: 'text', markers },
      rules: [
        { role: 'call', when: [{ path: 'kind', in: ['act'] }], tool: { is: 'bash' }, command: 'text' },
        { role: 'result', when: [{ path: 'kind', in: ['out'] }], text: ['text'] },
      ],
    });
    const run = await runOf(text, await sampleOf(files, 'b.log'));
    expect(outline(run)).toEqual([
      ['bash', 'ls', 'a\nb', undefined],
      ['bash', 'pwd', undefined, undefined],
    ]);
  });

  it('puts the calls of sub-agents under the call that started them', async () => {
    const spec = specOf({ rules: [call, result], subagent: 'under' });
    const log = linesOf([
      { tool: 'task', args: {}, id: 't' },
      { tool: 'a', args: {}, id: 'i', under: 't' },
      { of: 'i', out: 'inner', under: 't' },
      { of: 't', out: 'outer' },
    ]);
    const run = await runOf(spec, await sampleOf({ 'a.jsonl': log }, 'a.jsonl'));
    expect(run.steps.map(({ id, observation }) => [id, observation])).toEqual([['1', 'outer']]);
    expect(
      run.branches.map(({ parent, steps }) => [parent, steps.map(({ observation }) => observation)]),
    ).toEqual([['1', ['inner']]]);
  });

  it('never throws for content, and counts what no rule reads', async () => {
    const spec = specOf({ rules: [call, result] });
    const log = linesOf([
      'no json',
      '{"tool":5,"args":[]}',
      '{"of":{},"out":[]}',
      '{"tool":"a","args":"{cut"}',
      '{"id":',
    ]);
    const { run, tally } = await interpretArtifact(spec, {
      ...(await sampleOf({ 'a.jsonl': log }, 'a.jsonl')),
      path: 'a',
    });
    const built = run.build('x' as RunId);
    expect(built.steps.map(({ args }) => args)).toEqual([{ raw: '{cut' }]);
    expect([tally.records, tally.used]).toEqual([3, 1]);
    expect(codes(built)).toEqual(
      expect.arrayContaining(['unknown-record', 'truncated-json', 'non-json-line']),
    );
  });

  it('stops when its work is used up, and says so', () => {
    const run = new RunBuilder({ format: 'learnt:test', path: 'a' });
    const reader = new RecordReader(specOf({ rules: [{ ...call, each: 'many[*]' }] }), run, newTally(), 50);
    const many = Array.from({ length: 1000 }, () => ({ tool: 'a', args: {} }));
    reader.push({ value: { many }, place: { artifact: 'a', line: 1 } });
    expect(reader.exhausted).toBe(true);
    expect(run.calls.length).toBeLessThan(60);
    expect(run.log.list().map(({ code }) => code)).toContain('limit-reached');
  });
});
