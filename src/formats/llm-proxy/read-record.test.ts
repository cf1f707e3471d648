import { describe, expect, it } from 'vitest';
import { keyOf, readMessage } from './chat-message.ts';
import { readRecord } from './read-record.ts';

const MESSAGES = [{ role: 'user', content: 'Hi.' }];
const ANSWER = {
  choices: [{ message: { role: 'assistant', content: 'Hello.' } }],
  usage: { prompt_tokens: 3, completion_tokens: 2 },
};

describe('readRecord', () => {
  it('reads one exchange with and without bodies, and says where things stand', () => {
    const plain = readRecord({ request: { model: 'm', messages: MESSAGES }, response: ANSWER });
    expect(plain?.request?.messages[0]?.path).toEqual(['request', 'messages', 0]);
    expect(plain?.response).toMatchObject({
      message: { text: 'Hello.', path: ['response', 'choices', 0, 'message'] },
      usage: { inputTokens: 3, outputTokens: 2 },
    });
    const wrapped = readRecord({ request: { body: { messages: MESSAGES } }, response: { body: ANSWER } });
    expect(wrapped?.response?.message?.path).toEqual(['response', 'body', 'choices', 0, 'message']);
  });

  it.each([
    { messages: MESSAGES, response: ANSWER },
    { type: 'user', message: MESSAGES[0] },
    { type: 'request', url: 'https://llm.example' },
    { request: { url: 'https://llm.example' }, response: {} },
    { id: 'x', model: 'm', messages: MESSAGES },
  ])('passes over %j', (value) => expect(readRecord(value)).toBeUndefined());

  it("reads an error in a response's body", () => {
    const record = readRecord({
      request: { messages: MESSAGES },
      response: { body: { error: { message: 'busy' } } },
    });
    expect(record?.response?.error).toEqual({ text: 'busy', path: ['response', 'body', 'error', 'message'] });
  });

  it('takes what a wrapper noted where the response itself lacks it', () => {
    const record = readRecord({
      type: 'response',
      response: ANSWER,
      outputs: [{ message: 'Hello.', thinking_blocks: [{ type: 'thinking', thinking: 'A greeting.' }] }],
      cost: 0.5,
    });
    expect(record?.response).toMatchObject({
      message: { text: 'Hello.', reasoning: ['A greeting.'] },
      usage: { costUsd: 0.5 },
    });
  });
});

describe('keyOf', () => {
  const read = (message: object): string => keyOf(readMessage({ ...message }, []));

  it('is the same for a message with other marks, spaces or shape', () => {
    const marked = [{ type: 'text', text: 'Hi.', cache_control: { type: 'ephemeral' } }];
    expect(read({ role: 'user', content: marked })).toBe(read({ role: 'user', content: 'Hi.\n' }));
    const call = { id: 'c', function: { name: 'f', arguments: '{"a": 1}' } };
    const same = { ...call, type: 'function', function: { name: 'f', arguments: '{"a":1}' } };
    expect(read({ role: 'assistant', content: null, tool_calls: [call] })).toBe(
      read({ role: 'assistant', content: '', tool_calls: [same] }),
    );
  });

  it('differs by role, words, calls and results', () => {
    const keys = [
      { role: 'user', content: 'Hi.' },
      { role: 'assistant', content: 'Hi.' },
      { role: 'user', content: 'Ho.' },
      { role: 'tool', tool_call_id: 'a', content: 'Hi.' },
      { role: 'tool', tool_call_id: 'b', content: 'Hi.' },
      { role: 'assistant', content: 'Hi.', tool_calls: [{ id: 'c', function: { name: 'f' } }] },
    ].map(read);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
