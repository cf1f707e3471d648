import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeShell } from '../../src/effects/shell/analyze-shell.ts';

/** Lines `C command` and `E command` under headings `# family`. */
function readFamilies(): Map<string, { readonly wanted: string; readonly command: string }[]> {
  const families = new Map<string, { wanted: string; command: string }[]>();
  let family = '';
  for (const line of readFileSync(join(import.meta.dirname, 'families.txt'), 'utf8').split('\n')) {
    const match = /^([CE]) (.*)$/.exec(line);
    if (!match) {
      family = line.replace(/^#\s*/, '') || family;
      continue;
    }
    const text = match[2] ?? '';
    const command = text.includes('<<') ? text.replaceAll('\\n', '\n') : text;
    const list = families.get(family) ?? [];
    list.push({ wanted: match[1] === 'C' ? 'change' : 'explore', command });
    families.set(family, list);
  }
  return families;
}

describe('families of commands', () => {
  const families = readFamilies();

  it('are many', () => {
    const all = [...families.values()].flat();
    expect(all.length).toBeGreaterThan(1_400);
    expect(all.filter(({ wanted }) => wanted === 'explore').length).toBeGreaterThan(600);
  });

  it.each([...families])('%s', (_, cases) => {
    const wrong = cases.filter(({ wanted, command }) => analyzeShell(command).requested.class !== wanted);
    expect(wrong).toEqual([]);
    expect(cases.filter(({ command }) => analyzeShell(command).unparsed !== undefined)).toEqual([]);
  });
});
