import { describe, expect, it } from 'vitest';
import { parseSpec } from './parse-spec.ts';

const spec = {
  version: 1,
  name: 'acts',
  title: 'acts',
  source: { unit: 'jsonl' },
  rules: [{ role: 'call', tool: { is: 'bash' }, command: 'cmd' }],
  fingerprint: { records: [], kinds: [], document: [] },
};

function problems(change: Record<string, unknown>): string {
  const parsed = parseSpec({ ...spec, ...change });
  return parsed.ok ? 'accepted' : parsed.problems.join('; ');
}

describe('parseSpec', () => {
  it('accepts a spec', () => {
    expect(problems({})).toBe('accepted');
  });

  it('refuses fields that it does not know, so that nothing is hidden in a spec', () => {
    expect(problems({ code: 'process.exit()' })).toContain('code');
    expect(problems({ rules: [{ ...spec.rules[0], regex: '(a+)+$' }] })).toContain('regex');
  });

  it('refuses paths out of the run and names of other extractors', () => {
    for (const files of ['../*.json', '/etc/*', 'a/b.json', '..', 'a*b*c*d*e*f']) {
      expect(problems({ source: { unit: 'folder', files } }), files).toContain('source');
    }
    for (const name of ['../x', 'A', 'a/b', '']) expect(problems({ name }), name).toContain('name');
  });

  it('refuses a call without an action', () => {
    expect(problems({ rules: [{ role: 'call', tool: { is: 'bash' } }] })).toContain('rules.0');
  });

  it('refuses what is too large or too deep, and values of any other shape', () => {
    const rule = { role: 'message', from: 'user', text: ['x'.repeat(300)] };
    expect(problems({ rules: Array.from({ length: 121 }, () => rule) })).toContain('rules');
    const long = 'y'.repeat(290);
    const wide = {
      role: 'message',
      from: 'user',
      text: Array.from({ length: 12 }, () => Array.from({ length: 12 }, () => long)),
    };
    expect(problems({ rules: Array.from({ length: 100 }, () => wide) })).toContain('characters');
    let deep: unknown = {};
    for (let i = 0; i < 100_000; i++) deep = { deep };
    expect(parseSpec(deep)).toEqual({ ok: false, problems: ['it nests too deeply'] });
    for (const value of [undefined, null, 5, 'spec', [], { version: 2 }])
      expect(parseSpec(value).ok).toBe(false);
  });
});
