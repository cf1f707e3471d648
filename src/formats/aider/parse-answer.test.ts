import { describe, expect, it } from 'vitest';
import { parseAnswer, readPath } from './parse-answer.ts';
import { readBanner, readUsageLine } from './schema.ts';

const lines = (text: string) => text.split('\n').map((line, i) => ({ line: i + 1, text: line }));
const parse = (text: string, ...changed: string[]) =>
  parseAnswer(lines(text), new Set(changed)).map((part) =>
    part.kind === 'text' ? part.text : { ...part.edit.args, tool: part.edit.tool },
  );

describe('an answer', () => {
  it('has the path above or inside of the fence', () => {
    const block = '<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE';
    const edit = { tool: 'edit_block', path: 'x/a.py', search: 'a\n', replace: 'b\n' };
    expect(parse(`Now:\n\nx/a.py\n\`\`\`py\n${block}\n\`\`\`\nDone.`)).toEqual(['Now:', edit, 'Done.']);
    expect(parse(`\`\`\`py\n**x/a.py**\n${block}\n\`\`\``)).toEqual([edit]);
  });

  it('uses the path of the block before where one names none', () => {
    const block = '<<<<<<< SEARCH\na\n=======\n>>>>>>> REPLACE';
    expect(parse(`a.py\n\`\`\`\n${block}\n\n${block}\n\`\`\``)).toEqual([
      { tool: 'edit_block', path: 'a.py', search: 'a\n', replace: '' },
      { tool: 'edit_block', path: 'a.py', search: 'a\n', replace: '' },
    ]);
  });

  it('has no edit in a block that was never finished', () => {
    const text = 'a.py\n```\n<<<<<<< SEARCH\na\n=======\nb';
    expect(parse(text, 'a.py')).toEqual([text]);
  });

  it('holds a whole file only where aider named it', () => {
    const text = 'b.js\n```js\nx\n```';
    expect(parse(text)).toEqual([text]);
    expect(parse(text, 'b.js')).toEqual([{ tool: 'whole_file', path: 'b.js', content: 'x\n' }]);
  });

  it('takes linear time over fences that never close', () => {
    expect(parse('a.py\n````x\n'.repeat(20_000), 'a.py')).toHaveLength(1);
  });
});

it.each([
  ['**src/a.ts**', 'src/a.ts'],
  ['### `a.py`:', 'a.py'],
  ['Makefile', 'Makefile'],
  ['my notes/a b.md', 'my notes/a b.md'],
  ['This is it.', undefined],
  ['see a.py', undefined],
  ['', undefined],
])('a path: %j', (text, path) => {
  expect(readPath(text)).toBe(path);
});

it.each([
  [
    'Tokens: 5,244 sent, 604 received. Cost: $0.02 request, $0.04 session.',
    { inputTokens: 5244, outputTokens: 604, costUsd: 0.02 },
  ],
  [
    'Tokens: 2.5k sent, 1.1k cache write, 12M cache hit, 8 received.',
    { inputTokens: 2500, cacheWriteTokens: 1100, cachedInputTokens: 12_000_000, outputTokens: 8 },
  ],
  ['Tokens: none', undefined],
])('usage: %s', (text, usage) => {
  expect(readUsageLine(text)).toEqual(usage);
});

it('reads the banner', () => {
  expect(readBanner('Aider v0.47.2-dev')).toEqual({ version: '0.47.2-dev' });
  expect(readBanner('Models: acme-3 with diff edit format, weak model x')).toEqual({ model: 'acme-3' });
  expect(readBanner('Git working dir: /a b')).toEqual({ cwd: '/a b' });
});
