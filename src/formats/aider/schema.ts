import { type Millis, toMillis } from '../../model/ids.ts';
import type { Usage } from '../../model/usage.ts';
import type { TextLine } from '../port.ts';

/** A line of a session. */
export type HistoryLine = Pick<TextLine, 'line' | 'text'>;

/** A stretch of lines that one side wrote; its marks are taken off. */
export interface Chunk {
  /** `tool`: what aider itself printed. */
  readonly kind: 'prompt' | 'tool' | 'agent';
  readonly lines: readonly HistoryLine[];
}

const HEADER = /^# aider chat started at (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\s*$/;

/** When a session began, by its header (without a zone); undefined when the line is none. */
export function readHeader(text: string): { readonly at: Millis | undefined } | undefined {
  const match = HEADER.exec(text);
  return match ? { at: toMillis(match[1]) } : undefined;
}

/** `Tokens: 5.2k sent, 604 received. Cost: $0.02 message, $0.04 session.`, with what was cached in between. */
export function readUsageLine(text: string): Usage | undefined {
  if (!text.startsWith('Tokens: ')) return undefined;
  const input = count(text, 'sent');
  const output = count(text, 'received');
  if (input === undefined && output === undefined) return undefined;
  const cached = count(text, 'cache hit');
  const written = count(text, 'cache write');
  const cost = /\bCost: \$(\d{1,9}(?:\.\d{1,12})?) (?:request|message|send)\b/.exec(text)?.[1];
  return {
    ...(input !== undefined && { inputTokens: input }),
    ...(cached !== undefined && { cachedInputTokens: cached }),
    ...(written !== undefined && { cacheWriteTokens: written }),
    ...(output !== undefined && { outputTokens: output }),
    ...(cost !== undefined && { costUsd: Number(cost) }),
  };
}

function count(text: string, what: string): number | undefined {
  const match = new RegExp(`(\\d[\\d,]{0,15}(?:\\.\\d{1,6})?)([kM]?) ${what}\\b`).exec(text);
  if (!match) return undefined;
  const scale = match[2] === 'k' ? 1000 : match[2] === 'M' ? 1_000_000 : 1;
  return Math.round(Number((match[1] ?? '').replaceAll(',', '')) * scale);
}

/** What the lines at a session's start say of the run. */
export function readBanner(text: string): { version?: string; model?: string; cwd?: string } {
  const version = /^Aider v(\S{1,40})/i.exec(text)?.[1];
  const model = /^(?:Main model|Models?): (\S{1,200}) with /.exec(text)?.[1];
  const cwd = /^Git working dir: (\S.{0,1000})$/.exec(text)?.[1];
  return {
    ...(version !== undefined && { version }),
    ...(model !== undefined && { model }),
    ...(cwd !== undefined && { cwd: cwd.trim() }),
  };
}
