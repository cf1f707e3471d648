import { expect, it } from 'vitest';
import { summarizeEffects } from '../../../test/support/summarize-effects.ts';
import type { JsonObject } from '../../base/json.ts';
import { analyzeTool } from './analyze-tool.ts';

const effectsOf = (tool: string, args: JsonObject): string =>
  summarizeEffects(analyzeTool({ tool, args, action: tool }).effects);

const DIFF = '<<<<<<< SEARCH\n:start_line:2\n-------\na\n=======\nb\n>>>>>>> REPLACE';

it.each<[string, JsonObject, string]>([
  ['execute_command', { command: 'rm a && npm test', requires_approval: 'false' }, 'delete a, test npm'],
  ['read_file', { path: 'a.ts' }, 'read a.ts'],
  ['read_file', { files: [{ path: 'a', line_range: '3-5' }, { path: 'b' }] }, 'read a 3-5, read b'],
  [
    'read_file',
    {
      files: [
        {
          path: 'a',
          line_ranges: [
            [1, 2],
            [9, 12],
          ],
        },
      ],
    },
    'read a 1-2, read a 9-12',
  ],
  ['write_to_file', { path: 'a', content: 'x\n', line_count: '1' }, 'write? a set "x\\n"'],
  ['newFileCreated', { path: 'a', content: 'x' }, 'write a set "x"'],
  ['replace_in_file', { path: 'a', diff: DIFF }, 'write? a replace "a\\n" by "b\\n"'],
  ['apply_diff', { path: 'a', diff: DIFF }, 'write? a replace "a\\n" by "b\\n"'],
  [
    'apply_diff',
    { files: [{ path: 'a', diff: `<content>\n${DIFF}\n</content>` }] },
    'write? a replace "a\\n" by "b\\n"',
  ],
  ['insert_content', { path: 'a', line: '3', content: 'x' }, 'write? a splice 3-2 "x\\n"'],
  ['search_and_replace', { path: 'a', search: 'x', replace: 'y' }, 'write? a replace all "x" by "y"'],
  ['search_and_replace', { path: 'a', search: 'x', replace: '$1' }, 'write? a'],
  ['search_and_replace', { path: 'a', search: 'x+', replace: 'y', use_regex: 'true' }, 'write? a'],
  [
    'apply_diff',
    {
      args: `<file>\n<path>a</path>\n<diff><content>\n${DIFF}\n</content><start_line>2</start_line></diff>\n</file>`,
    },
    'write? a replace "a\\n" by "b\\n"',
  ],
  [
    'read_file',
    { args: '<file><path>a</path><line_range>3-5</line_range></file><file><path>b</path></file>' },
    'read a 3-5, read b',
  ],
  ['list_files', { path: 'src', recursive: 'true' }, 'search src'],
  ['search_files', { path: 'src', regex: 'x+' }, 'search /x+/ src'],
  ['list_code_definition_names', { path: 'src' }, 'search src'],
  [
    'use_mcp_tool',
    { server_name: 'fs', tool_name: 'write_file', arguments: '{"path":"a","content":"x"}' },
    'write a set "x"',
  ],
  ['use_mcp_tool', { serverName: 'fs', toolName: 'read_text', arguments: 'no JSON' }, 'run?? fs/read_text'],
  ['access_mcp_resource', { server_name: 's', uri: 'db://x' }, 'network? fetch db://x'],
  ['new_task', { mode: 'code', message: 'Do it.' }, 'delegate Do it.'],
  ['update_todo_list', { todos: '[ ] a' }, 'note update_todo_list'],
  ['switch_mode', { mode_slug: 'code' }, 'note switch_mode'],
  ['attempt_completion', { result: 'Done.' }, 'submit'],
])('%s %j', (tool, args, effects) => {
  expect(effectsOf(tool, args)).toBe(effects);
});
