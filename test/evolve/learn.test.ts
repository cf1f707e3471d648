import { describe, expect, it } from 'vitest';
import { groupSamples } from '../../src/evolve/infer/group-samples.ts';
import { inferSpec } from '../../src/evolve/infer/infer-spec.ts';
import { formatFromSpec } from '../../src/evolve/interpret/format-from-spec.ts';
import type { SpecProposer, SpecRequest } from '../../src/evolve/port.ts';
import { proposeSpec } from '../../src/evolve/propose-spec.ts';
import { detectFormat } from '../../src/formats/detect-format.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { linesOf, outline, runOf, sampleOf } from './support.ts';

/** An invented log: events with ids, parallel calls, chatter, a copy of every call in another record. */
function eventLog(seed: number): string {
  const records: unknown[] = [
    { sort: 'boot', event: 'start', at: '2026-01-01T00:00:00Z', llm_model: 'm-1' },
    {
      event: 'utterance',
      from: 'human',
      body: { text: `Repair number ${seed}, please; the tests in tests/ fail.` },
    },
  ];
  for (let i = 0; i < 8; i++) {
    const id = `c-${seed}-${i}`;
    const command = `grep -n thing_${seed}_${i} src/file.py`;
    records.push(
      { event: 'utterance', from: 'assistant', body: { text: `I look for thing ${i} of run ${seed}.` } },
      {
        event: 'invoke',
        from: 'assistant',
        tool_name: i % 3 === 0 ? 'view' : 'shell',
        input: { command },
        invocation: id,
        token_count: 3,
      },
      { event: 'metrics', from: 'harness', invocation: id, copy: { command } },
      {
        event: 'outcome',
        from: 'harness',
        invocation: id,
        output: `line ${i}: thing_${seed}_${i} = ${'x'.repeat(40)}`,
        exit_code: i % 2,
      },
    );
  }
  return linesOf(records);
}

/** Another one: a document with messages, blocks in texts, results by position. */
function chatDocument(seed: number): string {
  const messages: unknown[] = [
    { role: 'system', content: 'You are careful. Answer with one block.' },
    { role: 'user', content: `Task ${seed}: make it work.` },
  ];
  for (let i = 0; i < 7; i++) {
    messages.push(
      { role: 'assistant', content: `Step ${i} of ${seed}.\n\`\`\`bash\ncat file_${seed}_${i}.txt\n\`\`\`` },
      { role: 'user', content: `content of file ${i} of ${seed}` },
    );
  }
  return JSON.stringify({ meta: { model_name: 'm-2' }, messages });
}

const files = Object.fromEntries([
  ...[1, 2, 3, 4].map((seed) => [`events/${seed}.jsonl`, eventLog(seed)]),
  ...[1, 2, 3, 4].map((seed) => [`chats/${seed}.json`, chatDocument(seed)]),
]);
const samplesOf = (folder: string, extension: string) =>
  Promise.all([1, 2, 3, 4].map((seed) => sampleOf(files, `${folder}/${seed}.${extension}`)));

describe('proposeSpec', () => {
  it('learns events with ids, reads each call once, and is accepted on held-out files', async () => {
    const samples = await samplesOf('events', 'jsonl');
    const { learnt } = await proposeSpec(samples, { name: 'events' });
    expect(learnt?.verdict).toMatchObject({
      decision: 'accept',
      heldOut: { artifacts: 1, steps: 8, paired: 1, pairedById: 1 },
    });
    const [, held] = samples;
    if (!learnt || !held) throw new Error('nothing learnt');
    const run = await runOf(learnt.spec, held);
    expect(outline(run)[1]).toEqual([
      'shell',
      'shell\ncommand: grep -n thing_2_1 src/file.py',
      `line 1: thing_2_1 = ${'x'.repeat(40)}`,
      'I look for thing 1 of run 2.',
    ]);
    expect(run.steps.map(({ exitCode }) => exitCode)).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
    expect([run.steps.length, run.model, run.startedAt]).toEqual([8, 'm-1', undefined]);
    expect(run.task?.text).toContain('Repair number 2');
  });

  it('learns blocks in texts and results by position', async () => {
    const samples = await samplesOf('chats', 'json');
    const { learnt } = await proposeSpec(samples, { name: 'chats' });
    const [, held] = samples;
    if (!learnt || !held) throw new Error('nothing learnt');
    expect(learnt.verdict.decision).toBe('accept');
    const run = await runOf(learnt.spec, held);
    expect(outline(run)[6]).toEqual(['bash', 'cat file_2_6.txt', 'content of file 6 of 2', 'Step 6 of 2.']);
    expect([run.steps.length, run.model, run.task?.text]).toEqual([7, 'm-2', 'Task 2: make it work.']);
  });

  it('holds out the last part of a single file', async () => {
    const { learnt } = await proposeSpec([await sampleOf(files, 'events/1.jsonl')], { name: 'one' });
    expect(learnt?.verdict.decision).toBe('accept');
    expect(learnt?.verdict.learnt.records).toBe(20);
    expect(learnt?.verdict.heldOut?.records).toBe(14);
  });

  it('proposes nothing for what holds no calls, and rejects what is read badly', async () => {
    const prose = linesOf(
      Array.from({ length: 30 }, (_, index) => ({ level: 'info', text: `Line ${index}. Nothing ran.` })),
    );
    expect(
      (await proposeSpec([await sampleOf({ 'a.jsonl': prose }, 'a.jsonl')], { name: 'prose' })).learnt,
    ).toBeUndefined();
    const lost = linesOf(
      Array.from({ length: 30 }, (_, index) => ({
        type: 'call',
        name: 'shell',
        arguments: { command: `ls ${index}` },
        id: `i${index}`,
      })),
    ).concat(linesOf([{ type: 'result', id: 'i0', output: 'only one' }]));
    const { learnt } = await proposeSpec([await sampleOf({ 'a.jsonl': lost }, 'a.jsonl')], { name: 'lost' });
    expect(learnt?.verdict.decision ?? 'none').not.toBe('accept');
  });
});

