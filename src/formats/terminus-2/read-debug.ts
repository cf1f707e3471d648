import { asNumber, asString, at, isObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import { type Millis, toMillis } from '../../model/ids.ts';
import type { Usage } from '../../model/usage.ts';
import type { ArtifactReader } from '../port.ts';
import { readUsage } from '../shared/read-usage.ts';
import { debugLog } from './schema.ts';

/** What the log of a model call adds to an episode. */
export interface CallLog {
  readonly model?: string;
  readonly usage?: Usage;
  readonly at?: Millis;
}

/** Reads `debug.json`; nothing when it is missing or says nothing. The messages that it repeats are passed over. */
export async function readDebug(reader: ArtifactReader, path: string): Promise<CallLog> {
  const document = await reader.json(path, ['messages', 'input']);
  const parsed = debugLog.safeParse(document?.value);
  if (!parsed.success) return {};
  const { model, original_response } = parsed.data;
  const response = parseResponse(original_response);
  const cost = asNumber(at(parsed.data, 'response_cost'));
  const counts = readUsage(at(response, 'usage'));
  const usage: Usage | undefined =
    cost === undefined || counts?.costUsd !== undefined ? counts : { ...counts, costUsd: cost };
  const created = toMillis(at(response, 'created'));
  const name = model ?? asString(at(response, 'model'));
  return {
    ...(name !== undefined && { model: name }),
    ...(usage && { usage }),
    ...(created !== undefined && { at: created }),
  };
}

function parseResponse(raw: unknown): unknown {
  if (isObject(raw)) return raw;
  if (typeof raw !== 'string' || !raw.trimStart().startsWith('{')) return undefined;
  return parseJsonText(raw);
}
