import { asArray, asString, asText, at, isObject, type JsonObject, pointer } from '../../base/json.ts';
import { toMillis } from '../../model/ids.ts';
import { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import { addUsage } from '../../model/usage.ts';
import type { ThreadContext } from './agent-thread.ts';
import { Attachments } from './attachments.ts';
import { readContent } from './content.ts';
import { readEnding } from './ending.ts';
import { SampleReader } from './sample-reader.ts';
import type { LogHeader } from './schema.ts';

/** A value of one of the sample's arrays, with its index. */
export interface Element {
  readonly index: number;
  readonly value: unknown;
}

/** One sample, wherever it stands: its own document, or an element of a log. */
export interface SampleSource {
  readonly path: string;
  /** The sample; its large arrays may be left empty where `elements` gives them. */
  readonly sample: JsonObject;
  elements(key: 'events' | 'messages'): AsyncIterable<readonly Element[]> | Iterable<readonly Element[]>;
  readonly artifact: string;
  /** Pointer of the sample in the artifact; empty for a document of its own. */
  readonly base: string;
}

export async function readSample(source: SampleSource, header: LogHeader): Promise<RunBuilder> {
  const { sample, artifact, base } = source;
  const run = new RunBuilder({ format: 'inspect-ai', path: source.path });
  const place = (path: string): SourceRef => ({ artifact, pointer: base + path });
  const attachments = new Attachments(sample);
  readFacts(run, sample, header, attachments, place);
  const reader = new SampleReader(run, makeContext(run, sample, attachments, place));
  for await (const batch of eventsOf(source)) {
    for (const { index, value } of batch.elements) {
      reader.readEvent(value, (...path) => place(pointer(...batch.path, index, ...path)));
    }
  }
  for await (const batch of source.elements('messages')) {
    const indexes = batch.map(({ index }) => index);
    reader.readMessages(
      batch.map(({ value }) => value),
      (nth) =>
        (...path) =>
          place(pointer('messages', indexes[nth] ?? nth, ...path)),
    );
  }
  reader.finish();
  // The prompt of the main agent is the task; only sub-agents keep theirs apart.
  run.prompt = undefined;
  for (const [index, attempt] of (asArray(sample.error_retries) ?? []).entries()) {
    const text = asString(at(attempt, 'message'));
    const where = place(pointer('error_retries', index, 'message'));
    if (text !== undefined) run.message({ role: 'environment', kind: 'notice', text, place: where });
  }
  readEnding(run, sample, attachments, place);
  if (attachments.missing > 0) {
    const what = `${attachments.missing} references lead to no attachment; the reference was kept`;
    run.log.add('missing-artifact', 'warning', what, place(''));
  }
  return run;
}

/** Early logs keep the events in `transcript`. */
async function* eventsOf(
  source: SampleSource,
): AsyncGenerator<{ readonly path: readonly string[]; readonly elements: readonly Element[] }> {
  const early = asArray(at(source.sample, 'transcript', 'events'));
  if (early) {
    yield { path: ['transcript', 'events'], elements: early.map((value, index) => ({ index, value })) };
  }
  for await (const elements of source.elements('events')) yield { path: ['events'], elements };
}

function makeContext(
  run: RunBuilder,
  sample: JsonObject,
  attachments: Attachments,
  place: (path: string) => SourceRef,
): ThreadContext {
  const data = asArray(at(sample, 'events_data', 'messages'));
  const path = data ? ['events_data', 'messages'] : ['message_pool'];
  return {
    attachments,
    pool: data ?? asArray(sample.message_pool) ?? [],
    poolPlace: (index) => place(pointer(...path, index)),
    addUsage: (usage) => {
      run.totalUsage = addUsage(run.totalUsage, usage);
    },
    reportOdd: (what, where) => run.log.fold('unexpected-shape', 'warning', what, where),
    reportUnpaired: (where) =>
      run.log.fold('unpaired-result', 'info', 'a result answers no call that was seen', where),
  };
}

function readFacts(
  run: RunBuilder,
  sample: JsonObject,
  header: LogHeader,
  attachments: Attachments,
  place: (path: string) => SourceRef,
): void {
  const { eval: spec, plan } = header;
  const inspect = spec?.packages?.inspect_ai;
  if (header.version !== undefined) {
    run.formatVersion = inspect === undefined ? String(header.version) : `${header.version} (${inspect})`;
  }
  const solver = spec?.solver ?? plan?.steps?.findLast((step) => step.solver !== undefined)?.solver;
  if (solver !== undefined) run.agent = { name: solver };
  const model = asString(at(sample, 'output', 'model'));
  const named = spec?.model ?? (model === '' ? undefined : model);
  if (named !== undefined) run.model = named;
  const text = readInput(sample.input, attachments);
  const id = [spec?.task, asText(sample.id)].filter((part) => part !== undefined);
  run.task = { id: id.join('/'), ...(text !== '' && { text, place: place(pointer('input')) }) };
  const startedAt = toMillis(sample.started_at);
  if (startedAt !== undefined) run.startedAt = startedAt;
  const endedAt = toMillis(sample.completed_at);
  if (endedAt !== undefined) run.endedAt = endedAt;
}

/** The input is a text, or the messages that open the conversation: what the user says in them. */
function readInput(input: unknown, attachments: Attachments): string {
  if (typeof input === 'string') return attachments.text(input);
  const texts = (asArray(input) ?? []).flatMap((message) =>
    isObject(message) && message.role === 'user' ? [readContent(message.content, attachments).text] : [],
  );
  return texts.filter((text) => text !== '').join('\n\n');
}
