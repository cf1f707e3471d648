import { expect, it } from 'vitest';
import { summarizeEffects } from '../../../test/support/summarize-effects.ts';
import type { JsonObject } from '../../base/json.ts';
import { analyzeTool } from './analyze-tool.ts';

const effectsOf = (args: JsonObject, observation?: string): string =>
  summarizeEffects(analyzeTool({ tool: 'edit', args, action: 'edit 3:4', observation }).effects);

const LINES = { start_line: 3, end_line: 4, replacement_text: 'x\n' };

it('edits lines of the file that the call names, under the name that the window shows', () => {
  expect(effectsOf({ path: 'a/b.py', ...LINES })).toBe('write a/b.py splice 3-4 "x\\n"');
  expect(effectsOf({ path: 'b.py', ...LINES }, '[File: /repo/b.py (9 lines total)]')).toBe(
    'write /repo/b.py splice 3-4 "x\\n"',
  );
});

it('edits the file in the window where the call names none', () => {
  expect(effectsOf(LINES, '[File: /repo/c.py (9 lines total)]')).toBe('write /repo/c.py splice 3-4 "x\\n"');
});
