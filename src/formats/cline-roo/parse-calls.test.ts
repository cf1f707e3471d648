import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCalls, readParameters } from './parse-calls.ts';
import { TOOL_NAMES } from './tool-names.ts';

const NONE = new Set<string>();
const parse = (text: string, answered: readonly string[] = []) =>
  parseCalls(text, TOOL_NAMES, new Set(answered));

describe('calls in the XML style', () => {
  it('stand between the words', () => {
    const text = 'I look.\n<list_files>\n<path>src</path>\n<recursive>true</recursive>\n</list_files>\nDone.';
    expect(parse(text)).toEqual([
      { kind: 'text', text: 'I look.' },
      {
        kind: 'call',
        tool: 'list_files',
        args: { path: 'src', recursive: 'true' },
        raw: '<list_files>\n<path>src</path>\n<recursive>true</recursive>\n</list_files>',
        complete: true,
      },
      { kind: 'text', text: 'Done.' },
    ]);
  });

  it('are not made by a tag that is only mentioned', () => {
    const text = 'With <read_file> I could see <b>more</b>.';
    expect(parse(text)).toEqual([{ kind: 'text', text }]);
  });

  it('may be cut off when the next message answers them', () => {
    const text = 'Now:\n<execute_command>\n<command>git log\n\n[Response interrupted by a tool use result.]';
    expect(parse(text)).toEqual([{ kind: 'text', text }]);
    expect(parse(text, ['execute_command'])[1]).toMatchObject({
      tool: 'execute_command',
      args: { command: 'git log' },
      complete: false,
    });
  });

  it('may be of a tool that only the answer names', () => {
    const text = '<weather><city>Rome</city></weather>';
    expect(parse(text)).toHaveLength(1);
    expect(parse(text)[0]?.kind).toBe('text');
    expect(parse(text, ['weather'])[0]).toMatchObject({ tool: 'weather', args: { city: 'Rome' } });
  });

  it('keep a closing tag inside of the content of a file', () => {
    expect(readParameters('<path>a.xml</path><content>\n<x></content>\n</x>\n</content>')).toEqual({
      path: 'a.xml',
      content: '<x></content>\n</x>',
    });
  });

  it('of several files become a list', () => {
    const body =
      '<args>\n<file><path>a</path></file>\n<file><path>b</path><line_range>1-2</line_range></file>\n</args>';
    expect(readParameters(body).files).toEqual([{ path: 'a' }, { path: 'b', line_range: '1-2' }]);
  });

  it('lose no word of any text', () => {
    const piece = fc.constantFrom(
      '<read_file>',
      '</read_file>',
      '<path>',
      '</path>',
      'a',
      '\n',
      '<',
      '</content>',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        const kept = parseCalls(text, TOOL_NAMES, NONE)
          .map((part) => (part.kind === 'text' ? part.text : part.raw))
          .join('');
        expect(kept.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });

  it('take linear time over many tags that never close', () => {
    const text = '<read_file><path>'.repeat(60_000);
    expect(parse(text)).toHaveLength(1);
  });
});
