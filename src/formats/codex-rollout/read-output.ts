import { asBoolean, asNumber, asString, at, isObject, type JsonObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import type { StepStatus } from '../../model/step.ts';
import type { ResultFacts } from '../../model/thread-builder.ts';
import { readContent } from '../shared/content-text.ts';
import { renderAction } from '../shared/render-action.ts';

/** The head that Codex writes above a command's output; what follows `Output:` is the output itself. */
const HEAD_LENGTH = 400;
const EXIT_CODE = /^Exit code: (-?\d{1,10})$/m;
const EXITED = /^Process exited with code (-?\d{1,10})$/m;
const RUNNING = /^Process running with session ID \d+$/m;
const TIMED_OUT =
  /^command timed out after \d+ milliseconds|\nOutput:\ncommand timed out after \d+ milliseconds/;
const REJECTED =
  /^(?:exec command rejected|patch rejected|.{0,80}\brejected by user\b|.{0,80}\buser (?:rejected|denied)|Rejected\(|approval policy is |This action was rejected|The user (?:rejected|declined|denied))/i;
const ABORTED = /^aborted(?: by user)?\b/i;
const FAILED =
  /^(?:unsupported (?:custom tool )?call:|failed to parse function arguments|apply_patch verification failed|invalid patch|failed in sandbox|sandbox error|execution error|exec_command failed|write_stdin failed|Unknown process id|err: |Err: |error: |tool call error)/i;

/** What a call's output says: the text that the agent was shown, and how the call ended. */
export function readOutput(item: JsonObject): Omit<ResultFacts, 'place' | 'endedAt'> {
  const raw = item.output ?? item.result ?? item.tools;
  if (typeof raw === 'string') return readText(raw);
  if (Array.isArray(raw) && raw.some(isContentBlock)) return withContent(raw);
  if (isObject(raw)) return readStructured(raw);
  if (raw === undefined || raw === null) return { status: statusOfItem(item) };
  return { observation: renderAction('', raw).trimStart(), status: statusOfItem(item) };
}

/** Text, or a JSON text with `output` and `metadata`: what the JSON holds is what the command printed. */
function readText(text: string): Omit<ResultFacts, 'place' | 'endedAt'> {
  const structured = text.startsWith('{"') ? parse(text) : undefined;
  if (structured && typeof structured.output === 'string' && isObject(structured.metadata)) {
    return readStructured(structured);
  }
  const head = text.slice(0, HEAD_LENGTH);
  const output = head.indexOf('\nOutput:');
  const above = output < 0 ? '' : head.slice(0, output);
  const code = EXIT_CODE.exec(above) ?? EXITED.exec(above);
  const exitCode = code ? Number(code[1]) : undefined;
  return {
    observation: text,
    ...(exitCode !== undefined && { exitCode }),
    status: statusOfText(head, exitCode, RUNNING.test(above)),
  };
}

function readStructured(raw: JsonObject): Omit<ResultFacts, 'place' | 'endedAt'> {
  const text = asString(raw.output) ?? joinStreams(raw);
  const exitCode =
    asNumber(at(raw, 'metadata', 'exit_code')) ?? asNumber(raw.exit_code) ?? asNumber(raw.exitCode);
  if (text !== undefined) {
    const own = statusOfText(text.slice(0, HEAD_LENGTH), exitCode, false);
    return { observation: text, ...(exitCode !== undefined && { exitCode }), status: own };
  }
  const failed = asBoolean(raw.success) === false || asBoolean(raw.isError) === true;
  const inner = Array.isArray(raw.content_items) ? raw.content_items : (raw.content ?? raw);
  const facts = withContent(isContentBlock(inner) || Array.isArray(inner) ? inner : [inner]);
  const observation = facts.observation === '' ? renderAction('', raw).trimStart() : facts.observation;
  return {
    ...facts,
    ...(observation !== undefined && { observation }),
    ...(failed && { status: 'error' as const }),
  };
}

function joinStreams(raw: JsonObject): string | undefined {
  const streams = [asString(raw.stdout), asString(raw.stderr)].filter((part) => part !== undefined);
  return streams.length === 0 ? undefined : streams.filter((part) => part !== '').join('\n');
}

function withContent(content: unknown): Omit<ResultFacts, 'place' | 'endedAt'> {
  const { text, images } = readContent(content);
  const facts = readText(text);
  return images.length > 0 ? { ...facts, images } : facts;
}

function isContentBlock(value: unknown): boolean {
  return isObject(value) && (typeof value.text === 'string' || value.type === 'input_image');
}

function statusOfText(head: string, exitCode: number | undefined, running: boolean): StepStatus {
  if (TIMED_OUT.test(head)) return 'timeout';
  if (exitCode !== undefined) return exitCode === 0 ? 'ok' : 'error';
  if (running) return 'unknown';
  if (REJECTED.test(head)) return 'rejected';
  if (ABORTED.test(head)) return 'interrupted';
  if (FAILED.test(head)) return 'error';
  return /^Success\. Updated the following files|^Plan updated/.test(head) ? 'ok' : 'unknown';
}

/** `status` of calls that the model's service runs itself, and of finished items. */
export function statusOfItem(item: JsonObject): StepStatus {
  switch (item.status) {
    case 'completed':
    case 'success':
      return 'ok';
    case 'failed':
    case 'error':
      return 'error';
    case 'declined':
      return 'rejected';
    case 'incomplete':
      return 'interrupted';
    default:
      return 'unknown';
  }
}

function parse(text: string): JsonObject | undefined {
  const value = parseJsonText(text);
  return isObject(value) ? value : undefined;
}
