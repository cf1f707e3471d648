import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderDocs } from '../scripts/docs/render-docs.ts';
import { LAYERS } from './architecture/layers.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('documents made from the code', () => {
  it.each([...renderDocs()])('%s is up to date (npx tsx scripts/docs.ts)', (path, text) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
    expect(read(path)).toBe(text);
  });
});

describe('docs/files.md', () => {
  it('has a table with rows for every file', () => {
    const sections = read('docs/files.md').split('\n## ').slice(1);
    expect(sections.length).toBeGreaterThan(6);
    const empty = sections.filter((section) => (section.match(/^\| `/gm) ?? []).length === 0);
    expect(empty.map((section) => section.split('\n')[0])).toEqual([]);
    expect(sections.find((section) => section.startsWith('steps.json'))).toContain('thinking');
  });
});

describe('documents written by hand', () => {
  it('shows the table of layers that the architecture test enforces', () => {
    const rows = [
      ...read('docs/architecture.md').matchAll(/^\| `src\/(\S+)` \| [^|]+ \| ([^|]*) \| ([^|]*) \|$/gm),
    ];
    const table = Object.fromEntries(
      rows.map(([, folder = '', may = '', pure = '']) => [folder, { may: may.trim(), pure: pure.trim() }]),
    );
    const all = Object.keys(LAYERS);
    for (const [folder, layer] of Object.entries(LAYERS)) {
      const shown = table[folder];
      if (!shown) continue;
      const others = shown.may.startsWith('all but')
        ? all.filter((name) => !shown.may.includes(name) && name !== folder)
        : shown.may.split(', ').filter((name) => all.includes(name));
      expect({ folder, may: others.toSorted() }).toEqual({ folder, may: layer.may.toSorted() });
      expect(shown.pure, folder).toBe(layer.pure ? 'yes' : 'no');
    }
    const present = readdirSync(join(ROOT, 'src'));
    expect(present.filter((folder) => !(folder in table))).toEqual([]);
  });

  it('has no link to a file that is not there', () => {
    const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'examples/README.md'];
    for (const folder of ['docs', 'docs/decisions']) {
      pages.push(
        ...readdirSync(join(ROOT, folder))
          .filter((name) => name.endsWith('.md'))
          .map((name) => `${folder}/${name}`),
      );
    }
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(join(ROOT, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });
});
