import { isObject, type JsonObject } from '../../base/json.ts';
import { isTooDeep } from '../../base/json-depth.ts';
import type { Detection, Probe } from '../../formats/format.ts';
import { peekObjects } from '../../formats/shared/peek-json.ts';
import { splitJsonLine } from '../../formats/shared/split-json-line.ts';
import { reach } from '../spec/path.ts';
import type { ExtractorSpec } from '../spec/spec.ts';
import { pathOf, valueAt } from './compile-spec.ts';
import { listRecordFiles } from './read-records.ts';

/** A learnt extractor never outbids a hand-written one that is sure. */
const MOST = 0.86;
const LOOK_AT = 12;
/** A document up to this size is read whole where its head does not show its records. */
const SMALL_DOCUMENT = 4_000_000;

const NO = (reason: string): Detection => ({ score: 0, reason });

/** How well an artifact fits the fingerprint of a spec: the kinds of its records and their shapes. */
export async function detectBySpec(spec: ExtractorSpec, probe: Probe): Promise<Detection> {
  const { source } = spec;
  if (source.unit === 'text') {
    const found = source.markers.filter(({ prefix }) => `\n${probe.head}`.includes(`\n${prefix}`));
    if (found.length === 0) return NO('no marker line of the extractor');
    const share = found.length / source.markers.length;
    return {
      score: MOST * share,
      reason: `${found.length} of ${source.markers.length} marker lines are there`,
    };
  }
  const records = await sampleRecords(spec, probe);
  if (records.length === 0) return NO('no records where the extractor looks for them');
  const fits = records.map((record) => fitOf(spec, record));
  const share = fits.reduce((sum, fit) => sum + fit, 0) / fits.length;
  const percent = Math.round(share * 100);
  // Half of the fit is no claim: records of different formats have fields in common.
  return {
    score: MOST * Math.max(0, share * 2 - 1),
    reason: `${records.length} records looked at; kinds and shapes fit to ${percent} %`,
  };
}

/** From 0 to 1: how well a record fits the kinds and the best shape of the fingerprint. */
function fitOf(spec: ExtractorSpec, record: JsonObject): number {
  const { kinds, records } = spec.fingerprint;
  const named = kinds.filter(({ path }) => valueAt(record, path) !== undefined);
  const known = named.filter(({ path, values }) => values.some((value) => value === valueAt(record, path)));
  const byKind = kinds.length === 0 ? 1 : named.length === 0 ? 0.5 : known.length / named.length;
  let byShape = records.length === 0 ? 1 : 0;
  for (const shape of records) {
    const there = shape.filter((path) => reach(record, pathOf(path)).length > 0).length;
    byShape = Math.max(byShape, shape.length === 0 ? 0 : there / shape.length);
  }
  return byKind * byShape;
}

async function sampleRecords(
  spec: ExtractorSpec,
  { entry, head, reader }: Probe,
): Promise<readonly JsonObject[]> {
  const { source } = spec;
  if (source.unit === 'jsonl') {
    if (head.trimStart().startsWith('[')) return [];
    return head
      .split('\n', LOOK_AT)
      .flatMap((line) => splitJsonLine(line).objects.map(({ value }) => value))
      .filter((value) => !isTooDeep(value));
  }
  if (source.unit === 'folder') {
    const files = await listRecordFiles(source, entry, reader);
    const values: JsonObject[] = [];
    for (const file of files.slice(0, 4)) {
      const value = (await reader.json(file.path))?.value;
      if (isObject(value) && !isTooDeep(value)) values.push(value);
    }
    return values;
  }
  if (source.unit !== 'json') return [];
  const peeked = peekRecords(source.records, head);
  if (peeked.length > 0) return peeked;
  const start = head.trimStart().charAt(0);
  if (entry.size > SMALL_DOCUMENT || (start !== '{' && start !== '[')) return [];
  const document = await reader.json(entry.path);
  if (!document || isTooDeep(document.value)) return [];
  return reach(document.value, pathOf(source.records))
    .slice(0, LOOK_AT)
    .flatMap(({ value }) => (isObject(value) ? [value] : []));
}

/** The first records of an array that begins in the head: only where the path is the document or one key of it. */
function peekRecords(records: string, head: string): readonly JsonObject[] {
  const { parts } = pathOf(records);
  const text = head.trimStart();
  const [first, second] = parts;
  if (first && 'all' in first && parts.length === 1) {
    return text.startsWith('[') ? peekObjects(text, 0, LOOK_AT) : [];
  }
  if (!first || !('key' in first) || !second || !('all' in second) || parts.length !== 2) return [];
  if (!text.startsWith('{')) return [];
  const at = text.indexOf(`${JSON.stringify(first.key)}:`);
  return at < 0 ? [] : peekObjects(text, at, LOOK_AT);
}
