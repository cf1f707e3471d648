import { describe, expect, it } from 'vitest';
import { RunBuilder } from '../../model/run-builder.ts';
import { CallIds } from './call-ids.ts';
import { TurnTexts } from './turn-texts.ts';

const place = { artifact: 'trajectory.json' };

describe('CallIds', () => {
  it('gives the results of an id to its calls in order, and tells of one too many', () => {
    const run = new RunBuilder({ format: 'atif', path: 'trajectory.json' });
    run.beginTurn();
    const [first, second] = ['ls', 'pwd'].map((action) => run.call({ tool: 'bash', action, place }));
    if (!first || !second) throw new Error('two calls were made');
    const ids = new CallIds(run.log);
    ids.keepOpen('a', first);
    ids.keepOpen('a', second);
    expect([ids.takeEarlier('a'), ids.takeEarlier('a'), ids.takeEarlier('a')]).toEqual([
      first,
      second,
      undefined,
    ]);
    expect(run.log.list().map(({ code }) => code)).toEqual(['unpaired-result']);
  });

  it('tells of an id that stands there again', () => {
    const { log } = new RunBuilder({ format: 'atif', path: 'trajectory.json' });
    const ids = new CallIds(log);
    for (const id of ['a', undefined, undefined, 'b']) ids.note(id, place);
    expect(log.list()).toEqual([]);
    ids.note('a', place);
    expect(log.list()).toMatchObject([{ code: 'reused-call-id', place }]);
  });
});

describe('TurnTexts', () => {
  it('knows a text of the turn again, and one since the last call', () => {
    const said = new TurnTexts();
    expect([said.take('so'), said.take('so')]).toEqual([true, false]);
    said.beginTurn();
    expect(said.take('so')).toBe(false);
    said.called();
    said.beginTurn();
    expect(said.take('so')).toBe(true);
  });
});
