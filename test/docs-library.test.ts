import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as library from '../src/app/index.ts';

const PAGE = readFileSync(join(import.meta.dirname, '..', 'docs', 'library.md'), 'utf8');
const examples = [...PAGE.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);

describe('docs/library.md', () => {
  it.each(Object.keys(library))('has an example that imports and uses %s', (name) => {
    const using = examples.filter((code) => {
      const imported = /import \{([^}]*)\} from 'codetracer'/
        .exec(code)?.[1]
        ?.split(',')
        .map((part) => part.trim());
      const rest = code.replace(/import [^;]*;/g, '');
      return imported?.includes(name) && new RegExp(`\\b${name}\\b`).test(rest);
    });
    expect(using.length).toBeGreaterThan(0);
  });

  it('imports nothing that the library does not export', () => {
    const imported = examples.flatMap((code) =>
      [...code.matchAll(/import \{([^}]*)\} from 'codetracer'/g)].flatMap(([, names = '']) =>
        names.split(',').map((part) => part.trim()),
      ),
    );
    expect(imported.filter((name) => !(name in library))).toEqual([]);
  });
});
