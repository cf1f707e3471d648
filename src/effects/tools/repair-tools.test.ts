import { expect, it } from 'vitest';
import { summarizeEffects } from '../../../test/support/summarize-effects.ts';
import type { JsonObject } from '../../base/json.ts';
import { analyzeTool } from './analyze-tool.ts';

const BUG = { project_name: 'Ink', bug_index: 4 };

it.each<[string, JsonObject, string]>([
  ['read_range', { ...BUG, filepath: 'a.java', startline: 3, endline: 9 }, 'read a.java 3-9'],
  ['extract_test_code', { ...BUG, test_file_path: 'T.java' }, 'read T.java'],
  ['extract_method_code', { ...BUG, filepath: 'a.java', method_name: 'm' }, 'read a.java'],
  ['get_classes_and_methods', { ...BUG, file_path: 'a.java' }, 'read a.java'],
  ['search_code_base', { ...BUG, key_words: ['ink', 'dip'] }, 'search /ink|dip/ .'],
  [
    'extract_similar_functions_calls',
    { ...BUG, file_path: 'a.java', code_snippet: 'dip()' },
    'search /dip()/ a.java',
  ],
  ['run_tests', { name: 'Ink', index: 4 }, 'test defects4j'],
  [
    'write_fix',
    { ...BUG, changes_dicts: [{ file_name: 'a.java' }, { file_name: 'a.java' }, { file_name: 'b.java' }] },
    'write a.java, write b.java, test defects4j',
  ],
  ['express_hypothesis', { hypothesis: 'It is 0.' }, 'note express_hypothesis'],
  ['goals_accomplished', { reason: 'Fixed.' }, 'submit'],
])('RepairAgent’s %s %j', (tool, args, effects) => {
  expect(summarizeEffects(analyzeTool({ tool, args, action: tool }).effects)).toBe(effects);
});

it('reads the edits of a sample of Agentless, file by file', () => {
  const block = (old: string, text: string) => `<<<<<<< SEARCH\n${old}\n=======\n${text}\n>>>>>>> REPLACE`;
  const action = `\`\`\`python\n### a.py\n${block('### x', 'y')}\n### b.py\n${block('1', '2')}\n${block('3', '4')}\n\`\`\`\nDone.`;
  const { effects } = analyzeTool({ tool: 'repair', action });
  expect(summarizeEffects(effects)).toBe(
    'write? a.py replace "### x" by "y", write? b.py [replace "1" by "2"; replace "3" by "4"]',
  );
  expect(analyzeTool({ tool: 'repair', action: 'no edit' }).effects).toEqual([]);
});

it('a stage that only names places changes nothing', () => {
  const { effects, understood } = analyzeTool({ tool: 'localize_files', action: '```\na.py\n```' });
  expect([summarizeEffects(effects), understood]).toEqual(['note localize_files', true]);
});
