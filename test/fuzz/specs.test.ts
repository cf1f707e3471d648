import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpretArtifact } from '../../src/evolve/interpret/interpret-artifact.ts';
import { parseSpec } from '../../src/evolve/spec/parse-spec.ts';
import { createMemoryReader } from '../../src/io/open-reader.ts';
import type { RunId } from '../../src/model/ids.ts';
import { checkIntegrity } from '../../src/model/integrity.ts';

/** Few keys, so that random paths meet random records; some that every object seems to have. */
const key = fc.constantFrom('a', 'b', 'id', 'of', 'text', '__proto__', 'constructor', 'length');
const path = fc
  .array(fc.oneof(key, key, fc.constantFrom('a[*]', 'b[0]', 'text[*]')), { minLength: 1, maxLength: 3 })
  .map((keys) => keys.join('.'));
const anyPath = fc.oneof({ weight: 6, arbitrary: path }, fc.constant('.'), fc.constant('[*]'));
const scalar = fc.oneof(fc.constantFrom('x', 'y', ''), fc.integer({ min: 0, max: 3 }), fc.constant(null));
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const condition = fc.record({
  path: anyPath,
  in: optional(fc.array(scalar, { minLength: 1, maxLength: 3 })),
  exists: optional(fc.boolean()),
  startsWith: optional(fc.constantFrom('x', '{')),
});
const conditions = optional(fc.array(condition, { maxLength: 2 }));
const texts = fc.array(fc.oneof(anyPath, fc.array(anyPath, { minLength: 1, maxLength: 3 })), {
  minLength: 1,
  maxLength: 3,
});
const reach = { when: conditions, each: optional(anyPath), where: conditions };

const rule = fc.oneof(
  fc.record({
    role: fc.constant('call'),
    ...reach,
    tool: fc.oneof(fc.record({ path: anyPath }), fc.constant({ is: 'bash' })),
    args: optional(anyPath),
    command: anyPath,
    id: optional(anyPath),
    time: optional(anyPath),
    result: optional(fc.record({ text: texts, exitCode: optional(anyPath) })),
    never: optional(fc.constant(['x'])),
  }),
  fc.record({
    role: fc.constant('call'),
    ...reach,
    tool: fc.constant({ is: 'bash' }),
    fence: fc.record({
      path: anyPath,
      open: fc.constantFrom('```', 'x'),
      close: fc.constantFrom('```', 'y'),
      blocks: fc.constantFrom('one', 'first', 'each'),
    }),
  }),
  fc.record({ role: fc.constant('result'), ...reach, text: texts, id: optional(anyPath) }),
  fc.record({ role: fc.constant('thought'), ...reach, text: texts }),
  fc.record({
    role: fc.constant('message'),
    ...reach,
    from: fc.constantFrom('user', 'system', 'environment'),
    text: texts,
  }),
);

const source = fc.oneof(
  fc.record({ unit: fc.constant('jsonl'), growing: optional(fc.constantFrom('a', 'text', 'a.b')) }),
  fc.record({ unit: fc.constant('json'), records: anyPath }),
  fc.record({ unit: fc.constant('folder'), files: fc.constantFrom('*', '*.json', '*a*') }),
  fc.record({
    unit: fc.constant('text'),
    markers: fc.constant([{ kind: 'x', prefix: '{', keep: true }]),
  }),
);

const spec = fc.record({
  version: fc.constant(1),
  name: fc.constant('any'),
  title: fc.constant('any'),
  source,
  rules: fc.array(rule, { minLength: 1, maxLength: 6 }),
  turn: optional(anyPath),
  time: optional(anyPath),
  subagent: optional(anyPath),
  fingerprint: fc.constant({ records: [], kinds: [], document: [] }),
});

/** Records as loose as bad data is: any value under any of the keys. */
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('x', 'y', '```\nls\n```', '{"a":1}', ''),
    fc.integer({ min: 0, max: 3 }),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
})).value;
const records = fc.array(fc.dictionary(key, value, { maxKeys: 5 }), { maxLength: 12 });

/** JSON without the members that are undefined, as a spec comes from a file. */
const asFile = (what: unknown): unknown => JSON.parse(JSON.stringify(what));

describe('learnt extractors', () => {
  it('refuse or accept any value as a spec, and never throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), spec, fc.object()), (candidate) => {
        const parsed = parseSpec(candidate);
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
      }),
    );
  });

  it('read any records by any spec without a throw, into a sound run, in bounded work', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(spec, records, fc.boolean(), async (candidate, list, asLines) => {
        const parsed = parseSpec(asFile(candidate));
        if (!parsed.ok) return;
        accepted++;
        const lines = list.map((record) => JSON.stringify(record)).join('\n');
        const reader = createMemoryReader({
          'run/a.json': asLines ? lines : JSON.stringify({ a: list, text: list }),
          'run/b.json': JSON.stringify(list),
        });
        const entry = await reader.stat(parsed.spec.source.unit === 'folder' ? 'run' : 'run/a.json');
        if (!entry) throw new Error('no artifact');
        const { run } = await interpretArtifact(parsed.spec, { reader, entry, path: 'run' });
        const built = run.build('run' as RunId);
        expect(checkIntegrity(built)).toEqual([]);
        // Every rule may make a step of all that its paths reach, which is far from what nested lists could multiply to.
        expect(built.steps.length).toBeLessThan(100_000);
      }),
      { numRuns: 200 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});
