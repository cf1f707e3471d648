import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContentChange } from '../model/effect.ts';
import type { StepId } from '../model/ids.ts';
import { type Doing, FileStore } from './file-store.ts';

function doing(at: number): Doing {
  return { at, by: String(at + 1) as StepId, certainty: 'certain' };
}

const set = (content: string): ContentChange => ({ kind: 'set', content });

describe('FileStore', () => {
  it('keeps every version with the step that made it', () => {
    const files = new FileStore();
    files.observe('/a', 0, 'one\n');
    files.write('/a', doing(1), { kind: 'replace', old: 'one', new: 'two', all: false }, false);
    files.remove('/a', doing(2), false);
    expect(
      files.versions('/a').map(({ how, madeBy, exists, content }) => [how, madeBy, exists, content]),
    ).toEqual([
      ['read', undefined, true, 'one\n'],
      ['edit', '2', true, 'two\n'],
      ['delete', '3', false, undefined],
    ]);
  });

  it('makes no version of a write that changes nothing', () => {
    const files = new FileStore();
    expect(files.write('/a', doing(0), set('x'), true)).toEqual(['/a']);
    expect(files.write('/a', doing(1), set('x'), false)).toEqual([]);
    expect(files.versions('/a')).toHaveLength(1);
  });

  it('does not know the content after an edit of what it never saw, until it is read', () => {
    const files = new FileStore();
    files.write('/a', doing(0), { kind: 'replace', old: 'x', new: 'y', all: false }, false);
    expect(files.versions('/a')[0]?.content).toBeUndefined();
    files.observe('/a', 1, 'y\n');
    expect(files.versions('/a')).toHaveLength(1);
    expect(files.versions('/a')[0]?.content).toBe('y\n');
  });

  it('appends to what was never seen without claiming to know the whole', () => {
    const files = new FileStore();
    files.write('/log', doing(0), { kind: 'append', content: 'x' }, false);
    expect(files.versions('/log')[0]).toMatchObject({ how: 'append', content: undefined });
    files.write('/new', doing(1), { kind: 'append', content: '' }, true);
    files.write('/new', doing(2), { kind: 'append', content: 'y' }, true);
    expect(files.versions('/new').map((version) => version.content)).toEqual([undefined, undefined]);
    files.remove('/new', doing(3), false);
    files.write('/new', doing(4), { kind: 'append', content: 'z' }, true);
    expect(files.versions('/new').at(-1)?.content).toBe('z');
  });

  it('believes a read that contradicts it', () => {
    const files = new FileStore();
    files.write('/a', doing(0), set('mine\n'), true);
    files.observe('/a', 1, 'other\n');
    expect(files.versions('/a').at(-1)).toMatchObject({ how: 'read', madeBy: undefined, content: 'other\n' });
    expect(files.agreement).toEqual({ equal: 0, different: 1, corrected: 0 });
  });

  it('moves and removes folders with what lies in them', () => {
    const files = new FileStore();
    files.write('/d/a', doing(0), set('a'), true);
    files.write('/d/e/b', doing(1), set('b'), true);
    files.transfer('/d', '/f', doing(2), 'move');
    expect(files.versions('/f/e/b').at(-1)).toMatchObject({ how: 'move', content: 'b' });
    expect(files.versions('/d/a').at(-1)?.exists).toBe(false);
    expect(files.remove('/f/*', doing(3), true)).toEqual(['/f/a', '/f/e/b']);
  });

  it('copies into a folder that it knows', () => {
    const files = new FileStore();
    files.write('/d/a', doing(0), set('a'), true);
    files.write('/x', doing(1), set('x'), true);
    expect(files.transfer('/x', '/d', doing(2), 'copy')).toEqual(['/d/x']);
    expect(files.versions('/d/x')[0]).toMatchObject({ how: 'copy', content: 'x' });
  });

  it('sees that a backup came back although it never saw the content', () => {
    const files = new FileStore();
    files.transfer('/a', '/a.bak', doing(0), 'copy');
    files.write('/a', doing(1), { kind: 'unknown' }, false);
    const edited = files.fingerprint.at(1);
    files.transfer('/a.bak', '/a', doing(2), 'copy');
    expect(files.fingerprint.at(2)).toBe(files.fingerprint.at(0));
    expect(edited).not.toBe(files.fingerprint.at(0));
  });

  it('knows nothing after something replaced all files', () => {
    const files = new FileStore();
    files.observe('/a', 0, 'a');
    files.forget(1, () => true);
    expect(files.versions('/a').at(-1)).toMatchObject({ madeBy: undefined, content: undefined });
  });

  it('agrees with a plain map over any sequence of changes, at every version', () => {
    const path = fc.constantFrom('/a', '/b', '/d/c', '/d/e');
    const text = fc.stringMatching(/^[ab\n]{0,12}$/);
    const action = fc.oneof(
      fc.record({ kind: fc.constant('set' as const), path, text }),
      fc.record({ kind: fc.constant('append' as const), path, text }),
      fc.record({ kind: fc.constant('replace' as const), path, text }),
      fc.record({ kind: fc.constant('remove' as const), path, text }),
      fc.record({ kind: fc.constant('move' as const), path, text, to: path }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 150 }), (actions) => {
        const files = new FileStore();
        const model = new Map<string, string>();
        const history: Map<string, string>[] = [];
        for (const [at, action] of actions.entries()) {
          const { path, text } = action;
          const before = model.get(path);
          if (action.kind === 'set') {
            files.write(path, doing(at), set(text), true);
            model.set(path, text);
          } else if (action.kind === 'append' && files.track(path)) {
            files.write(path, doing(at), { kind: 'append', content: text }, true);
            model.set(path, (before ?? '') + text);
          } else if (action.kind === 'replace' && before?.includes('a')) {
            files.write(path, doing(at), { kind: 'replace', old: 'a', new: text, all: true }, false);
            model.set(
              path,
              before.replaceAll('a', () => text),
            );
          } else if (action.kind === 'remove' && before !== undefined) {
            files.remove(path, doing(at), false);
            model.delete(path);
          } else if (action.kind === 'move' && before !== undefined && action.to !== path) {
            files.transfer(path, action.to, doing(at), 'move');
            model.delete(path);
            model.set(action.to, before);
          }
          history.push(new Map(model));
        }
        for (const [at, expected] of history.entries()) {
          for (const path of files.paths) {
            const version = files.versions(path).findLast((version) => version.at <= at);
            expect(version?.exists ? version.content : undefined).toBe(expected.get(path));
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('has one fingerprint per state, whatever way led there', () => {
    const text = fc.constantFrom('x', 'y', 'z');
    const steps = fc.array(fc.record({ path: fc.constantFrom('/a', '/b'), text, gone: fc.boolean() }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, (steps) => {
        const files = new FileStore();
        const model = new Map<string, string>();
        const prints = new Map<string, number>([['', 0]]);
        for (const [at, { path, text, gone }] of steps.entries()) {
          if (gone && model.has(path)) {
            files.remove(path, doing(at), false);
            model.delete(path);
          } else if (!gone) {
            files.write(path, doing(at), set(text), true);
            model.set(path, text);
          }
          const state = [...model]
            .map(([path, text]) => path + text)
            .sort()
            .join();
          const print = files.fingerprint.at(at);
          expect(prints.get(state) ?? print).toBe(print);
          prints.set(state, print);
        }
        expect(new Set(prints.values()).size).toBe(prints.size);
      }),
    );
  });
});
