import type { Detection, Probe } from '../format.ts';
import { readLogStart, readStageHeader, rowKindOfHead } from './schema.ts';

const ROWS = {
  locations: 'rows with found_files: locations of the first stage',
  samples: 'rows with raw_output: samples of the repair stage',
  patch: 'rows with a raw and a processed patch',
} as const;

/** A log by its first records, an output file by the keys of its first row. */
export function detectAgentless({ head, entry }: Probe): Detection {
  const kind = rowKindOfHead(head, entry.name);
  if (kind) return { score: 0.9, reason: ROWS[kind] };
  for (const line of head.split('\n', 20)) {
    const start = readLogStart(line.replace(/\r$/, ''));
    if (!start) return { score: 0, reason: 'no log and no rows of Agentless' };
    if (readStageHeader(start.rest)) return { score: 0.92, reason: 'a stage’s header in a log' };
    if (!/^(?:Processing bug |Skipping existing instance_id: )\S+$/.test(start.rest)) break;
  }
  return { score: 0, reason: 'no stage’s header' };
}
