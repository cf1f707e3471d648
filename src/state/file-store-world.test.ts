import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContentChange } from '../model/effect.ts';
import type { StepId } from '../model/ids.ts';
import { type Doing, FileStore } from './file-store.ts';

/**
 * A file system of a few files, changed at random: some changes the store is told of, some happen unseen and the store
 * is only told that a program ran. Whatever it then holds as sure must be what the files really hold.
 */
type Deed =
  | { readonly kind: 'change'; readonly path: string; readonly change: ContentChange }
  | { readonly kind: 'delete' | 'read' | 'look'; readonly path: string }
  | { readonly kind: 'move' | 'copy'; readonly path: string; readonly to: string }
  | { readonly kind: 'link'; readonly path: string; readonly to: string }
  /** A program rewrites a file, and nothing says which. */
  | { readonly kind: 'unseen'; readonly path: string; readonly text: string }
  /** Nobody knows whether it happened. */
  | { readonly kind: 'maybe'; readonly path: string; readonly text: string; readonly happens: boolean };

const SEEN = ['/w/a.txt', '/w/b.txt', '/w/d/c.txt', '/w/d/e.txt'];
const path = fc.constantFrom(...SEEN);
const linkPath = fc.constantFrom('/w/l.txt', '/w/d/m.txt');
const text = fc.stringMatching(/^[xy\n]{0,6}$/);
const change: fc.Arbitrary<ContentChange> = fc.oneof(
  text.map((content) => ({ kind: 'set', content }) as const),
  text.map((content) => ({ kind: 'append', content }) as const),
  fc.constant({ kind: 'replace', old: 'x', new: 'y', all: true } as const),
);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('change' as const), path: fc.oneof(path, linkPath), change }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'read' as const, 'look' as const), path }),
  fc.record({ kind: fc.constantFrom('move' as const, 'copy' as const), path, to: path }),
  fc.record({ kind: fc.constant('link' as const), path: linkPath, to: path }),
  fc.record({ kind: fc.constant('unseen' as const), path, text }),
  fc.record({ kind: fc.constant('maybe' as const), path, text, happens: fc.boolean() }),
);

class World {
  readonly files = new Map<string, string>();
  readonly links = new Map<string, string>();

  real(name: string): string {
    return this.links.get(name) ?? name;
  }
}

/** Plays one deed in the world and tells the store of it as a history would; false when it fails there. */
function play(deed: Deed, world: World, store: FileStore, at: number): void {
  const doing: Doing = { at, by: String(at + 1) as StepId, certainty: 'certain' };
  const place = world.real(deed.path);
  const now = world.files.get(place);
  switch (deed.kind) {
    case 'change': {
      const { change: how } = deed;
      if (how.kind === 'set') world.files.set(place, how.content);
      else if (how.kind === 'append') world.files.set(place, (now ?? '') + how.content);
      else if (how.kind === 'replace') {
        // An edit that finds nothing fails, and is then no effect.
        if (now === undefined || !now.includes(how.old)) return;
        world.files.set(place, now.replaceAll(how.old, how.new));
      }
      store.write(deed.path, doing, how, how.kind !== 'replace');
      return;
    }
    case 'delete':
      if (!world.files.delete(place)) return;
      store.remove(place, doing, false);
      return;
    case 'read':
    case 'look':
      if (now !== undefined) store.observe(place, at, deed.kind === 'read' ? now : undefined);
      return;
    case 'move':
    case 'copy':
      if (now === undefined || deed.path === deed.to) return;
      world.files.set(deed.to, now);
      if (deed.kind === 'move') world.files.delete(place);
      store.transfer(deed.path, deed.to, doing, deed.kind);
      return;
    case 'link':
      if (world.links.has(deed.path) || world.files.has(deed.path)) return;
      world.links.set(deed.path, deed.to);
      store.link(deed.to, deed.path, doing);
      return;
    case 'unseen':
      world.files.set(deed.path, deed.text);
      store.doubt(at, doing.by, at % 2 === 0 ? { kind: 'all' } : { kind: 'below', folder: '/w' });
      return;
    case 'maybe':
      if (deed.happens) world.files.set(deed.path, deed.text);
      store.write(deed.path, { ...doing, certainty: 'possible' }, { kind: 'set', content: deed.text }, true);
  }
}

describe('FileStore against a world', () => {
  it('never holds as sure what a file does not hold, at any position', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const world = new World();
        const store = new FileStore();
        const past: ReadonlyMap<string, string>[] = [];
        for (const [at, next] of deeds.entries()) {
          play(next, world, store, at);
          past.push(new Map(world.files));
        }
        for (const [at, files] of past.entries()) {
          for (const name of store.paths) {
            const held = store.at(name, at);
            if (!held || held.provenance === 'assumed') continue;
            expect([name, at, held.exists]).toEqual([name, at, files.has(name)]);
            if (held.content !== undefined)
              expect([name, at, held.content]).toEqual([name, at, files.get(name)]);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('knows every file that it once saw whole, where nothing happens unseen', () => {
    const told = deed.filter((each) => each.kind !== 'unseen' && each.kind !== 'maybe');
    fc.assert(
      fc.property(fc.array(told, { maxLength: 30 }), (deeds) => {
        const world = new World();
        const store = new FileStore();
        for (const name of SEEN) {
          world.files.set(name, `${name}\n`);
          store.observe(name, 0, `${name}\n`);
        }
        for (const [at, next] of deeds.entries()) play(next, world, store, at + 1);
        for (const name of SEEN) expect(store.sureContent(name)).toBe(world.files.get(name));
      }),
      { numRuns: 200 },
    );
  });
});
