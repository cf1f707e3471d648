import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whyDocumentSchema } from '../../src/query/why-schemas.ts';
import { captureCli } from '../support/run-cli.ts';

const FAILED = join(import.meta.dirname, '../../examples/failed-fix');

describe('why', () => {
  it.each([
    ['outcome'],
    ['cwd'],
    ['error:1'],
    ['step:7'],
    ['timesheet/report.py'],
    ['report.py:1-3'],
    ['test:test_night_shift'],
  ])('prints one document of its schema for %s', async (target) => {
    const { code, stdout } = await captureCli('why', FAILED, target, '--json');
    expect(code).toBe(0);
    const document = whyDocumentSchema.parse(JSON.parse(stdout));
    expect(document.target).toBe(target);
    expect(document.links.length).toBeGreaterThan(0);
  });

  it('tells a story with quotes, their places, and what each link rests on', async () => {
    const { stdout } = await captureCli('why', FAILED, 'outcome');
    expect(stdout).toMatch(/step 7 .*is where it went wrong/);
    expect(stdout).toMatch(/“.*” .*action, .*traj\.json \/messages\/14/);
    expect(stdout).toContain('because of step 7');
  });

  it('follows at most --max causes and says how many are left', async () => {
    const { stdout } = await captureCli('why', FAILED, 'outcome', '--json', '--max', '3');
    const { links, more } = whyDocumentSchema.parse(JSON.parse(stdout));
    expect(links).toHaveLength(3);
    expect(more).toBeGreaterThan(0);
    const text = await captureCli('why', FAILED, 'outcome', '--max', '3');
    expect(text.stdout).toMatch(/more causes are known: --max \d+ follows further/);
  });

  it.each([['0'], ['-1'], ['many'], ['1.5'], ['100000']])('refuses --max %s', async (max) => {
    const { code, stderr } = await captureCli('why', FAILED, 'outcome', `--max=${max}`);
    expect(code).toBe(2);
    expect(stderr).toContain('not a number from 1 to 1000');
  });
});
