import { z } from 'zod';

/** Shape of what `effects` prints: a line each, or with `--json` one document of them. Fields may be added in a version. */

const certainty = z
  .enum(['certain', 'likely', 'possible'])
  .describe('How sure: the text says so, the usual meaning, or a guess about an unknown program.');
const stepClass = z
  .enum(['change', 'explore'])
  .describe('Whether a certain or likely effect changes something that a later command could notice.');

export const effectSchema = z
  .looseObject({
    kind: z.enum([
      'read',
      'search',
      'write',
      'delete',
      'move',
      'copy',
      'mkdir',
      'mode',
      'chdir',
      'env',
      'package',
      'git',
      'process',
      'service',
      'account',
      'network',
      'test',
      'run',
      'build',
      'keys',
      'submit',
      'note',
      'delegate',
      'remote',
    ]),
    certainty,
  })
  .describe('One thing that the command does; further fields by kind, paths as they were written.');

const effectSetSchema = z.object({ class: stepClass, certainty, effects: z.array(effectSchema) });

const line = z.int().positive().describe('Number of the input line, from 1.');

export const commandAnswerSchema = z
  .looseObject({
    line,
    class: stepClass,
    certainty,
    effects: z
      .array(effectSchema)
      .describe('As the text asks, assuming that its programs exist and succeed.'),
    programs: z.array(z.string()).describe('Main programs in order, wrappers removed; the name of a tool.'),
    unparsed: z.string().optional().describe('Why the text is not (wholly) understood.'),
    happened: effectSetSchema
      .optional()
      .describe('The same corrected by output and exit status, where the line holds them.'),
    given: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('Fields of the input line that are named like one of these.'),
  })
  .describe('The answer to one line: its own fields as they were, and these.');

export const LINE_FLAWS = [
  'empty-line',
  'malformed-json',
  'no-object',
  'no-command',
  'bad-field',
  'nul-byte',
  'too-long',
] as const;

export type LineFlaw = (typeof LINE_FLAWS)[number];

export const commandErrorSchema = z
  .object({
    line,
    error: z.object({ code: z.enum(LINE_FLAWS), message: z.string() }),
  })
  .describe('A line that holds no command.');

export const effectsDocumentSchema = z.object({
  schema: z.literal('codetracer.effects/1'),
  rows: z.array(z.union([commandAnswerSchema, commandErrorSchema])).describe('A row for every input line.'),
  lines: z.int().nonnegative(),
  errors: z
    .partialRecord(z.enum(LINE_FLAWS), z.int().positive())
    .describe('Lines without an answer by what is wrong.'),
  changes: z.int().nonnegative().describe('Answers of class change.'),
});

export type CommandAnswer = z.infer<typeof commandAnswerSchema>;
export type CommandError = z.infer<typeof commandErrorSchema>;
export type EffectsDocument = z.infer<typeof effectsDocumentSchema>;