describe('a learnt format', () => {
  it('knows its own artifacts by content and claims no others', async () => {
    const [first] = await samplesOf('events', 'jsonl');
    const { best } = await inferSpec(await samplesOf('events', 'jsonl'), { name: 'events' });
    if (!best || !first) throw new Error('nothing learnt');
    const format = formatFromSpec(best.spec);
    const choice = await detectFormat(first.entry, first.reader, [...FORMATS, format]);
    expect(choice.kind === 'chosen' && choice.format.id).toBe('learnt:events');
    for (const path of ['chats/1.json', 'other.jsonl', 'plain.txt']) {
      const other = await sampleOf(
        { ...files, 'other.jsonl': '{"event":"ping","n":1}\n{"event":"pong"}\n', 'plain.txt': 'hello' },
        path,
      );
      const found = await detectFormat(other.entry, other.reader, [format]);
      expect(found.kind, path).toBe('unknown');
    }
  });
});

describe('groupSamples', () => {
  it('keeps apart what is built differently', async () => {
    const all = [...(await samplesOf('events', 'jsonl')), ...(await samplesOf('chats', 'json'))];
    const groups = await groupSamples(all);
    expect(groups.map(({ unit, samples }) => [unit, samples.length])).toEqual([
      ['lines', 4],
      ['document', 4],
    ]);
  });
});

describe('a proposer', () => {
  const asked: SpecRequest[] = [];
  const answering = (...answers: unknown[]): SpecProposer => ({
    name: 'memory',
    propose: async (request) => {
      asked.push(request);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });

  it('is refused for hostile answers; inference stands', async () => {
    const samples = await samplesOf('events', 'jsonl');
    let deep: unknown = [];
    for (let i = 0; i < 5000; i++) deep = [deep];
    const escape = {
      version: 1,
      name: 'x',
      title: 'x',
      source: { unit: 'folder', files: '../../*' },
      rules: [],
      fingerprint: {},
    };
    for (const answers of [
      [null, 'rm -rf /'],
      [deep, deep],
      [escape, { __proto__: { ok: true } }],
      [new Error('no model')],
    ]) {
      const { learnt, notes } = await proposeSpec(samples, {
        name: 'events',
        proposer: answering(...answers),
      });
      expect(learnt).toMatchObject({ origin: 'inference', verdict: { decision: 'accept' } });
      expect(notes.some((note) => note.includes('memory'))).toBe(true);
    }
    expect(asked.at(-2)?.refused.length).toBeGreaterThan(0);
  });

  it('does not get through with a spec that reads worse, nor under another name', async () => {
    const samples = await samplesOf('events', 'jsonl');
    const { best } = await inferSpec(samples, { name: 'other-name' });
    if (!best) throw new Error('nothing learnt');
    const worse = { ...best.spec, rules: best.spec.rules.filter(({ role }) => role !== 'result') };
    const kept = await proposeSpec(samples, { name: 'events', proposer: answering(worse, worse) });
    expect(kept.learnt?.origin).toBe('inference');
    const empty = await sampleOf({ 'a.jsonl': eventLog(9) }, 'a.jsonl');
    const same = await proposeSpec([empty], { name: 'mine', proposer: answering(best.spec) });
    expect(same.learnt?.spec.name).toBe('mine');
  });
});
