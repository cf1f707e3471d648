import { isObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import { baseName } from '../../base/path.ts';
import type { ArtifactReader, TextLine } from '../../formats/port.ts';
import { CastDecoder, castPlace, isCastHead, readCastLines } from '../../formats/shared/cast.ts';
import { splitJsonLine } from '../../formats/shared/split-json-line.ts';
import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { topLevelArrays } from './top-level-arrays.ts';

/** A record as it stands in an artifact, before it has a name. */
export interface RawRecord {
  readonly value: unknown;
  readonly place: SourceRef;
  readonly above: readonly string[];
  /** Name for its kind where none of its fields gives one. */
  readonly fallback: string;
  /** About its bytes, to know how much was read. */
  readonly size: number;
}

/** How an artifact's records were found. */
export type Arrangement = 'json-lines' | 'document' | 'recording' | 'text' | 'binary' | 'absent';

/**
 * The records of an artifact by its looks alone: JSON lines, a JSON document with the elements of its arrays, the lines that a
 * recording printed, lines of text. `skip` says for how many records one is given (1: each), as far as they are lines.
 */
export async function* enumerateRecords(
  reader: ArtifactReader,
  artifact: string,
  skip: () => number,
): AsyncGenerator<readonly RawRecord[]> {
  const head = (await reader.head(artifact)) ?? '';
  switch (arrangementOf(artifact, head)) {
    case 'document':
      yield* readDocument(reader, artifact, head);
      return;
    case 'recording': {
      const decoder = new CastDecoder(artifact, new DiagnosticLog());
      for await (const batch of readCastLines(reader.lines(artifact), decoder)) {
        yield readLogLines(batch, (line) => castPlace(artifact, line), 'terminal-line');
      }
      const typed = decoder.typed.map((line) => line.text).join('\n');
      if (typed !== '') {
        const value = { typed };
        yield [{ value, place: { artifact }, above: [], fallback: 'typed', size: typed.length }];
      }
      return;
    }
    case 'json-lines':
      yield* readLines(reader, artifact, true, skip);
      return;
    case 'text':
      yield* readLines(reader, artifact, false, skip);
      return;
    case 'binary':
    case 'absent':
      return;
    default:
      return;
  }
}

export function arrangementOf(artifact: string, head: string): Arrangement {
  const start = head.replace(/^\ufeff/, '').trimStart();
  if (start === '') return 'absent';
  if (head.includes('\u0000')) return 'binary';
  if (isCastHead(head)) return 'recording';
  if (/\.(?:jsonl|ndjson)$/i.test(artifact)) return 'json-lines';
  const first = start.charCodeAt(0);
  if (first !== 123 && first !== 91) return hasJsonLine(start) ? 'json-lines' : 'text';
  const end = start.indexOf('\n');
  const line = end < 0 ? start : start.slice(0, end);
  const isWhole = isObject(parseJsonText(line));
  return isWhole && end >= 0 && start.slice(end).trim() !== '' ? 'json-lines' : 'document';
}

/** A log with lines of text and records between them. */
function hasJsonLine(start: string): boolean {
  return (
    start.split('\n', 200).filter((line) => line.startsWith('{"') && isObject(parseJsonText(line))).length >=
    2
  );
}

async function* readLines(
  reader: ArtifactReader,
  artifact: string,
  isJson: boolean,
  skip: () => number,
): AsyncGenerator<readonly RawRecord[]> {
  let seen = 0;
  const label = labelOf(artifact);
  const textLabel = isJson || label === 'document' ? 'text-line' : label;
  for await (const batch of reader.lines(artifact)) {
    const every = skip();
    const taken = every === 1 ? batch : batch.filter(() => seen++ % every === 0);
    const placeOf = ({ line }: TextLine): SourceRef => ({ artifact, line });
    const records = isJson
      ? readLogLines(taken, placeOf, textLabel)
      : taken.flatMap((line) =>
          line.text.trim() === '' ? [] : [textRecord(line.text, placeOf(line), textLabel)],
        );
    // What is passed over counts as read: the size of a line that is taken stands for those beside it.
    yield every === 1 ? records : records.map((record) => ({ ...record, size: record.size * every }));
  }
}

/** Records of lines of which some are JSON; the lines of text between two of them are one record of text. */
function readLogLines<Line extends { readonly text: string }>(
  lines: readonly Line[],
  placeOf: (line: Line) => SourceRef,
  textLabel: string,
): RawRecord[] {
  const records: RawRecord[] = [];
  let between: string[] = [];
  let first: Line | undefined;
  const endText = (): void => {
    if (first && between.length > 0) records.push(textRecord(between.join('\n'), placeOf(first), textLabel));
    between = [];
    first = undefined;
  };
  for (const line of lines) {
    const { text } = line;
    const found = text.includes('{"') ? readObjects(text) : [];
    if (found.length === 0) {
      if (text.trim() === '') continue;
      first ??= line;
      between.push(text);
      continue;
    }
    endText();
    const place = placeOf(line);
    const size = Math.ceil(text.length / found.length);
    for (const value of found)
      records.push({ value, place, above: [], fallback: labelOf(place.artifact), size });
  }
  endText();
  return records;
}

function readObjects(text: string): readonly object[] {
  const whole = text.startsWith('{') ? parseJsonText(text) : undefined;
  return isObject(whole) ? [whole] : splitJsonLine(text).objects.map(({ value }) => value);
}

function textRecord(line: string, place: SourceRef, fallback: string): RawRecord {
  return { value: { line }, place, above: [], fallback, size: line.length };
}

/** Arrays that hold the records of known frameworks, wherever in the document they begin. */
const ARRAYS = ['', 'messages', 'history', 'trajectory', 'steps', 'events', 'turns', 'samples', 'requests'];

async function* readDocument(
  reader: ArtifactReader,
  artifact: string,
  head: string,
): AsyncGenerator<readonly RawRecord[]> {
  const arrays = [...new Set([...ARRAYS, ...topLevelArrays(head)])];
  const document = await reader.json(artifact, arrays);
  if (!document) return;
  const fallback = labelOf(artifact);
  if (isObject(document.value) && Object.keys(document.value).length > 0) {
    yield [{ value: document.value, place: { artifact }, above: [], fallback, size: 0 }];
  } else if (!Array.isArray(document.value) && document.value !== undefined && document.value !== null) {
    yield [{ value: { line: document.value }, place: { artifact }, above: [], fallback, size: 0 }];
  }
  for (const key of arrays) {
    const prefix = key === '' ? '' : `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const above = key === '' ? ['*'] : [key, '*'];
    for await (const batch of document.elements(key)) {
      yield batch.flatMap(({ index, value }) => {
        const place = { artifact, pointer: `${prefix}/${index}` };
        // Pairs of records (a call and its answer) are two records.
        const parts = Array.isArray(value) ? value : [value];
        return parts.map((part: unknown, at): RawRecord => {
          const isPart = parts === value;
          return {
            value: isObject(part) || Array.isArray(part) ? part : { line: part },
            place: isPart ? { artifact, pointer: `${prefix}/${index}/${at}` } : place,
            above: isPart ? [...above, '*'] : above,
            fallback: key === '' ? `${fallback}[]` : `${key}[]`,
            size: 0,
          };
        });
      });
    }
  }
}

/** A file's name where it says what the file is (`base_state.json`); else only that it is a document. */
export function labelOf(artifact: string): string {
  const name = baseName(artifact.split('#')[0] ?? artifact);
  return /^[A-Za-z_]{2,24}\.[A-Za-z]{1,8}$/.test(name) ? name : 'document';
}
