import type { ArtifactReader, TextLine } from '../../formats/port.ts';
import type { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SpecSource } from '../spec/spec.ts';
import type { SourceRecord } from './source-record.ts';

type Marker = Extract<SpecSource, { unit: 'text' }>['markers'][number];

/** What stands before the first marker. */
export const PREAMBLE = 'preamble';

/** Cuts a text log at its marker lines into records `{kind, text}`. */
export async function* readTextRecords(
  markers: readonly Marker[],
  path: string,
  reader: ArtifactReader,
  log: DiagnosticLog,
): AsyncGenerator<SourceRecord[]> {
  const cutter = new Cutter(markers, path);
  let seen = false;
  for await (const batch of reader.lines(path)) {
    const records: SourceRecord[] = [];
    for (const line of batch) {
      seen = true;
      if (line.flaw)
        log.fold(line.flaw, 'warning', 'a line is not as it stands in the file', {
          artifact: path,
          line: line.line,
        });
      cutter.push(line, records);
    }
    if (records.length > 0) yield records;
  }
  const last = cutter.finish();
  if (last) yield [last];
  if (!seen) log.add('empty-file', 'warning', 'the file is empty', { artifact: path });
}

class Cutter {
  private kind = PREAMBLE;
  private line = 1;
  private texts: string[] = [];
  private readonly markers: readonly Marker[];
  private readonly path: string;

  constructor(markers: readonly Marker[], path: string) {
    // The longest prefix counts where several match.
    this.markers = markers.toSorted((a, b) => b.prefix.length - a.prefix.length);
    this.path = path;
  }

  push({ line, text }: TextLine, done: SourceRecord[]): void {
    const marker = this.markers.find(({ prefix }) => text.startsWith(prefix));
    if (!marker) {
      this.texts.push(text);
      return;
    }
    const record = this.finish();
    if (record) done.push(record);
    this.kind = marker.kind;
    this.line = line;
    const rest = marker.keep ? text.slice(marker.prefix.length).trim() : '';
    this.texts = rest === '' ? [] : [rest];
  }

  finish(): SourceRecord | undefined {
    const text = this.texts.join('\n').trim();
    if (this.kind === PREAMBLE && text === '') return undefined;
    return { value: { kind: this.kind, text }, place: { artifact: this.path, line: this.line } };
  }
}
