import { asNumber, asObject, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import type { FileFact } from '../../model/file-fact.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { ResultFacts } from '../../model/thread-builder.ts';
import { applyStructuredPatch } from './structured-patch.ts';

/** The facts as a field of a result; absent where there are none. */
export function factsField(facts: readonly FileFact[]): Pick<ResultFacts, 'fileFacts'> {
  return facts.length === 0 ? {} : { fileFacts: facts };
}

/**
 * Claude Code's structured result: `originalFile` is the whole file before an edit, `content` of a write the whole file
 * after it, `file.content` of a read the lines from `startLine` on.
 */
export function readClaudeFacts(structured: unknown, place: SourceRef): FileFact[] {
  if (!isObject(structured)) return [];
  const path = asString(structured.filePath);
  if (path === undefined) return readWholeRead(structured, place);
  const original = structured.originalFile;
  const content = asString(structured.content);
  // `originalFile` is null for a file that was not there, in writes only; older records leave it out.
  const isNew = structured.type === 'create' || (original === null && content !== undefined);
  const before = asString(original) ?? (isNew ? null : undefined);
  if (content !== undefined) {
    if (structured.type !== 'create' && structured.type !== 'update') return [];
    return [{ path, ...(before !== undefined && { before }), after: content, place }];
  }
  if (typeof before !== 'string') return [];
  const after = applyStructuredPatch(before, structured.structuredPatch);
  const amended = structured.userModified === true;
  return [{ path, before, ...(after !== undefined && { after }), ...(amended && { amended }), place }];
}

/** A read that shows the first line and the last one shows all of the file. */
function readWholeRead(structured: JsonObject, place: SourceRef): FileFact[] {
  const file = asObject(structured.file);
  const path = asString(file?.filePath);
  const content = asString(file?.content);
  if (structured.type !== 'text' || path === undefined || content === undefined) return [];
  const total = asNumber(file?.totalLines);
  if (file?.startLine !== 1 || total === undefined || file.numLines !== total) return [];
  // Lines that were cut would make it another file: the count must be that of the text.
  if (content.split('\n').length < total) return [];
  return [{ path, before: content, after: content, place }];
}

/**
 * Gemini CLI's and Qwen Code's result of an edit for the screen: `originalContent` and `newContent` are whole files.
 * `fileName` is a base name, so the path is that of the call.
 */
export function readDisplayFacts(display: unknown, args: unknown, place: SourceRef): FileFact[] {
  const path = asString(at(display, 'filePath')) ?? asString(at(args, 'file_path'));
  const after = asString(at(display, 'newContent'));
  if (path === undefined || after === undefined) return [];
  const original = at(display, 'originalContent');
  const isNew = at(display, 'isNewFile') === true || original === null;
  const before = isNew && (original === '' || original === null) ? null : asString(original);
  const amended = isAmended(display);
  return [{ path, ...(before !== undefined && { before }), after, ...(amended && { amended }), place }];
}

/** The user's own lines in the edit are counted apart. */
function isAmended(display: unknown): boolean {
  return ['user_added_lines', 'user_removed_lines'].some(
    (key) => (asNumber(at(display, 'diffStat', key)) ?? 0) > 0,
  );
}

/**
 * OpenHands' observation of an edit. `old_content` and `new_content` are whole files in newer versions, and the two
 * texts of the call in older ones, which also say of every file that it was not there (`prev_exist`).
 */
export function readOpenHandsFacts(observation: JsonObject, args: unknown, place: SourceRef): FileFact[] {
  const path = asString(observation.path);
  const after = asString(observation.new_content);
  const command = asString(at(args, 'command'));
  if (path === undefined || after === undefined) return [];
  const before = asString(observation.old_content);
  if (before === undefined) {
    const isNew = command === 'create' && observation.prev_exist !== true;
    return isNew ? [{ path, before: null, after, place }] : [];
  }
  const old = asString(at(args, 'old_str'));
  const isWhole = observation.prev_exist === true || (old !== undefined && isEditOf(before, old));
  return isWhole ? [{ path, before, after, place }] : [];
}

/** Whether a text holds the replaced one and more. */
function isEditOf(before: string, old: string): boolean {
  return before.length > old.length + 1 && before.trim() !== old.trim() && before.includes(old);
}

/** OpenCode's copy of an edited file: `filediff` holds it whole before and after. */
export function readFileDiff(filediff: unknown, place: SourceRef): FileFact[] {
  const path = asString(at(filediff, 'file'));
  const before = asString(at(filediff, 'before'));
  const after = asString(at(filediff, 'after'));
  if (path === undefined || before === undefined || after === undefined) return [];
  return [{ path, before, after, place }];
}

/** Codex's `changes` of a patch: whole texts of files that were added or deleted. */
export function readPatchFacts(changes: unknown, place: SourceRef): FileFact[] {
  return Object.entries(asObject(changes) ?? {}).flatMap(([path, change]): FileFact[] => {
    const kind = at(change, 'type');
    const content =
      asString(at(change, 'content')) ?? asString(at(change, kind === 'add' ? 'add' : 'delete', 'content'));
    if (content === undefined) return [];
    if (kind === 'add') return [{ path, after: content, place }];
    return kind === 'delete' ? [{ path, before: content, after: null, place }] : [];
  });
}
