import { isLfsPointer } from '../../base/lfs-pointer.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { ArtifactReader } from '../port.ts';
import { type LogRecord, readLogStart } from './schema.ts';

/** The records of a log, one at a time. */
export async function* readLogRecords(
  reader: ArtifactReader,
  artifact: string,
  log: DiagnosticLog,
): AsyncGenerator<LogRecord> {
  let open: { at: LogRecord['at']; line: number; lines: string[] } | undefined;
  let seen = 0;
  for await (const batch of reader.lines(artifact)) {
    for (const { text, line, flaw } of batch) {
      if (seen++ === 0 && isLfsPointer(text)) {
        log.add('lfs-pointer', 'error', 'only a Git-LFS pointer was stored', { artifact, line });
        return;
      }
      if (flaw) log.fold(flaw, 'warning', 'a line is not as it stands in the file', { artifact, line });
      const start = readLogStart(text);
      if (start) {
        if (open) yield toRecord(open);
        open = { at: start.at, line, lines: [start.rest] };
      } else if (open) open.lines.push(text);
      else if (text.trim() !== '') {
        log.fold('unknown-record', 'info', 'text before the first record was passed over', {
          artifact,
          line,
        });
      }
    }
  }
  if (open) yield toRecord(open);
  if (seen === 0) log.add('empty-file', 'warning', 'the file is empty', { artifact });
}

function toRecord(open: { at: LogRecord['at']; line: number; lines: readonly string[] }): LogRecord {
  return { at: open.at, line: open.line, text: open.lines.join('\n').trimEnd() };
}
