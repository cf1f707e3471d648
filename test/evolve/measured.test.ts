import { describe, expect, it } from 'vitest';
import { proposeSpec } from '../../src/evolve/propose-spec.ts';
import { linesOf, outline, runOf, sampleOf } from './support.ts';

/** An invented log whose names are in no list of words: kinds, calls, arguments and texts must be measured. */
function oddLog(seed: number): string {
  const records: unknown[] = [
    { ev: 'begin', goal: `Repair number ${seed}, the tests fail.`, when: '2026-01-01T00:00:00Z' },
  ];
  for (let i = 0; i < 5; i++) {
    const edit = i % 3 === 2;
    if (i % 2 === 0) records.push({ ev: 'say', who: 'bot', words: `I look at part ${i} of ${seed}.` });
    records.push(
      {
        ev: 'do',
        ref: `c${i}`,
        verb: edit ? 'edit' : 'shell',
        params: edit ? { file: `src/${i}.py`, put: 'x = 1' } : { line: `cat src/a${i}.py` },
        when: `2026-01-01T00:0${i}:01Z`,
      },
      { ev: 'got', ref: `c${i}`, body: `text of file ${i} of ${seed}\nand more`, code: i % 2 },
    );
  }
  records.push({ ev: 'end', verdict: 'ok' });
  return linesOf(records);
}

/** Requests that repeat the conversation; a mark moves to the last message each time, and a side request comes between. */
function requestLog(seed: number): string {
  const history: Record<string, unknown>[] = [
    { role: 'user', content: `Please mend number ${seed} of the list.` },
  ];
  const records: unknown[] = [];
  for (let i = 0; i < 6; i++) {
    const marked = history.map((message, index) =>
      index === history.length - 1 ? { ...message, mark: 'hot' } : message,
    );
    records.push({ model: 'm-1', messages: marked });
    if (i === 3)
      records.push({ model: 'm-1', messages: [{ role: 'user', content: 'Name this chat, please.' }] });
    const id = `call_${seed}_${i}`;
    history.push(
      {
        role: 'assistant',
        content: `Now part ${i} of number ${seed}.`,
        tool_calls: [{ id, function: { name: 'shell', arguments: `{"command":"cat part_${seed}_${i}"}` } }],
      },
      { role: 'tool', tool_call_id: id, content: `the text of part ${i} of number ${seed}` },
    );
  }
  records.push({ model: 'm-1', messages: history });
  return linesOf(records);
}

const files = Object.fromEntries(
  [1, 2, 3].flatMap((seed) => [
    [`odd/${seed}.jsonl`, oddLog(seed)],
    [`requests/${seed}.jsonl`, requestLog(seed)],
  ]),
);
const samplesOf = (folder: string) =>
  Promise.all([1, 2, 3].map((seed) => sampleOf(files, `${folder}/${seed}.jsonl`)));

describe('inference without telling names', () => {
  it('measures kinds, calls, arguments, results, task, thoughts and time', async () => {
    const [first, ...others] = await samplesOf('odd');
    if (!first) throw new Error('no sample');
    for (const samples of [[first, ...others], [first]]) {
      const { learnt } = await proposeSpec(samples, { name: 'odd' });
      expect(learnt?.verdict.decision).toBe('accept');
      if (!learnt) throw new Error('nothing learnt');
      const run = await runOf(learnt.spec, first);
      expect(outline(run)[0]).toEqual([
        'shell',
        'shell\nline: cat src/a0.py',
        'text of file 0 of 1\nand more',
        'I look at part 0 of 1.',
      ]);
      expect(run.steps.map(({ tool }) => tool)).toEqual(['shell', 'shell', 'edit', 'shell', 'shell']);
      expect(run.steps.map(({ exitCode }) => exitCode)).toEqual([0, 1, 0, 1, 0]);
      expect([run.task?.text, learnt.spec.time]).toEqual(['Repair number 1, the tests fail.', 'when']);
    }
  });

  it('says of no record with a text of its own that it holds none', async () => {
    const { learnt } = await proposeSpec(await samplesOf('odd'), { name: 'odd' });
    const ignored = learnt?.spec.rules.flatMap((rule) => (rule.role === 'ignore' ? rule.when : []));
    expect(ignored).toEqual([{ path: 'ev', in: ['end'] }]);
  });
});

describe('a history that is written anew with every record', () => {
  it('is read for what each record adds, each call once, at its place', async () => {
    const samples = await samplesOf('requests');
    const { learnt } = await proposeSpec(samples, { name: 'requests' });
    expect(learnt?.spec.source).toEqual({ unit: 'jsonl', growing: 'messages' });
    expect(learnt?.verdict.decision).toBe('accept');
    const [first] = samples;
    if (!learnt || !first) throw new Error('nothing learnt');
    const run = await runOf(learnt.spec, first);
    expect(outline(run)).toHaveLength(6);
    expect(run.steps[5]).toMatchObject({
      action: 'shell\ncommand: cat part_1_5',
      observation: 'the text of part 5 of number 1',
    });
    expect(run.steps[1]?.actionRef).toMatchObject({ line: 3, pointer: '/messages/3/tool_calls/0' });
  });
});
