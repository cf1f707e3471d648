import { isLfsPointer } from '../../base/lfs-pointer.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { Millis } from '../../model/ids.ts';
import type { ArtifactReader } from '../port.ts';
import { type HistoryLine, readHeader } from './schema.ts';

/** What stands between two headers; the first one of a file may have none. */
export interface Session {
  readonly startedAt: Millis | undefined;
  readonly headed: boolean;
  readonly line: number;
  readonly lines: readonly HistoryLine[];
}

/** The sessions of a file, one at a time: no more than one is held. */
export async function* readSessions(
  reader: ArtifactReader,
  artifact: string,
  log: DiagnosticLog,
): AsyncGenerator<Session> {
  let startedAt: Millis | undefined;
  let headed = false;
  let line = 1;
  let lines: HistoryLine[] = [];
  let seen = 0;
  for await (const batch of reader.lines(artifact)) {
    for (const next of batch) {
      if (seen++ === 0 && isLfsPointer(next.text)) {
        log.add('lfs-pointer', 'error', 'only a Git-LFS pointer was stored', { artifact, line: 1 });
        return;
      }
      if (next.flaw) {
        log.fold(next.flaw, 'warning', 'a line is not as it stands in the file', {
          artifact,
          line: next.line,
        });
      }
      const header = readHeader(next.text);
      if (!header) {
        lines.push(next);
        continue;
      }
      if (headed || lines.some(({ text }) => text.trim() !== '')) yield { startedAt, headed, line, lines };
      ({ at: startedAt } = header);
      headed = true;
      line = next.line;
      lines = [];
    }
  }
  if (seen === 0) log.add('empty-file', 'warning', 'the file is empty', { artifact });
  if (headed || lines.length > 0) yield { startedAt, headed, line, lines };
}
