import { describe, expect, it } from 'vitest';
import { NewElements } from './new-elements.ts';

const record = (messages: unknown) => ({ value: { in: { messages } }, place: { artifact: 'a' } });
const take = (elements: NewElements, messages: unknown): unknown =>
  (elements.take(record(messages)).value as { in: { messages: unknown } }).in.messages;

describe('NewElements', () => {
  it('keeps what no record held before, at its index', () => {
    const elements = new NewElements('in.messages');
    const [a, b, c] = ['first of all', 'second of all', 'third of all'].map((text) => ({ text }));
    expect(take(elements, [a, b])).toEqual([a, b]);
    expect(take(elements, [a, { ...b, cache: 'hot' }, c])).toEqual([null, null, c]);
    expect(take(elements, [{ text: 'a side request' }])).toEqual([{ text: 'a side request' }]);
    expect(take(elements, [a, b, c])).toEqual([null, null, null]);
  });

  it('gives a repeated element each time that it is said anew', () => {
    const elements = new NewElements('in.messages');
    const again = { role: 'user', text: 'go on' };
    expect(take(elements, [again])).toEqual([again]);
    expect(take(elements, [again, again])).toEqual([null, again]);
  });

  it('leaves records without the array, and values that are none, as they are', () => {
    const elements = new NewElements('in.messages');
    expect(take(elements, 'text')).toBe('text');
    const other = { value: { x: 1 }, place: { artifact: 'a' } };
    expect(elements.take(other)).toBe(other);
  });
});
