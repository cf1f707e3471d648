import { describe, expect, it } from 'vitest';
import { runFrom } from '../../test/support/notation.ts';
import { simpleEffects } from '../../test/support/simple-effects.ts';
import type { TraceTree } from '../model/tree.ts';
import { buildHistory } from '../state/build-history.ts';
import { buildTree } from './build-tree.ts';

function treeOf(text: string): TraceTree {
  const run = runFrom(text);
  return buildTree(run, buildHistory(run, simpleEffects));
}

/** `2<1` for a node made by step 2 under the node of step 1 (`-` is the root); `x` behind it when abandoned. */
function outline(tree: TraceTree): string[] {
  const name = (index: number | undefined): string =>
    index === undefined ? '' : (tree.nodes[index]?.madeBy ?? '-');
  return tree.nodes
    .slice(1)
    .map((node) => `${name(node.index)}<${name(node.parent)}${node.abandoned ? ' x' : ''}`);
}

describe('buildTree', () => {
  it('makes a node of each change and hangs the other steps on the node that they ran in', () => {
    const tree = treeOf(`
      1 > cat a
      2 > echo x > a
      3 > cat a
      4 > pytest
      5 > echo y > a
    `);
    expect(outline(tree)).toEqual(['2<-', '5<2']);
    expect(tree.nodes.map((node) => node.explore)).toEqual([['1'], ['3', '4'], []]);
    expect(tree.nodeOf).toEqual([0, 0, 1, 1, 1]);
    expect(tree.nodes.map((node) => node.depth)).toEqual([0, 1, 2]);
  });

  it('branches where a checkout brings an earlier state back', () => {
    const tree = treeOf(`
      cwd: /app
      1 > cat a.py
      one
      2 > sed -i 's/one/1/' a.py
      3 > sed -i 's/1/2/' a.py
      4 > git checkout a.py
      5 > sed -i 's/one/good/' a.py
    `);
    expect(outline(tree)).toEqual(['2<- x', '3<2 x', '4<-', '5<4']);
    expect(tree.nodes[3]?.returnsTo).toBe(0);
  });

  it('sees an undo by hand, and a file that is removed again', () => {
    expect(outline(treeOf('1 > echo a > f.py\n2 > echo b > f.py\n3 > echo a > f.py'))).toEqual([
      '1<-',
      '2<1 x',
      '3<1',
    ]);
    expect(outline(treeOf('1 > echo a > f.py\n2 > rm f.py\n3 > echo c > g.py'))).toEqual([
      '1<- x',
      '2<-',
      '3<2',
    ]);
  });

  it('does not take the removal of a throw-away script for a way back', () => {
    const tree = treeOf(`
      cwd: /app
      1 > echo fix > lib.py
      2 > echo print > repro.py
      3 > rm repro.py
    `);
    expect(outline(tree)).toEqual(['1<-', '2<1', '3<2']);
  });

  it('finds the way back although throw-away scripts lie around', () => {
    const tree = treeOf(`
      cwd: /app
      1 > cat a.py
      one
      2 > sed -i 's/one/1/' a.py
      3 > echo print > /tmp/t.py
      4 > git checkout a.py
    `);
    expect(outline(tree)).toEqual(['2<- x', '3<2', '4<-']);
  });

  it('gives the parallel steps of a turn one state', () => {
    const tree = treeOf(`
      1 > echo x > a
      2 > echo y > b
      3& > cat a
      4& > echo z > c
      5 > cat b
    `);
    expect(outline(tree)).toEqual(['1<-', '2<1']);
    expect(tree.nodes[2]?.alsoBy).toEqual(['4']);
    expect(tree.nodeOf).toEqual([0, 1, 1, 1, 2]);
    expect(tree.nodes[1]?.explore).toEqual(['3']);
  });

  it('names the sub-agent that made a node', () => {
    const tree = treeOf(`
      1 @Task {}
      1 = fixer
      1.1 > echo x > a
      1.2 > cat a
      2 > echo y > b
    `);
    expect(outline(tree)).toEqual(['1.1<-', '2<1.1']);
    expect(tree.nodes.map((node) => node.agent)).toEqual([undefined, 'fixer', undefined]);
  });

  it('lets the state after all parallel steps of a turn decide whether it is a way back', () => {
    const tree = treeOf(`
      1 > echo x > a
      2 > echo y > a
      3 > echo x > a
      4& > echo z > b
    `);
    expect(outline(tree)).toEqual(['1<-', '2<1', '3<2']);
    expect(tree.nodes[3]?.returnsTo).toBeUndefined();
    expect(tree.nodes[3]?.alsoBy).toEqual(['4']);
  });

  it('takes a stash and its return for ways back, but not across a pull, which may have changed anything', () => {
    const around = (between: string): string => `
      cwd: /app
      1 > cat a.py
      one
      2 > sed -i 's/one/1/' a.py
      3 > git stash
      Saved working directory and index state WIP on main: 1a2b3c4 start
      4 > ${between}
      5 > git stash pop
      Dropped refs/stash@{0} (5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f)
    `;
    expect(treeOf(around('grep x lib')).nodes.map((node) => node.returnsTo)).toEqual([
      undefined,
      undefined,
      0,
      1,
    ]);
    expect(treeOf(around('git pull')).nodes.at(-1)?.returnsTo).toBeUndefined();
    expect(treeOf(around('git checkout other')).nodes.at(-1)?.returnsTo).toBeUndefined();
  });

  it('makes no state of a write that changes nothing', () => {
    expect(outline(treeOf('1 > echo x > a\n2 > echo x > a'))).toEqual(['1<-']);
  });

  it('keeps its parents before their children, whatever the order of changes', () => {
    const lines: string[] = [];
    for (let i = 1; i <= 200; i++) lines.push(`${i} > echo ${(i * 7919) % 5} > f${(i * 104729) % 3}.py`);
    const tree = treeOf(lines.join('\n'));
    for (const node of tree.nodes) {
      if (node.parent === undefined) continue;
      expect(node.parent).toBeLessThan(node.index);
      expect(node.depth).toBe((tree.nodes[node.parent]?.depth ?? 0) + 1);
    }
    expect(tree.nodes.some((node) => node.returnsTo !== undefined)).toBe(true);
  });
});
