import { asString, isObject, type JsonObject } from '../../base/json.ts';
import type { Attachments } from './attachments.ts';

/** A message's content taken apart. */
export interface Content {
  readonly text: string;
  /** The model's reasoning; of a redacted one its summary, where there is one. */
  readonly reasoning: readonly string[];
  /** References as recorded, never bytes. */
  readonly images: readonly string[];
  /** Calls that the model's own service ran (a web search), with their results. */
  readonly served: readonly { readonly block: JsonObject; readonly index: number }[];
}

/** Reads content: a text, or a list of blocks (`text`, `reasoning`, `image`, `tool_use` …). */
export function readContent(content: unknown, attachments: Attachments): Content {
  const texts: string[] = [];
  const reasoning: string[] = [];
  const images: string[] = [];
  const served: { block: JsonObject; index: number }[] = [];
  const blocks: readonly unknown[] = Array.isArray(content) ? content : [content];
  for (const [index, block] of blocks.entries()) {
    if (typeof block === 'string') texts.push(attachments.text(block));
    if (!isObject(block)) continue;
    if (block.type === 'reasoning') {
      const text = readReasoning(block, attachments);
      if (text !== undefined) reasoning.push(text);
    } else if (block.type === 'tool_use') served.push({ block, index });
    else if (block.type === 'text') texts.push(attachments.text(asString(block.text) ?? ''));
    else if (block.type === 'data') texts.push(JSON.stringify(attachments.resolve(block.data)));
    else images.push(describeMedia(block));
  }
  return { text: texts.join('\n'), reasoning, images, served };
}

/** A redacted reasoning is encrypted: only its summary, if any, is text. */
function readReasoning(block: JsonObject, attachments: Attachments): string | undefined {
  const text = asString(block.redacted === true ? block.summary : (block.reasoning ?? block.summary));
  return text === undefined || text === '' ? undefined : attachments.text(text);
}

function describeMedia(block: JsonObject): string {
  const kind = asString(block.type) ?? 'unknown';
  const place = asString(block[kind]) ?? asString(block.document);
  if (place === undefined) return `inline ${kind}`;
  return place.startsWith('data:') ? `inline ${place.slice(5, 5 + 60).split(/[;,]/, 1)[0] ?? kind}` : place;
}
