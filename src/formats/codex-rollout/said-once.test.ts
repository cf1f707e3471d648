import { describe, expect, it } from 'vitest';
import { SaidOnce } from './said-once.ts';

describe('SaidOnce', () => {
  it('keeps a text once, whichever of its copies comes first', () => {
    const said = new SaidOnce();
    expect(said.isNew('event', 'agent', 'Done.')).toBe(true);
    expect(said.isNew('item', 'agent', 'Done.')).toBe(false);
    expect(said.isNew('turn item', 'agent', 'Done. ')).toBe(false);
  });

  it('keeps a text that is said again within a channel', () => {
    const said = new SaidOnce();
    const heard = ['item', 'event', 'item', 'event', 'event'].map((channel) =>
      said.isNew(channel, 'agent', 'Ok'),
    );
    expect(heard).toEqual([true, false, true, false, true]);
  });

  it('tells speakers apart, and copies that say nothing of how often', () => {
    const said = new SaidOnce();
    expect(said.isNew('item', 'user', 'Ok')).toBe(true);
    expect(said.isNew('item', 'agent', 'Ok')).toBe(true);
    expect(said.isUnheard('user', 'Ok')).toBe(false);
    expect(said.isUnheard('user', 'new')).toBe(true);
    expect(said.isNew('item', 'user', 'new')).toBe(false);
  });
});
