import { describe, expect, it } from 'vitest';
import { arrangementOf, labelOf } from './enumerate-records.ts';
import { FieldTree } from './field-tree.ts';
import { HashSet } from './hash-set.ts';
import { LeftOutRules } from './left-out-rules.ts';
import { KindNamer, nameBlock } from './name-kind.ts';
import { topLevelArrays } from './top-level-arrays.ts';

describe('HashSet', () => {
  it('holds what was put in, zero and large hashes too, and no more than its limit', () => {
    const set = new HashSet(5000);
    for (let i = 0; i < 5000; i++) set.add(Math.imul(i, 2654435761));
    for (let i = 0; i < 5000; i++) expect(set.has(Math.imul(i, 2654435761))).toBe(true);
    expect([set.size, set.isFull, set.has(123)]).toEqual([5000, false, false]);
    set.add(123);
    expect([set.isFull, set.has(123)]).toEqual([true, false]);
  });
});

describe('LeftOutRules', () => {
  const rules = new LeftOutRules(
    ['id', 'usage.**', 'items.*.id', 'type=progress:**', 'message.role=user:note', 'a=b'].map((path) => ({
      path,
      why: '',
    })),
  );
  const ask = (path: string, record: object = {}, above = ''): boolean =>
    rules.isLeftOut(path.split('.'), above === '' ? [] : above.split('.'), rules.conditionsOf(record));

  it('matches paths from the record and from the top of its document', () => {
    expect([ask('id'), ask('a.id'), ask('usage.cache.read'), ask('usage')]).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect([ask('items.*.id'), ask('items.id'), ask('id', {}, 'items.*')]).toEqual([true, false, true]);
    expect(ask('a=b')).toBe(true);
  });

  it('limits a rule to records whose field has a value', () => {
    expect([ask('x.y', { type: 'progress' }), ask('x.y', { type: 'other' }), ask('x.y')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(ask('note', { message: { role: 'user' } })).toBe(true);
    expect(ask('note', { message: { role: 'assistant' } })).toBe(false);
  });
});

describe('KindNamer', () => {
  it('names records by what they say of themselves, in their envelope too', () => {
    const namer = new KindNamer();
    namer.learn([]);
    expect(namer.name({ type: 'response_item', payload: { type: 'function_call' } })).toBe(
      'response_item:function_call',
    );
    expect(namer.name({ type: 'assistant', message: { role: 'assistant', type: 'message' } })).toBe(
      'assistant',
    );
    expect(namer.name({ source: 'agent', action: 'run', args: {} })).toBe('action run');
    expect(namer.name({ text: 'no kind' })).toBeUndefined();
  });

  it('takes a field whose values are text for no kind', () => {
    const namer = new KindNamer();
    namer.learn([{ action: 'submit' }, { action: 'ls -la' }]);
    expect(namer.name({ action: 'submit' })).toBeUndefined();
    const many = new KindNamer();
    many.learn(Array.from({ length: 60 }, (_, index) => ({ event: `e${index}` })));
    expect(many.name({ event: 'e1' })).toBeUndefined();
  });

  it('names blocks', () => {
    expect([
      nameBlock({ type: 'tool_use' }),
      nameBlock({ role: 'user' }),
      nameBlock({ type: 'a text' }),
    ]).toEqual(['tool_use', 'user', undefined]);
  });
});

describe('FieldTree', () => {
  it('gathers keys that are data, and gives blocks kinds of their own down to a depth', () => {
    const tree = new FieldTree();
    const root = tree.root('record');
    expect(tree.member(root, 'src/a.py')).toBe(tree.member(root, 'src/b.py'));
    expect(tree.member(root, 'name')).not.toBe(tree.member(root, 'other'));
    for (let i = 0; i < 200; i++) tree.member(root, `key${i}`);
    expect(root.children.size).toBeLessThanOrEqual(81);
    let node = root;
    for (let depth = 0; depth < 10; depth++) node = tree.element(node, 'block');
    expect(node.kind).toBe('record/block/block/block');
  });
});

describe('records by their looks', () => {
  it('tells arrangements apart', () => {
    expect(arrangementOf('a', '{"a":1}\n{"a":2}\n')).toBe('json-lines');
    expect(arrangementOf('a', '{"a":1}\n')).toBe('document');
    expect(arrangementOf('a.jsonl', '{"a":1}\n')).toBe('json-lines');
    expect(arrangementOf('a', '{\n "a": 1\n}')).toBe('document');
    expect(arrangementOf('a', 'npm warn\n{"a":1}\n{"a":2}\n')).toBe('json-lines');
    expect(arrangementOf('a', 'just text')).toBe('text');
    expect(arrangementOf('a', '{"version":2,"width":80,"height":24}\n[0,"o","x"]')).toBe('recording');
    expect([arrangementOf('a', '  '), arrangementOf('a', 'P\u0000')]).toEqual(['absent', 'binary']);
  });

  it('names files that say what they are, and no others', () => {
    expect(['x/base_state.json', 'event-1-ab.json', 'task7.traj', 'prompt.txt'].map(labelOf)).toEqual([
      'base_state.json',
      'document',
      'document',
      'prompt.txt',
    ]);
  });

  it('finds the arrays at the top of a document whose text is cut', () => {
    expect(topLevelArrays('{"a":1,"list":[{"inner":[1]}],"b":{"c":[2]},"t":"[","more":[{"x')).toEqual([
      'list',
      'more',
    ]);
  });
});
