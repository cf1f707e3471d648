import type { Detection, Probe } from '../format.ts';

const HEADER = /(?:^|\n)# aider chat started at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/;
const PROMPT = /(?:^|\n)#### \S/;
/** Lines that aider alone prints. */
const PRINTED =
  /(?:^|\n)> (?:Applied edit to |Tokens: [\d.,kM]+ sent|Aider v\d|Commit [0-9a-f]{7} |\$ aider\b|Use \/help )/;

/** By the header of a session; in an excerpt by prompts and the lines that aider prints. */
export function detectAider({ head }: Probe): Detection {
  if (HEADER.test(head)) return { score: 0.95, reason: 'sessions with aider’s header' };
  if (PROMPT.test(head) && PRINTED.test(head)) {
    return { score: 0.8, reason: 'prompts and output of aider, without a header' };
  }
  return { score: 0, reason: 'no session of aider' };
}
