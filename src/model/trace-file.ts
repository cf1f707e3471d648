import { CodetracerError } from '../base/error.ts';
import { isObject, type JsonObject } from '../base/json.ts';
import type { Run } from './run.ts';
import { runSchema, stepSchema } from './trace-schema.ts';

/**
 * Our own file, `trace.json`: the run whole, then whatever was derived from it. The derived parts are there for other
 * programs; we read only the run and derive them anew.
 */
export const TRACE_VERSION = 1;
export const TRACE_SCHEMA = `codetracer.trace/${TRACE_VERSION}`;

/**
 * The document as pieces of text, so that it never stands in memory as one string.
 * `derived` gives further members; a generator as a value is written as an array, item by item.
 */
export function* renderTrace(run: Run, derived: Readonly<Record<string, unknown>> = {}): Generator<string> {
  const { steps, ...rest } = run;
  yield `{"schema":${JSON.stringify(TRACE_SCHEMA)},\n"run":${JSON.stringify(rest)},\n"steps":`;
  yield* renderArray(steps);
  for (const [key, value] of Object.entries(derived)) {
    yield `,\n${JSON.stringify(key)}:`;
    if (isIterator(value)) yield* renderArray(value);
    else yield JSON.stringify(value) ?? 'null';
  }
  yield '}\n';
}

function* renderArray(items: Iterable<unknown>): Generator<string> {
  let separator = '[\n';
  for (const item of items) {
    yield separator + (JSON.stringify(item) ?? 'null');
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]' : '\n]';
}

function isIterator(value: unknown): value is Iterable<unknown> {
  return isObject(value) && typeof Reflect.get(value, Symbol.iterator) === 'function';
}

/** One upgrader per version step: takes the head of a document of version `i + 1` to version `i + 2`. */
const UPGRADERS: readonly ((head: JsonObject) => JsonObject)[] = [];

/**
 * The run of a trace document, whose `steps` are handed over apart (they may have been streamed).
 * @throws CodetracerError `unreadable` for a document that is none of ours, is damaged, or comes from a newer version.
 */
export function readTrace(head: unknown, steps: readonly unknown[]): Run {
  const { run } = upgrade(head);
  const parsedRun = runSchema.safeParse(run);
  if (!parsedRun.success) throw damaged(parsedRun.error.issues[0]);
  // The schemas are strict, so what passes them is a run as it stands; their copies would only reorder its members.
  for (const step of steps) {
    const parsed = stepSchema.safeParse(step);
    if (!parsed.success) throw damaged(parsed.error.issues[0]);
    Object.freeze(step);
  }
  return Object.freeze({ ...(run as object), steps: Object.freeze([...steps]) }) as Run;
}

/** Whether a document is a trace of a version that this program does not know yet. */
export function isNewerTrace(head: unknown): boolean {
  return (versionOf(head) ?? 0) > TRACE_VERSION;
}

function versionOf(head: unknown): number | undefined {
  const schema = isObject(head) && typeof head.schema === 'string' ? head.schema : '';
  const version = /^codetracer\.trace\/(\d+)$/.exec(schema)?.[1];
  return version === undefined ? undefined : Number(version);
}

function upgrade(head: unknown): JsonObject {
  const version = versionOf(head);
  if (!isObject(head) || version === undefined) throw new CodetracerError('unreadable', 'no trace of ours');
  if (version > TRACE_VERSION) {
    throw new CodetracerError(
      'unreadable',
      `the trace has version ${version}, this program reads up to ${TRACE_VERSION}`,
      {
        hint: 'update codetracer',
      },
    );
  }
  return UPGRADERS.slice(version - 1).reduce((document, step) => step(document), head);
}

function damaged(issue: { path: PropertyKey[]; message: string } | undefined): CodetracerError {
  const where = issue?.path.map(String).join('/') ?? '';
  return new CodetracerError('unreadable', `the trace is damaged at ${where}: ${issue?.message ?? ''}`);
}
