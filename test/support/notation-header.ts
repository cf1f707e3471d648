import type { OutcomeKind } from '../../src/model/outcome.ts';
import type { RunException } from '../../src/model/run.ts';
import type { RunBuilder } from '../../src/model/run-builder.ts';
import type { TestStatus } from '../../src/model/test-result.ts';

const PLACE = { artifact: 'notation.txt' };

/** The header lines of a noted run: what is known beside its steps. */
export interface NotedHeader {
  readonly format: string;
  readonly final: string | undefined;
  applyTo(builder: RunBuilder): void;
}

const KEY = /^(task|format|agent|cwd|outcome|check|claims|exception|exit|submission|final): ?(.*)$/;

/** Reads header lines up to the first that is none; `rest` is its index. */
export function readHeader(lines: readonly string[]): { header: NotedHeader; rest: number } {
  const values = new Map<string, string[]>();
  let rest = 0;
  for (; rest < lines.length; rest++) {
    const line = lines[rest] ?? '';
    if (line.trim() === '') continue;
    const match = KEY.exec(line);
    if (!match) break;
    const key = match[1] ?? '';
    values.set(key, [...(values.get(key) ?? []), match[2] ?? '']);
  }
  const joined = (key: string): string | undefined => values.get(key)?.join('\n');
  const header: NotedHeader = {
    format: joined('format') ?? 'claude-code-session',
    final: joined('final'),
    applyTo(builder) {
      const [task, agent, submission] = [joined('task'), joined('agent'), joined('submission')];
      if (task !== undefined) builder.task = { text: task, place: PLACE };
      if (agent !== undefined) builder.agent = { name: agent };
      if (submission !== undefined) builder.submission = { text: submission, place: PLACE };
      builder.initialCwd = joined('cwd');
      builder.exitStatus = joined('exit');
      for (const value of values.get('outcome') ?? []) addOutcome(builder, value);
      for (const value of values.get('check') ?? []) addCheck(builder, value);
      for (const value of values.get('claims') ?? []) {
        builder.outcomeSignals.push({
          source: 'agent',
          says: outcomeKind(value),
          detail: value,
          place: PLACE,
          authority: 'agent',
        });
      }
      for (const value of values.get('exception') ?? []) builder.exceptions.push(exception(value));
    },
  };
  return { header, rest };
}

function outcomeKind(text: string): OutcomeKind {
  if (text === 'solved' || text === 'failed' || text === 'unknown') return text;
  throw new Error(`no outcome: ${text}`);
}

/** `failed tests/a.py::b "message"`: first word, test id, message. */
function splitCheck(value: string): { word: string; test: string; message: string | undefined } {
  const match = /^(\S+) ?([^"]*?) ?(?:"(.*)")?$/.exec(value);
  return { word: match?.[1] ?? '', test: match?.[2] ?? '', message: match?.[3] };
}

function addOutcome(builder: RunBuilder, value: string): void {
  const { word, test } = splitCheck(value);
  builder.outcomeSignals.push({
    source: 'checker',
    says: outcomeKind(word),
    detail: value,
    place: PLACE,
    authority: 'checker',
  });
  if (test !== '') addCheck(builder, value);
}

function addCheck(builder: RunBuilder, value: string): void {
  const { word, test, message } = splitCheck(value);
  builder.checks.push({
    test,
    status: testStatus(word),
    ...(message !== undefined && { message }),
    place: PLACE,
  });
}

function testStatus(word: string): TestStatus {
  if (word === 'passed' || word === 'failed' || word === 'error' || word === 'skipped') return word;
  throw new Error(`no test status: ${word}`);
}

function exception(value: string): RunException {
  const kind = value.split(' ', 1)[0];
  const message = value.slice((kind ?? '').length + 1);
  if (kind === 'timeout' || kind === 'limit' || kind === 'api' || kind === 'harness' || kind === 'crash') {
    return { kind, message, place: PLACE };
  }
  throw new Error(`no kind of exception: ${value}`);
}
