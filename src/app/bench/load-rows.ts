import { nestsTooDeeply } from '../../base/json-depth.ts';
import { readParquet } from '../../io/read-parquet.ts';
import { openInput } from '../open-input.ts';

/** A row of a label file: its value, or why it has none. */
export interface LabelRow {
  /** `labels.jsonl:3`. */
  readonly place: string;
  readonly value?: unknown;
  readonly flaw?: string;
}

/**
 * The rows of a label file, one at a time: lines of JSON (`.jsonl`), the elements of one JSON list (`.json`), or the rows
 * of a Parquet file (`.parquet`).
 * @throws CodetracerError `unreadable` when the file is not there, or is damaged Parquet.
 */
export async function* loadRows(path: string, name: string): AsyncGenerator<LabelRow> {
  if (/\.parquet$/i.test(path)) {
    let row = 0;
    for await (const value of readParquet(path)) yield { place: `${name}[${row++}]`, value };
    return;
  }
  const { reader, start } = await openInput(path);
  if (/\.json$/i.test(path)) {
    const document = await reader.json(start, ['']);
    let count = 0;
    for await (const batch of document?.elements('') ?? []) {
      for (const { index, value } of batch) {
        count++;
        yield { place: `${name}[${index}]`, value };
      }
    }
    for (const { code, message } of document?.diagnostics ?? [])
      yield { place: name, flaw: `${code}: ${message}` };
    if (count === 0 && document?.value !== undefined && !Array.isArray(document.value)) {
      yield { place: name, value: document.value };
    }
    return;
  }
  for await (const batch of reader.lines(start)) {
    for (const { line, text, flaw } of batch) {
      if (text.trim() === '') continue;
      yield readLine(`${name}:${line}`, text, flaw);
    }
  }
}

function readLine(place: string, text: string, flaw: string | undefined): LabelRow {
  if (flaw !== undefined) return { place, flaw };
  try {
    const value: unknown = JSON.parse(text);
    return nestsTooDeeply(value, text) ? { place, flaw: 'it nests too deeply' } : { place, value };
  } catch {
    return { place, flaw: 'it is no valid JSON' };
  }
}
