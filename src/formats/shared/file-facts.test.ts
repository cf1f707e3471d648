import { describe, expect, it } from 'vitest';
import {
  readClaudeFacts,
  readDisplayFacts,
  readFileDiff,
  readOpenHandsFacts,
  readPatchFacts,
} from './file-facts.ts';

const place = { artifact: 'a.jsonl', line: 3 };

describe('readClaudeFacts', () => {
  const hunk = { oldStart: 1, oldLines: 2, newStart: 1, newLines: 2, lines: [' a', '-b', '+B'] };

  it('takes the file before an edit, and after it where the patch fits', () => {
    const edit = {
      filePath: '/a',
      oldString: 'b',
      newString: 'B',
      originalFile: 'a\nb\n',
      structuredPatch: [hunk],
    };
    expect(readClaudeFacts(edit, place)).toEqual([{ path: '/a', before: 'a\nb\n', after: 'a\nB\n', place }]);
    const rendered = { ...edit, structuredPatch: [{ ...hunk, lines: [' x', '-b', '+B'] }] };
    expect(readClaudeFacts(rendered, place)).toEqual([{ path: '/a', before: 'a\nb\n', place }]);
  });

  it('marks an edit that the user changed', () => {
    const edit = { filePath: '/a', originalFile: 'a\nb\n', structuredPatch: [hunk], userModified: true };
    expect(readClaudeFacts(edit, place)).toMatchObject([{ after: 'a\nB\n', amended: true }]);
  });

  it('tells a created file from one that was written over', () => {
    const create = { type: 'create', filePath: '/a', content: 'x', structuredPatch: [], originalFile: null };
    expect(readClaudeFacts(create, place)).toEqual([{ path: '/a', before: null, after: 'x', place }]);
    const update = { type: 'update', filePath: '/a', content: 'x', originalFile: 'w' };
    expect(readClaudeFacts(update, place)).toEqual([{ path: '/a', before: 'w', after: 'x', place }]);
  });

  it('takes a read only where it shows the whole file', () => {
    const file = { filePath: '/a', content: 'x\ny\n', startLine: 1, numLines: 3, totalLines: 3 };
    expect(readClaudeFacts({ type: 'text', file }, place)).toEqual([
      { path: '/a', before: 'x\ny\n', after: 'x\ny\n', place },
    ]);
    expect(readClaudeFacts({ type: 'text', file: { ...file, numLines: 2 } }, place)).toEqual([]);
    expect(readClaudeFacts({ type: 'text', file: { ...file, startLine: 2 } }, place)).toEqual([]);
    expect(readClaudeFacts({ type: 'text', file: { ...file, totalLines: 9, numLines: 9 } }, place)).toEqual(
      [],
    );
  });

  it('says nothing for other results', () => {
    expect(readClaudeFacts({ stdout: 'x' }, place)).toEqual([]);
    expect(readClaudeFacts('Error', place)).toEqual([]);
    expect(readClaudeFacts({ filePath: '/a', plan: 'x' }, place)).toEqual([]);
  });
});

describe('readOpenHandsFacts', () => {
  const args = { command: 'str_replace', path: '/a', old_str: 'b', new_str: 'B' };

  it('takes whole files', () => {
    const seen = { path: '/a', prev_exist: true, old_content: 'a\nb\n', new_content: 'a\nB\n' };
    expect(readOpenHandsFacts(seen, args, place)).toMatchObject([{ before: 'a\nb\n', after: 'a\nB\n' }]);
    expect(readOpenHandsFacts({ ...seen, prev_exist: false }, args, place)).toHaveLength(1);
  });

  it('passes over the fragments of older versions', () => {
    const seen = { path: '/a', prev_exist: false, old_content: 'b', new_content: 'B' };
    expect(readOpenHandsFacts(seen, args, place)).toEqual([]);
    expect(readOpenHandsFacts({ ...seen, old_content: 'b\n' }, args, place)).toEqual([]);
  });

  it('takes a created file', () => {
    const seen = { path: '/a', prev_exist: false, old_content: null, new_content: 'x' };
    expect(readOpenHandsFacts(seen, { command: 'create' }, place)).toEqual([
      { path: '/a', before: null, after: 'x', place },
    ]);
    expect(readOpenHandsFacts(seen, args, place)).toEqual([]);
  });
});

describe('facts of other agents', () => {
  it("takes the screen's copy of Gemini CLI and Qwen Code", () => {
    const display = { fileDiff: '…', fileName: 'a', originalContent: 'x', newContent: 'y' };
    expect(readDisplayFacts(display, { file_path: '/d/a' }, place)).toEqual([
      { path: '/d/a', before: 'x', after: 'y', place },
    ]);
    const amended = { ...display, diffStat: { user_added_lines: 1 } };
    expect(readDisplayFacts(amended, { file_path: '/d/a' }, place)).toMatchObject([{ amended: true }]);
    const made = { ...display, originalContent: '', isNewFile: true };
    expect(readDisplayFacts(made, { file_path: '/d/a' }, place)).toMatchObject([{ before: null }]);
    expect(readDisplayFacts('text', { file_path: '/d/a' }, place)).toEqual([]);
  });

  it('takes the copy of OpenCode', () => {
    const facts = readFileDiff({ file: '/a', before: 'x', after: 'y', additions: 1 }, place);
    expect(facts).toEqual([{ path: '/a', before: 'x', after: 'y', place }]);
    expect(readFileDiff({ file: '/a' }, place)).toEqual([]);
  });

  it('takes files that a patch of Codex adds or deletes', () => {
    const changes = {
      '/a': { type: 'add', content: 'x\n' },
      '/b': { type: 'delete', content: 'y\n' },
      '/c': { type: 'update', unified_diff: '@@' },
    };
    expect(readPatchFacts(changes, place)).toEqual([
      { path: '/a', after: 'x\n', place },
      { path: '/b', before: 'y\n', after: null, place },
    ]);
  });
});
