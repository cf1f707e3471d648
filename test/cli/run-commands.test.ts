import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { at } from '../../src/base/json.ts';
import { FORMATS } from '../../src/formats/registry.ts';
import { captureCli } from '../support/run-cli.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const FAILED = join(EXAMPLES, 'failed-fix');

describe.each<[string, string[]]>([
  ['tree', ['tree', FAILED]],
  ['show', ['show', FAILED, '1-2']],
  ['state', ['state', FAILED, 'last']],
  ['why', ['why', FAILED, 'outcome']],
  ['formats', ['formats']],
  ['demo', ['demo']],
  ['doctor', ['doctor']],
])('%s', (_name, argv) => {
  it('prints text', async () => {
    const { code, stdout } = await captureCli(...argv);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n').length).toBeGreaterThan(1);
    expect(stdout.startsWith('{')).toBe(false);
  });

  it('prints one JSON document with --json', async () => {
    const { code, stdout } = await captureCli(...argv, '--json');
    expect(code).toBe(0);
    expect(typeof JSON.parse(stdout)).toBe('object');
  });
});

describe('<run>', () => {
  it('is last, an id, or a unique prefix; an ambiguous one is refused with the ids', async () => {
    const out = await makeTemporaryFolder();
    const { stdout } = await captureCli('analyze', EXAMPLES, '--json', '--out', out);
    const runs = at(JSON.parse(stdout), 'runs');
    const ids = [0, 1].map((index) => String(at(runs, index, 'id')));
    const [first = '', second = ''] = ids;
    const tree = async (name: string) => captureCli('tree', name, '--json', '--out', out);
    const whole = await tree(second);
    expect(whole.code).toBe(0);
    expect((await tree('last')).stdout).toBe(whole.stdout);
    expect((await tree(second.slice(0, -2))).stdout).toBe(whole.stdout);
    expect((await tree(first)).stdout).not.toBe(whole.stdout);
    const ambiguous = await captureCli('tree', 'timesheet', '--out', out);
    expect(ambiguous.code).toBe(2);
    expect(ambiguous.stderr).toContain('2 runs begin with "timesheet"');
    for (const id of ids) expect(ambiguous.stderr).toContain(id);
    const none = await captureCli('tree', 'nonsense', '--out', out);
    expect([none.code, none.stdout]).toEqual([2, '']);
  });

  it.each<[string[], string]>([
    [['show', FAILED, '9999'], 'there is no step "9999"'],
    [['show', FAILED, '5-2'], 'is empty'],
    [['why', FAILED, 'test:nonsense'], 'no result of that test is known'],
    [['why', FAILED, 'no/such/file.py'], 'not known to have touched it'],
    [['why', FAILED, 'error:999'], 'errors'],
    [['why', FAILED, 'package:nonsense'], 'no step is known to have installed'],
    [['tree', EXAMPLES], 'holds several runs'],
  ])('%j ends with 2 and says why', async (argv, message) => {
    const { code, stderr } = await captureCli(...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('formats --json', () => {
  it('lists every format', async () => {
    const { stdout } = await captureCli('formats', '--json');
    for (const { id } of FORMATS) expect(stdout).toContain(JSON.stringify(id));
  });
});
