import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitAnswer } from './answer-text.ts';
import { readApiResponse, readPythonString } from './api-response.ts';
import { nameCall, readIssue, rowKindOfHead } from './schema.ts';

describe('the print of a client’s answer', () => {
  it('of Anthropic', () => {
    const text = `API response Message(id='m', content=[TextBlock(text="It's \\n\\u00e9", type='text')], model='a-1', usage=Usage(input_tokens=3, output_tokens=4))`;
    expect(readApiResponse(text)).toEqual({
      texts: ["It's \né"],
      model: 'a-1',
      usage: { inputTokens: 3, outputTokens: 4 },
    });
  });

  it('of OpenAI, with several choices', () => {
    const choice = (said: string) =>
      `Choice(message=ChatCompletionMessage(content='${said}', role='assistant'))`;
    const text = `API response ChatCompletion(choices=[${choice('a')}, ${choice('b')}], model='o', usage=CompletionUsage(completion_tokens=5, prompt_tokens=6, total_tokens=11))`;
    expect(readApiResponse(text)).toEqual({
      texts: ['a', 'b'],
      model: 'o',
      usage: { inputTokens: 6, outputTokens: 5 },
    });
  });

  it('that is cut off tells nothing that it does not hold', () => {
    expect(readApiResponse("API response Message(content=[TextBlock(text='half")).toEqual({ texts: [] });
  });
});

it('a Python string is read as it was written', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const literal = `'${text.replace(/[\\'\n\r\t]/g, (char) => ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' })[char] ?? `\\${char}`)}'`;
      expect(readPythonString(literal, 0)).toEqual({ value: text, end: literal.length });
    }),
  );
});

it.each([
  ['Words.\n\n```\na.py\n```\nMore.', { thought: 'Words.', action: '```\na.py\n```\nMore.' }],
  ['```\na.py\n```', { action: '```\na.py\n```' }],
  ['a.py\nfunction: f', { action: 'a.py\nfunction: f' }],
])('an answer: %j', (text, parts) => {
  expect(splitAnswer(text)).toEqual(parts);
});

it.each([
  ['provide a list of files that one would need', 'localize_files'],
  ['Identify all locations that need inspection or editing', 'localize_related'],
  ['provide a set of locations that need to be edited', 'localize_edits'],
  ['Something else', 'ask_model'],
])('a prompt: %s', (prompt, tool) => {
  expect(nameCall('localize', prompt)).toBe(tool);
  expect(nameCall('repair', prompt)).toBe('repair');
});

it('finds the issue in a prompt', () => {
  expect(readIssue('x\n### GitHub Problem Description ###\nIt fails.\n\n###\n')).toBe('It fails.');
  expect(readIssue('--- BEGIN ISSUE ---\nIt fails.\n\n--- END ISSUE ---')).toBe('It fails.');
  expect(readIssue('nothing')).toBeUndefined();
});

it.each([
  ['{"instance_id": "a", "found_files": []', 'x', 'locations'],
  ['{"instance_id": "a", "raw_output": ["x"]', 'x', 'samples'],
  ['{"model_name_or_path": "m", "instance_id": "a", "model_patch": "", "raw_model_patch": ""}', 'x', 'patch'],
  ['{"model_name_or_path": "m", "instance_id": "a", "model_patch": ""}', 'output_3_processed.jsonl', 'patch'],
  ['{"model_name_or_path": "m", "instance_id": "a", "model_patch": ""}', 'preds.jsonl', undefined],
  ['{"a": 1}\n{"instance_id": "a", "found_files": []}', 'x', undefined],
])('the head of an output file: %s in %s', (head, name, kind) => {
  expect(rowKindOfHead(head, name)).toBe(kind);
});
