import type { ArtifactReader, JsonDocument, JsonElement, TextLine } from '../../src/formats/port.ts';

/** All lines of a file. */
export async function readAllLines(reader: ArtifactReader, path: string): Promise<TextLine[]> {
  const all: TextLine[] = [];
  for await (const batch of reader.lines(path)) all.push(...batch);
  return all;
}

/** All elements of an array of a document. */
export async function readAllElements(document: JsonDocument, key: string): Promise<JsonElement[]> {
  const all: JsonElement[] = [];
  for await (const batch of document.elements(key)) all.push(...batch);
  return all;
}
