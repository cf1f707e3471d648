import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findActionBlocks, findFencedBlocks, labelOfPattern, textAround } from './fences.ts';

/** What the agent itself does. */
function byPattern(text: string, label: string): string[] {
  const pattern = new RegExp(`\`\`\`${label}\\s*\\n([^]*?)\\n\`\`\``, 'g');
  return [...text.matchAll(pattern)].map((match) => (match[1] ?? '').trim());
}

describe('findFencedBlocks', () => {
  it('finds what the pattern of the agent finds', () => {
    const piece = constantFrom('```bash', '```', '\n', ' ', '\t', 'ls', '\r', '```sh', 'bash', '`');
    assert(
      property(array(piece, { maxLength: 24 }), constantFrom('bash', ''), (pieces, label) => {
        const text = pieces.join('');
        expect(findFencedBlocks(text, label).map(({ content }) => content)).toEqual(byPattern(text, label));
      }),
      { numRuns: 3000 },
    );
  });

  it('is linear in openings that never close', () => {
    const text = '```bash\nx'.repeat(200_000);
    const started = performance.now();
    findFencedBlocks(text, 'bash');
    findFencedBlocks('```bash '.repeat(200_000), 'bash');
    findFencedBlocks('```bash\n\n\n'.repeat(100_000), 'bash');
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('findActionBlocks', () => {
  it("prefers the later versions' own label", () => {
    const text = '```bash\nexample\n```\n```mswea_bash_command\nls\n```';
    expect(findActionBlocks(text).map(({ content }) => content)).toEqual(['ls']);
    expect(findActionBlocks(text, 'bash').map(({ content }) => content)).toEqual(['example']);
  });
});

it('textAround gives the text before and after a block', () => {
  const text = 'a\n```bash\nls\n```\nb';
  const [block] = findFencedBlocks(text, 'bash');
  expect(block && textAround(text, block)).toEqual(['a', 'b']);
});

it('labelOfPattern reads the label of the default pattern only', () => {
  expect(labelOfPattern('```mswea_bash_command\\s*\\n(.*?)\\n```')).toBe('mswea_bash_command');
  expect(labelOfPattern('<bash>(.*?)</bash>')).toBeUndefined();
  expect(labelOfPattern(7)).toBeUndefined();
});
