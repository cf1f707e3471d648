import { asArray, asString, at, isObject } from '../../base/json.ts';
import {
  type MessageNote,
  NOTE_KEY,
  readMessageNote,
  readStepNote,
  readThreadNote,
  readTurnNote,
  type StepNote,
  type TurnNote,
} from '../../model/exchange-note.ts';
import type { RunBuilder } from '../../model/run-builder.ts';
import type { SourceRef } from '../../model/source-ref.ts';
import type { PendingStep, ThreadBuilder } from '../../model/thread-builder.ts';
import { NotedThread } from '../shared/noted-thread.ts';
import { readMetrics } from './read-record.ts';
import type { AtifStep, TrajectoryRoot } from './schema.ts';

/** What our own export notes on a step: a message, an answer of the model with its calls, or nothing. */
export type ExportNote =
  | { readonly message: MessageNote }
  | { readonly turn: TurnNote; readonly calls: readonly StepNote[] }
  /** Stands where a thread has nothing: a trajectory needs a step. */
  | { readonly empty: true };

/** The note of a step; undefined for steps that others wrote, and for notes that do not fit their step. */
export function readExportNote({ extra, toolCalls }: AtifStep): ExportNote | undefined {
  const note = at(extra, NOTE_KEY);
  if (!isObject(note)) return undefined;
  if (note.empty === true) return { empty: true };
  const message = readMessageNote(note.message);
  if (message) return { message };
  const turn = readTurnNote(note.turn);
  const calls = (asArray(note.calls) ?? []).map(readStepNote).filter((call) => call !== undefined);
  return turn && calls.length === toolCalls.length ? { turn, calls } : undefined;
}

/** Reads a step as its note says. `meet` is told of each result with its call. */
export function readExportedStep(
  noted: NotedThread,
  step: AtifStep,
  note: ExportNote,
  place: SourceRef,
  meet: (result: unknown, call: PendingStep | undefined, place: SourceRef) => void,
): void {
  if ('empty' in note) return;
  const within = (path: string): SourceRef => ({ ...place, pointer: `${place.pointer ?? ''}/${path}` });
  const text = asString(step.message) ?? '';
  if ('message' in note) {
    noted.message(note.message, text, within('message'));
    return;
  }
  if (note.turn.final) {
    noted.thread.think(text, within('message'));
    return;
  }
  noted.turn(note.turn, readMetrics(step.metrics), text, within('message'));
  const results = new Map(
    step.results.map((result, index) => [asString(at(result, 'source_call_id')), { result, index }]),
  );
  for (const [index, call] of step.toolCalls.entries()) {
    const stepNote = note.calls[index];
    if (!stepNote) continue;
    const tool = asString(at(call, 'function_name')) ?? 'unknown';
    const pending = noted.call(tool, at(call, 'arguments'), stepNote, within(`tool_calls/${index}`));
    const own = results.get(asString(at(call, 'tool_call_id')));
    const at2 = own ? within(`observation/results/${own.index}`) : within(`tool_calls/${index}`);
    noted.result(pending, stepNote, asString(at(own?.result, 'content')), at2);
    if (own) meet(own.result, pending, at2);
  }
}

/** Takes what our own export notes on a whole trajectory. */
export function takeExportNote(
  run: RunBuilder,
  thread: ThreadBuilder,
  root: TrajectoryRoot | undefined,
): void {
  const note = readThreadNote(at(root?.extra, NOTE_KEY));
  if (note) new NotedThread(run, thread).begin(note);
}
