import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import { scoreStreamText } from '../claude-code-stream-json/detect.ts';
import type { Detection, Probe } from '../format.ts';
import { CastDecoder, isCastHead, readCastLines } from '../shared/cast.ts';

/** Installing the agent is recorded too and may print megabytes before the agent's first record. */
const SEARCHED_CHARACTERS = 32 * 1024 * 1024;

/** A recording in whose output records of the stream stand. Reads on until the first one. */
export async function detectCast(probe: Probe): Promise<Detection> {
  if (!isCastHead(probe.head)) return { score: 0, reason: 'no header of an asciinema recording' };
  const decoder = new CastDecoder(probe.entry.path, new DiagnosticLog());
  let searched = 0;
  for await (const batch of readCastLines(probe.reader.lines(probe.entry.path), decoder)) {
    for (const { text } of batch) {
      searched += text.length;
      if (!text.includes('"session_id"') || !text.includes('{"type"')) continue;
      const found = scoreStreamText(text);
      if (found.score >= 0.5)
        return { score: found.score, reason: `a recording that prints ${found.reason}` };
    }
    if (searched > SEARCHED_CHARACTERS) break;
  }
  return { score: 0.1, reason: 'a recording without records of Claude Code in its output' };
}
