import { isLfsPointer } from '../../base/lfs-pointer.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import { readStepMarker } from './markers.ts';
import { type LogLine, readLogLines } from './read-lines.ts';
import { SegmentReader } from './segment-reader.ts';

/** One run: the text between two step markers holds one message of the agent and what answered it. */
export async function* extractMiniLog({ reader, entry, path }: ExtractInput): AsyncIterable<RunBuilder> {
  const run = new RunBuilder({ format: 'mini-swe-agent-log', path });
  const artifact = entry.path;
  run.artifact({ path: artifact, size: entry.size, use: 'steps' });
  run.agent = { name: 'mini-swe-agent' };
  const head = await reader.head(artifact, 256);
  if (head === undefined || head === '') {
    run.log.add(head === '' ? 'empty-file' : 'missing-artifact', 'warning', `${artifact} holds nothing`, {
      artifact,
    });
  } else if (isLfsPointer(head)) {
    run.log.add('lfs-pointer', 'error', 'only a Git-LFS pointer was stored', { artifact });
  } else {
    const segments = new SegmentReader(run);
    let lines: LogLine[] = [];
    for await (const batch of readLogLines(artifact, reader, run.log)) {
      for (const line of batch) {
        const marker = readStepMarker(line.text);
        if (!marker) {
          lines.push(line);
          continue;
        }
        segments.read(lines);
        lines = [];
        segments.begin(marker);
      }
    }
    segments.read(lines);
    segments.finish();
  }
  yield run;
}
