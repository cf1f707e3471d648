import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { treeDocumentSchema } from '../../src/query/tree/tree-schemas.ts';
import { captureCli } from '../support/run-cli.ts';

const FAILED = join(import.meta.dirname, '../../examples/failed-fix');

describe('tree', () => {
  it('prints the whole tree, one line per stage, or what fits a budget', async () => {
    const whole = await captureCli('tree', FAILED);
    const stages = await captureCli('tree', FAILED, '--stages');
    const opened = await captureCli('tree', FAILED, '--open', 'all');
    expect(stages.code).toBe(0);
    const headings = (text: string) => text.split('\n').filter((line) => line.startsWith('## '));
    expect(headings(stages.stdout)).toEqual(headings(whole.stdout));
    expect(stages.stdout.length).toBeLessThan(whole.stdout.length);
    expect(opened.stdout).toBe(whole.stdout);
    for (const n of [1, 3, 10]) {
      const { stdout } = await captureCli('tree', FAILED, '--max-lines', String(n), '--focus', 'onset');
      expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(n);
    }
    expect((await captureCli('tree', FAILED, '--markdown')).stdout).toContain('<details');
  });

  it('prints one document of its schema, with the lines that a budget leaves', async () => {
    const whole = treeDocumentSchema.parse(JSON.parse((await captureCli('tree', FAILED, '--json')).stdout));
    expect(whole.lines).toBeUndefined();
    const some = await captureCli('tree', FAILED, '--json', '--max-lines', '4');
    const document = treeDocumentSchema.parse(JSON.parse(some.stdout));
    expect(document.nodes).toEqual(whole.nodes);
    expect(document.lines?.length).toBeLessThanOrEqual(4);
    expect(document.lines?.[0]?.kind).toBe('head');
  });

  it('refuses what makes no sense, and says what would', async () => {
    for (const [args, says] of [
      [['--max-lines', '0'], 'whole number'],
      [['--max-tokens', 'many'], 'whole number'],
      [['--focus', '9999'], 'there is no step'],
      [['--open', 'nonsense'], 'there is no stage'],
      [['--stages', '--max-lines', '3'], 'do not go with a budget'],
      [['--markdown', '--json'], '--markdown'],
    ] as const) {
      const { code, stderr } = await captureCli('tree', FAILED, ...args);
      expect(stderr).toContain(says);
      expect(code).toBe(2);
    }
  });
});
