import { asString, isObject } from '../../base/json.ts';

export interface ContentText {
  readonly text: string;
  /** References to images, as recorded: an URL, a path, or the media type of inline data. */
  readonly images: readonly string[];
}

/**
 * The text of a message's content as the model providers write it: a string, or a list of blocks (`text`, `image`,
 * `image_url`, nested `tool_result` content). Blocks of other kinds are left to the caller.
 */
export function readContent(content: unknown): ContentText {
  if (typeof content === 'string') return { text: content, images: [] };
  if (isObject(content)) return readContent([content]);
  if (!Array.isArray(content)) return { text: '', images: [] };
  const texts: string[] = [];
  const images: string[] = [];
  for (const block of content) {
    if (typeof block === 'string') texts.push(block);
    else if (!isObject(block)) continue;
    else if (isImage(block)) images.push(describeImage(block));
    else {
      const text = asString(block.text) ?? asString(block.content);
      if (text !== undefined) texts.push(text);
    }
  }
  return { text: texts.join('\n'), images };
}

function isImage(block: Record<string, unknown>): boolean {
  return block.type === 'image' || block.type === 'image_url' || block.type === 'input_image';
}

function describeImage(block: Record<string, unknown>): string {
  const holder = isObject(block.source) ? block.source : isObject(block.image_url) ? block.image_url : block;
  const url = asString(holder.url) ?? asString(holder.path) ?? asString(block.image_url);
  if (url !== undefined) return url.startsWith('data:') ? `inline ${url.slice(5, url.indexOf(','))}` : url;
  return `inline ${asString(holder.media_type) ?? asString(holder.mimeType) ?? 'image'}`;
}
