import { stripAnsi } from '../../base/text.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { ArtifactReader } from '../port.ts';
import { CastDecoder, castPlace, isCastHead, readCastLines } from '../shared/cast.ts';
import { withoutSpinner } from './markers.ts';

/** A line as the terminal showed it, with its place. */
export interface LogLine {
  readonly text: string;
  readonly place: SourceRef;
}

/** Lines of a terminal log, or of an asciinema recording, without escape sequences. */
export async function* readLogLines(
  artifact: string,
  reader: ArtifactReader,
  log: DiagnosticLog,
): AsyncGenerator<readonly LogLine[]> {
  const head = (await reader.head(artifact)) ?? '';
  const clean = (text: string): string => withoutSpinner(stripAnsi(text));
  if (isCastHead(head)) {
    const decoder = new CastDecoder(artifact, log);
    for await (const batch of readCastLines(reader.lines(artifact), decoder)) {
      yield batch.map((line) => ({ text: clean(line.text), place: castPlace(artifact, line) }));
    }
    return;
  }
  for await (const batch of reader.lines(artifact)) {
    for (const { flaw, line } of batch) {
      if (flaw) log.fold(flaw, 'warning', 'a line is not as it stands in the file', { artifact, line });
    }
    yield batch.map(({ text, line }) => ({ text: clean(text), place: { artifact, line } }));
  }
}
