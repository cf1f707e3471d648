import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffDocumentSchema } from '../../src/query/diff-schemas.ts';
import { captureCli } from '../support/run-cli.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const FAILED = join(EXAMPLES, 'failed-fix');
const GOOD = join(EXAMPLES, 'good-fix');

describe('diff', () => {
  it('prints where the example runs parted', async () => {
    const { code, stdout } = await captureCli('diff', FAILED, GOOD);
    expect(code).toBe(0);
    expect(stdout).toContain('first divergence');
    expect(stdout).toContain('outcome failed');
    expect(stdout).toContain('outcome solved');
  });

  it('prints one JSON document of its schema', async () => {
    const { code, stdout } = await captureCli('diff', FAILED, GOOD, '--json', '--patch');
    expect(code).toBe(0);
    const document = diffDocumentSchema.parse(JSON.parse(stdout));
    expect(document.firstDivergence).not.toBeNull();
    expect(document.files.some(({ patch }) => patch?.includes('@@'))).toBe(true);
  });

  it('finds nothing between a run and itself', async () => {
    const { stdout } = await captureCli('diff', FAILED, FAILED);
    expect(stdout).toContain('Both runs went through the same states of the files.');
  });

  it.each<[string[], number, string]>([
    [['diff', FAILED], 2, "missing required argument 'runB'"],
    [['diff', FAILED, 'no-such-run'], 2, 'no-such-run'],
    [['diff', FAILED, GOOD, '--max', 'many'], 2, '--max many'],
    [['diff', FAILED, GOOD, '--max', '0'], 2, '--max 0'],
    [['diff', '-', '-'], 2, 'standard input'],
    [['diff', FAILED, EXAMPLES], 2, 'holds several runs'],
  ])('%j exits %i', async (argv, expected, message) => {
    const { code, stdout, stderr } = await captureCli(...argv);
    expect([code, stdout]).toEqual([expected, '']);
    expect(stderr).toContain(message);
  });
});
