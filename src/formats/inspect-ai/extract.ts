import { asArray, asText, isObject, type JsonObject, pointer } from '../../base/json.ts';
import { isLfsPointer } from '../../base/lfs-pointer.ts';
import { dirName, joinPath } from '../../base/path.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { DiagnosticLog } from '../../model/diagnostic-log.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { ExtractInput } from '../format.ts';
import type { Entry, JsonDocument } from '../port.ts';
import { HEADER, isSampleFile, JOURNAL_START, SUMMARIES } from './log-files.ts';
import { type Element, readSample, type SampleSource } from './read-sample.ts';
import { RunNames } from './run-names.ts';
import { isSample, type LogHeader, readHeader } from './schema.ts';

/** Arrays of a sample that may be large. */
const ARRAYS = ['events', 'messages'];

/** One run per sample and epoch: of an `.eval` archive, of a `.json` log, or of one sample's file. */
export async function* extractInspect(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const { entry, reader } = input;
  const members = await reader.list(entry.path);
  if (members.length > 0) yield* extractArchive(input, members);
  else if (entry.name.endsWith('.eval')) yield await describeUnreadable(input);
  else yield* extractDocument(input);
}

async function* extractArchive(input: ExtractInput, members: readonly Entry[]): AsyncGenerator<RunBuilder> {
  const { entry, reader, path } = input;
  const header = await openHeader(input, entry.path);
  const samples = (await reader.list(joinPath(entry.path, 'samples'))).filter(({ name }) =>
    isSampleFile(name),
  );
  const names = new RunNames(path);
  for (const member of samples) {
    const document = await reader.json(member.path, ARRAYS);
    const run = isObject(document?.value)
      ? await readSample(
          sourceOf(names.take(sampleName(document.value, member)), member.path, document, document.value),
          header,
        )
      : new RunBuilder({ format: 'inspect-ai', path: names.take(member.name.replace(/\.json$/, '')) });
    if (document) run.log.addAll(document.diagnostics);
    else {
      const place = { artifact: member.path };
      run.log.add('damaged-archive', 'error', 'the sample could not be unpacked', place);
    }
    run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
    run.artifact({ path: member.path, size: member.size, use: 'steps' });
    await reportLostSamples(run, input, samples.length, names.count);
    yield run;
  }
  if (samples.length > 0) return;
  const hasSummaries = members.some(({ name }) => name === SUMMARIES || name === '_journal');
  yield emptyLog(input, header, hasSummaries ? 'the log has no samples' : 'the log is only a header');
}

/** A log that was cut off knows of samples whose files were never written; the first run says so. */
async function reportLostSamples(
  run: RunBuilder,
  { entry, reader }: ExtractInput,
  found: number,
  nth: number,
): Promise<void> {
  if (nth !== 1) return;
  const place = joinPath(entry.path, SUMMARIES);
  const summaries = asArray((await reader.json(place))?.value);
  if (!summaries || summaries.length <= found) return;
  const message = `${summaries.length - found} of ${summaries.length} summarised samples have no file of their own`;
  run.log.add('missing-artifact', 'warning', message, { artifact: place });
}

async function openHeader({ reader }: ExtractInput, archive: string): Promise<LogHeader> {
  for (const name of [HEADER, JOURNAL_START]) {
    const document = await reader.json(joinPath(archive, name));
    if (isObject(document?.value)) return readHeader(document.value);
  }
  return {};
}

/** A `.json` log with its samples, or one sample's file taken out of its archive. */
async function* extractDocument(input: ExtractInput): AsyncGenerator<RunBuilder> {
  const { entry, reader, path } = input;
  const document = await reader.json(entry.path, ['samples', ...ARRAYS]);
  const root = isObject(document?.value) ? document.value : {};
  const runs: RunBuilder[] = [];
  const log = new DiagnosticLog();
  if (document && isSample(root)) {
    const header = await openHeader(input, joinPath(dirName(entry.path), '..'));
    runs.push(await readSample(sourceOf(path, entry.path, document, root), header));
  }
  const header = readHeader(root);
  const names = new RunNames(path);
  for await (const batch of document?.elements('samples') ?? []) {
    for (const { index, value } of batch) {
      const base = pointer('samples', index);
      if (!isSample(value)) {
        log.fold('unexpected-shape', 'warning', 'a sample is not as any version writes it', {
          artifact: entry.path,
          pointer: base,
        });
        continue;
      }
      const run = await readSample(
        {
          path: names.take(sampleName(value)),
          sample: value,
          artifact: entry.path,
          base,
          elements: (key) => [elementsOf(value[key])],
        },
        header,
      );
      run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
      // One run is held back, so that the last one can tell what was found only at the end of the file.
      const ready = runs.pop();
      if (ready) yield ready;
      runs.push(run);
    }
  }
  const last = runs.pop() ?? emptyLog(input, header, 'the log has no samples');
  last.log.addAll(log.list());
  last.log.addAll(document?.diagnostics ?? []);
  last.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  yield last;
}

function sourceOf(path: string, artifact: string, document: JsonDocument, sample: JsonObject): SampleSource {
  return { path, sample, artifact, base: '', elements: (key) => document.elements(key) };
}

function elementsOf(value: unknown): Element[] {
  return (asArray(value) ?? []).map((item, index) => ({ index, value: item }));
}

function sampleName(sample: JsonObject, member?: Entry): string {
  if (typeof sample.id !== 'string' && typeof sample.id !== 'number' && member)
    return member.name.replace(/\.json$/, '');
  return `${asText(sample.id) ?? 'unnamed'}_epoch_${asText(sample.epoch) ?? '1'}`;
}

function emptyLog({ entry, path }: ExtractInput, header: LogHeader, why: string): RunBuilder {
  const run = new RunBuilder({ format: 'inspect-ai', path });
  const place = { artifact: entry.path };
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  if (header.eval?.model !== undefined) run.model = header.eval.model;
  if (header.eval?.task !== undefined) run.task = { id: header.eval.task };
  if (header.status !== undefined) run.exitStatus = header.status;
  const message = header.error?.message;
  if (message !== undefined) run.exceptions.push({ kind: 'harness', message, place });
  run.log.add('missing-artifact', 'warning', why, place);
  return run;
}

/** An `.eval` file that is no archive: never fetched, empty, or cut off before its directory. */
async function describeUnreadable(input: ExtractInput): Promise<RunBuilder> {
  const { entry, reader, path } = input;
  const run = new RunBuilder({ format: 'inspect-ai', path });
  const head = (await reader.head(entry.path)) ?? '';
  const place = { artifact: entry.path };
  const found: Pick<Diagnostic, 'code' | 'message'> = isLfsPointer(head)
    ? { code: 'lfs-pointer', message: 'only a Git-LFS pointer was stored' }
    : head === ''
      ? { code: 'empty-file', message: 'the file is empty' }
      : { code: 'damaged-archive', message: 'the archive has no directory: it is cut off or damaged' };
  run.log.add(found.code, 'error', found.message, place);
  run.artifact({ path: entry.path, size: entry.size, use: 'steps' });
  return run;
}
