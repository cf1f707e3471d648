import { asString, type JsonObject } from '../../base/json.ts';
import { readContent } from '../shared/content-text.ts';
import { blocksOf } from './schema.ts';

/** A part of a message in the user's name. `index` is its block; undefined where the content is one text. */
export type UserPart =
  /** `[read_file for 'a.ts'] Result:` and what follows on it. */
  | {
      readonly kind: 'header';
      readonly tool: string;
      readonly head: string;
      readonly rest: string;
      readonly index: number;
    }
  | {
      readonly kind: 'result';
      readonly id: string | undefined;
      readonly text: string;
      readonly images: readonly string[];
      readonly failed: boolean;
      readonly index: number;
    }
  | { readonly kind: 'surroundings'; readonly text: string; readonly index: number }
  | { readonly kind: 'text'; readonly text: string; readonly index: number }
  | { readonly kind: 'image'; readonly images: readonly string[]; readonly index: number };

/** A header may quote a whole command, so it has many lines; one that is longer is none. */
const MAX_HEADER = 50_000;
const SURROUNDINGS = '<environment_details>';

export function readUserParts(content: unknown): UserPart[] {
  const parts: UserPart[] = [];
  for (const [index, block] of blocksOf(content).entries()) readBlock(block, index, parts);
  return parts;
}

function readBlock(block: JsonObject, index: number, parts: UserPart[]): void {
  if (block.type === 'tool_result') {
    const { text, images } = readContent(block.content);
    const failed = block.is_error === true;
    parts.push({ kind: 'result', id: asString(block.tool_use_id), text, images, failed, index });
    return;
  }
  const text = asString(block.text);
  if (text === undefined) {
    const { images } = readContent([block]);
    if (images.length > 0) parts.push({ kind: 'image', images, index });
    return;
  }
  if (text.startsWith(SURROUNDINGS)) {
    parts.push({ kind: 'surroundings', text, index });
    return;
  }
  const header = readHeader(text);
  if (header) parts.push({ kind: 'header', ...header, index });
  else if (text.trim() !== '') parts.push({ kind: 'text', text, index });
}

/** `[tool] Result:`, `[tool for 'what'] Result:`; the rest of the block after it. */
export function readHeader(text: string): { tool: string; head: string; rest: string } | undefined {
  const tool = /^\[([a-z][\w-]{1,80})(?=[\] ])/.exec(text)?.[1];
  if (tool === undefined) return undefined;
  const end = text.slice(0, MAX_HEADER).indexOf('] Result:');
  if (end < 0) return undefined;
  const head = text.slice(0, end + 9);
  return { tool, head, rest: text.slice(end + 9).replace(/^[ \t]*\r?\n?/, '') };
}
