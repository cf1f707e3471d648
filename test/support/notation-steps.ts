import { asObject, type JsonObject } from '../../src/base/json.ts';
import type { StepStatus } from '../../src/model/step.ts';

/** One step of a noted run, or the name of the sub-agent that a step started. */
export interface NotedStep {
  readonly kind: 'step';
  readonly id: string;
  /** Lines of the marker and of the first line of the observation, from 1. */
  readonly line: number;
  readonly observationLine: number;
  readonly sameTurn: boolean;
  readonly cwd: string | undefined;
  readonly thought: string | undefined;
  readonly tool: string;
  readonly action: string;
  readonly args: JsonObject | undefined;
  readonly exitCode: number | undefined;
  readonly status: StepStatus;
  readonly observation: string;
}

export interface NotedName {
  readonly kind: 'name';
  readonly id: string;
  readonly name: string;
}

const MARKER = /^(\d+(?:\.\d+)*)(&?)(?: \[([^\]]*)\])? ([~>?=]|![a-z0-9]*|@!?[\w.-]+)(?: (.*))?$/;

/** Reads everything from line `start` on. */
export function readSteps(lines: readonly string[], start: number): (NotedStep | NotedName)[] {
  const read: (NotedStep | NotedName)[] = [];
  let thought: { id: string; text: string } | undefined;
  for (let i = start; i < lines.length; ) {
    const match = MARKER.exec(lines[i] ?? '');
    if (!match) throw new Error(`line ${i + 1} is no marker: ${lines[i]}`);
    const line = i + 1;
    const [, id = '', amp, cwd, mark = '', first = ''] = match;
    const text = [first];
    i++;
    for (; i < lines.length && /^>( |$)/.test(lines[i] ?? ''); i++) text.push((lines[i] ?? '').slice(2));
    if (mark === '=') {
      read.push({ kind: 'name', id, name: first });
      continue;
    }
    if (mark === '~') {
      const before = thought?.id === id ? `${thought.text}\n` : '';
      thought = { id, text: before + text.join('\n') };
      continue;
    }
    const observationLine = i + 1;
    const observation: string[] = [];
    for (; i < lines.length && !MARKER.test(lines[i] ?? ''); i++) observation.push(unescape(lines[i] ?? ''));
    if (thought && thought.id !== id)
      throw new Error(`line ${line}: the thought before belongs to ${thought.id}`);
    read.push({
      kind: 'step',
      id,
      line,
      observationLine,
      sameTurn: amp === '&',
      cwd,
      thought: thought?.text,
      ...readMark(mark, text.join('\n'), line),
      observation: observation.join('\n'),
    });
    thought = undefined;
  }
  if (thought) throw new Error(`the thought of ${thought.id} has no step`);
  return read;
}

type Marked = Pick<NotedStep, 'tool' | 'action' | 'args' | 'exitCode' | 'status'>;

function readMark(mark: string, text: string, line: number): Marked {
  if (mark.startsWith('@')) {
    const failed = mark.startsWith('@!');
    return {
      tool: mark.slice(failed ? 2 : 1),
      action: text,
      args: text === '' ? {} : readArguments(text, line),
      exitCode: undefined,
      status: failed ? 'error' : 'ok',
    };
  }
  const shell = { tool: 'bash', action: text, args: undefined };
  if (mark === '>') return { ...shell, exitCode: 0, status: 'ok' };
  if (mark === '?') return { ...shell, exitCode: undefined, status: 'unknown' };
  const word = mark.slice(1);
  if (/^\d*$/.test(word)) return { ...shell, exitCode: word === '' ? 1 : Number(word), status: 'error' };
  return { ...shell, exitCode: undefined, status: readStatus(word, line) };
}

function readArguments(text: string, line: number): JsonObject {
  const args = asObject(JSON.parse(text));
  if (!args) throw new Error(`line ${line}: arguments are no object`);
  return args;
}

const STATUSES: readonly StepStatus[] = [
  'ok',
  'error',
  'timeout',
  'rejected',
  'interrupted',
  'pending',
  'unknown',
];

function readStatus(word: string, line: number): StepStatus {
  const status = STATUSES.find((known) => known === word);
  if (!status) throw new Error(`line ${line}: no status: ${word}`);
  return status;
}

function unescape(line: string): string {
  return line.startsWith('\\') ? line.slice(1) : line;
}
