import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stateDocumentSchema } from '../../src/query/state-schemas.ts';
import { captureCli } from '../support/run-cli.ts';

const FAILED = join(import.meta.dirname, '../../examples/failed-fix');

describe('state', () => {
  let text = '';
  beforeAll(async () => {
    text = (await captureCli('state', FAILED, 'last')).stdout;
  });

  it('prints a document that its schema describes', async () => {
    for (const argv of [[], ['--since', '2']]) {
      const { code, stdout } = await captureCli('state', FAILED, 'last', ...argv, '--json');
      expect(code).toBe(0);
      const parsed = stateDocumentSchema.strict().safeParse(JSON.parse(stdout));
      expect(parsed.error?.message).toBeUndefined();
      expect(parsed.data?.since === undefined).toBe(argv.length === 0);
    }
  });

  it('says part by part what holds, and by which step', () => {
    expect(text).toMatch(/^state after step \d+\ndirectory \S+/);
    expect(text).toMatch(/\nchanged files \(\d+\)\n {2}\S+ {2}v\d+ /);
    expect(text).toMatch(/\nused so far: \d+ steps/);
  });

  it('prints what changed since an earlier step, and nothing where nothing did', async () => {
    const changes = await captureCli('state', FAILED, 'last', '--since', '1');
    expect(changes.stdout).toMatch(/^changes from the state after step 1 to that after step \d+\n/);
    expect(changes.stdout).toMatch(/\n {2}\+ \S+ {2}v\d+ /);
    const none = await captureCli('state', FAILED, '2', '--since', '2');
    expect(none.stdout.trim().split('\n').at(-1)).toBe('none');
  });

  it.each<[string[], string]>([
    [['1', '--since', '2'], 'comes after step 1'],
    [['last', '--since', '999'], 'there is no step "999"'],
    [['last', '--since', '1', '--file', 'a.py'], 'can not be asked for together'],
  ])('refuses %j', async (argv, message) => {
    const { code, stdout, stderr } = await captureCli('state', FAILED, ...argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});
