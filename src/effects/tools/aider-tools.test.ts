import { expect, it } from 'vitest';
import { summarizeEffects } from '../../../test/support/summarize-effects.ts';
import type { JsonObject } from '../../base/json.ts';
import { analyzeTool } from './analyze-tool.ts';

it.each<[string, JsonObject, string | undefined, string]>([
  [
    'edit_block',
    { path: 'a', search: 'x\n', replace: 'y\n' },
    'Applied edit to a',
    'write a replace "x\\n" by "y\\n"',
  ],
  ['edit_block', { path: 'a', search: '', replace: 'y\n' }, undefined, 'write a append "y\\n"'],
  [
    'edit_block',
    { path: 'a', search: 'x', replace: 'y' },
    'Applied edit to a\nCommit 1a2b3c4 fix: y',
    'write a replace "x" by "y", git commit changes',
  ],
  ['whole_file', { path: 'a', content: 'x\n' }, undefined, 'write a set "x\\n"'],
  ['unified_diff', { path: 'a', diff: '--- a\n+++ a\n@@ ... @@\n-x\n+y\n' }, undefined, 'write a'],
  [
    'unified_diff',
    { path: 'a', diff: '--- a\n+++ a\n@@ -1 +1 @@\n-x\n+y\n' },
    undefined,
    'write a patch 6 lines',
  ],
  ['/run', { command: 'rm a' }, undefined, 'delete a'],
  ['/git', { command: 'git status' }, undefined, 'git status looks'],
  ['/test', { command: 'pytest -q' }, undefined, 'test pytest'],
  ['/test', {}, undefined, 'test test'],
  ['/commit', {}, undefined, 'git commit changes'],
  ['/undo', {}, undefined, 'git reset changes'],
  ['/lint', {}, undefined, 'run? lint'],
])('%s %j', (tool, args, observation, effects) => {
  const { effects: found } = analyzeTool({ tool, args, action: tool, observation });
  expect(summarizeEffects(found)).toBe(effects);
});

it('tells a new file by what aider asked', () => {
  const args = { path: 'a', search: '', replace: 'y\n' };
  const observation = 'Allow creation of new file a? y\nApplied edit to a';
  const [first] = analyzeTool({ tool: 'edit_block', args, action: '', observation }).effects;
  expect(first).toMatchObject({ kind: 'write', creates: true });
});

it('leaves tools of other agents with the same names alone', () => {
  expect(analyzeTool({ tool: 'undo', args: {}, action: 'undo' }).understood).toBe(false);
});
