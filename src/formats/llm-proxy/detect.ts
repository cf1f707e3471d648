import { isObject } from '../../base/json.ts';
import type { Detection, Probe } from '../format.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { readRecord } from './read-record.ts';

const NO: Detection = { score: 0, reason: 'no requests to a model with their responses' };

/** Records looked at: a log may open with something else. */
const LINES = 8;

/** A request as the wrappers write it, seen in a line that is longer than the head. */
const LONG_REQUEST =
  /^\{(?=[^[]{0,400}"type": ?"request")[^[]{0,400}"(?:request_params|messages)": ?(?:\{|\[\{)/;
const LONG_EXCHANGE = /^\{[^[]{0,600}"request": ?\{[^[]{0,2000}"messages": ?\[\{"role"/;

export function detectProxyLog({ head }: Probe): Detection {
  const text = head.trimStart();
  if (!text.startsWith('{')) return NO;
  let exchanges = 0;
  let others = 0;
  for (const line of text.split('\n', LINES)) {
    for (const { value } of splitJsonLine(line).objects.slice(0, LINES)) {
      if (isObject(value) && readRecord(value)) exchanges++;
      else others++;
    }
  }
  if (exchanges > others) return { score: 0.9, reason: `${exchanges} records of requests and responses` };
  if (exchanges === 0 && others === 0 && (LONG_REQUEST.test(text) || LONG_EXCHANGE.test(text)))
    return { score: 0.8, reason: 'a record with the messages of a request' };
  return NO;
}
