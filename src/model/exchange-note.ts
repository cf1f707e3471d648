import { z } from 'zod';
import { isObject, type JsonObject } from '../base/json.ts';
import type { Step } from './step.ts';

/**
 * What our exports say in the place that a foreign format leaves for additions (`extra` of ATIF, attributes of a span),
 * so that a run which comes back is the run that went out. Readers of these formats take it where it is there; other
 * programs pass it over.
 */
export const NOTE_KEY = 'codetracer';

/** Attribute of a span that holds a note, as JSON text. */
export const NOTE_ATTRIBUTE = 'codetracer.note';

/** Of a step: what stands in no field of the target. */
const stepNote = z.object({
  /** The action where it is neither an argument word for word nor absent from `arguments`. */
  action: z.string().optional(),
  /** The argument that is the action, word for word. */
  actionKey: z.string().optional(),
  /** The artifact had no structured arguments: those of the export only hold the action. */
  noArguments: z.literal(true).optional(),
  status: z.enum(['ok', 'error', 'timeout', 'rejected', 'interrupted', 'pending', 'unknown']),
  exitCode: z.number().optional(),
  rawOutput: z.string().optional(),
  images: z.array(z.string()).optional(),
  cwd: z.string().optional(),
  /** Milliseconds since the epoch. */
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
});
export type StepNote = z.infer<typeof stepNote>;

const messageNote = z.object({
  role: z.enum(['system', 'user', 'assistant', 'environment']),
  kind: z.enum(['prompt', 'reply', 'format-error', 'compaction', 'interruption', 'notice']),
  /** This message is the task. */
  task: z.literal(true).optional(),
});
export type MessageNote = z.infer<typeof messageNote>;

/** Of an answer of the model: part of the turn before it, or the agent's last words. */
const turnNote = z.object({
  sameTurn: z.literal(true).optional(),
  final: z.literal(true).optional(),
  /** The prompts that stand before it, in order. */
  messages: z.array(messageNote).optional(),
});
export type TurnNote = z.infer<typeof turnNote>;

const usageNote = z.object({
  inputTokens: z.number().optional(),
  cachedInputTokens: z.number().optional(),
  cacheWriteTokens: z.number().optional(),
  outputTokens: z.number().optional(),
  reasoningTokens: z.number().optional(),
  costUsd: z.number().optional(),
});

/** Of a thread: the main agent's, or a sub-agent's. */
const threadNote = z.object({
  version: z.literal(1),
  name: z.string().optional(),
  prompt: z.string().optional(),
  agentVersion: z.string().optional(),
  model: z.string().optional(),
  initialCwd: z.string().optional(),
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  taskId: z.string().optional(),
  /** Only where no message is the task. */
  taskText: z.string().optional(),
  /** Of the whole run, where its own field would be added to that of the parts. */
  usage: usageNote.optional(),
});
export type ThreadNote = z.infer<typeof threadNote>;

const reader =
  <T>(schema: z.ZodType<T>) =>
  (value: unknown): T | undefined => {
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : undefined;
  };

export const readStepNote = reader(stepNote);
export const readMessageNote = reader(messageNote);
export const readTurnNote = reader(turnNote);
export const readThreadNote = reader(threadNote);

/** The argument that holds the action of a step whose artifact had no arguments. */
const ACTION_KEY = 'command';

/** The arguments of a step as an export writes them. */
export function exportedArguments(step: Step): JsonObject {
  return step.args ?? { [ACTION_KEY]: step.action };
}

export function noteStep(step: Step): StepNote {
  const key = step.args
    ? Object.keys(step.args).find((name) => step.args?.[name] === step.action)
    : ACTION_KEY;
  return {
    ...(key === undefined ? { action: step.action } : { actionKey: key }),
    ...(!step.args && { noArguments: true as const }),
    status: step.status,
    ...(step.exitCode !== undefined && { exitCode: step.exitCode }),
    ...(step.rawOutput !== undefined && { rawOutput: step.rawOutput }),
    ...(step.images && { images: [...step.images] }),
    ...(step.recordedCwd !== undefined && { cwd: step.recordedCwd }),
    ...(step.startedAt !== undefined && { startedAt: step.startedAt }),
    ...(step.endedAt !== undefined && { endedAt: step.endedAt }),
  };
}

/** The action that a note and the arguments beside it stand for; undefined when they do not fit. */
export function notedAction(note: StepNote, args: unknown): string | undefined {
  if (note.action !== undefined) return note.action;
  if (note.actionKey === undefined || !isObject(args) || !Object.hasOwn(args, note.actionKey))
    return undefined;
  const action = args[note.actionKey];
  return typeof action === 'string' ? action : undefined;
}
