import { z } from 'zod';
import { MAX_PATH_LENGTH, parsePath } from './path.ts';

/** Limits that keep a spec small and its work bounded, whoever wrote it. */
export const SPEC_LIMITS = {
  /** Characters of its JSON. */
  characters: 200_000,
  rules: 120,
  conditions: 8,
  values: 100,
  alternatives: 12,
  fingerprintPaths: 400,
} as const;

const path = z
  .string()
  .max(MAX_PATH_LENGTH)
  .refine((text) => parsePath(text) !== undefined, 'not a path: keys separated by dots, [*] or [0]')
  .describe(
    'Keys separated by dots, `[*]` for every element of an array, `[0]` for one; `.` is the value itself.',
  );

const scalar = z.union([z.string().max(300), z.number(), z.boolean(), z.null()]);

const condition = z
  .strictObject({
    path,
    in: z.array(scalar).min(1).max(SPEC_LIMITS.values).optional().describe('The value is one of these.'),
    notIn: z
      .array(scalar)
      .min(1)
      .max(SPEC_LIMITS.values)
      .optional()
      .describe('The value is there and none of these.'),
    exists: z.boolean().optional().describe('Whether a value other than null is there.'),
    startsWith: z.string().min(1).max(300).optional().describe('The value is a text that begins so.'),
  })
  .describe('Every given part must hold.');

const conditions = z.array(condition).max(SPEC_LIMITS.conditions);

const texts = z
  .array(z.union([path, z.array(path).min(1).max(SPEC_LIMITS.alternatives)]))
  .min(1)
  .max(SPEC_LIMITS.alternatives)
  .describe(
    'Alternatives: the first that reaches any text counts. An inner list, and all that one path reaches, is joined.',
  );

const result = {
  text: texts,
  exitCode: path.optional(),
  failed: z
    .strictObject({ path, in: z.array(scalar).min(1).max(20) })
    .optional()
    .describe('Where the record says that the call failed, and with which values.'),
  time: path.optional(),
} as const;

const reach = {
  when: conditions.optional().describe('What holds for the record.'),
  each: path
    .optional()
    .describe('Items inside the record; all other paths of the rule then begin at the item.'),
  where: conditions.optional().describe('What holds for the item.'),
} as const;

const fence = z
  .strictObject({
    path,
    open: z.string().min(1).max(80).describe('How the line that opens a block begins, word for word.'),
    close: z.string().min(1).max(80),
    blocks: z.enum(['one', 'first', 'each']).describe('`one`: a text with several blocks holds no call.'),
  })
  .describe('The command stands in a block inside a text; the text around it is thought.');

const callRule = z.strictObject({
  role: z.literal('call'),
  ...reach,
  tool: z.union([z.strictObject({ path }), z.strictObject({ is: z.string().min(1).max(100) })]),
  args: path.optional().describe('Structured arguments: an object, or its JSON as text.'),
  command: path.optional().describe('The command as text.'),
  fence: fence.optional(),
  id: path.optional(),
  time: path.optional(),
  result: z.strictObject(result).optional().describe('The result stands in the same item.'),
  never: z
    .array(z.string().min(1).max(100))
    .max(SPEC_LIMITS.values)
    .optional()
    .describe("Names of tools whose calls are no steps: their texts are the agent's own words."),
});

const resultRule = z.strictObject({
  role: z.literal('result'),
  ...reach,
  ...result,
  id: path.optional().describe('The id of the call that it answers.'),
  otherwise: z
    .enum(['user', 'system', 'environment'])
    .optional()
    .describe('Whose message it is when no call waits for a result.'),
});

const thoughtRule = z.strictObject({ role: z.literal('thought'), ...reach, text: texts });

const messageRule = z.strictObject({
  role: z.literal('message'),
  ...reach,
  from: z.enum(['user', 'system', 'environment']),
  text: texts,
});

const ignoreRule = z.strictObject({
  role: z.literal('ignore'),
  when: conditions.min(1),
  why: z.string().min(1).max(300),
});

export const ruleSchema = z.discriminatedUnion('role', [
  callRule,
  resultRule,
  thoughtRule,
  messageRule,
  ignoreRule,
]);

/** A file name with at most four `*`, each standing for any characters but a slash; no way out of the folder. */
const glob = z
  .string()
  .min(1)
  .max(120)
  .refine((text) => !text.includes('/') && !text.includes('\\') && !text.includes('\u0000'), 'no slashes')
  .refine((text) => text !== '.' && text !== '..', 'not a name of a file')
  .refine((text) => text.split('*').length <= 5, 'at most four *');

const growing = path
  .refine((text) => !text.includes('['), 'keys only')
  .refine((text) => text !== '.', 'an array inside the record')
  .optional()
  .describe(
    'An array of the record that repeats the history with every record: only elements that no earlier record held are read.',
  );

const source = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('jsonl'), growing }).describe('One JSON object per line.'),
  z
    .strictObject({ unit: z.literal('json'), records: path, growing })
    .describe('One JSON document; the records are what the path reaches (`messages[*]`).'),
  z
    .strictObject({
      unit: z.literal('folder'),
      files: glob,
      growing,
    })
    .describe(
      'One JSON document per record, in the natural order of their names; in the folder, else in a folder of it.',
    ),
  z
    .strictObject({
      unit: z.literal('text'),
      markers: z
        .array(
          z.strictObject({
            kind: z.string().min(1).max(60),
            prefix: z.string().min(1).max(200).describe('How the line begins, word for word.'),
            keep: z.boolean().describe('Whether the rest of the marker line belongs to the text.'),
          }),
        )
        .min(1)
        .max(40),
    })
    .describe('A text log: each marker line opens a record `{kind, text}` that goes on to the next one.'),
]);

const fact = z
  .strictObject({
    in: z.enum(['record', 'document']).describe('`document`: the JSON document around the records.'),
    path,
    when: conditions.optional(),
  })
  .describe('Where a fact of the whole run stands.');

const usage = z.strictObject({
  per: z.enum(['turn', 'run']),
  when: conditions.optional(),
  inputTokens: path.optional(),
  cachedInputTokens: path.optional(),
  outputTokens: path.optional(),
  reasoningTokens: path.optional(),
  costUsd: path.optional(),
});

const facts = z.strictObject({
  task: fact.optional(),
  taskId: fact.optional(),
  model: fact.optional(),
  agent: fact.optional(),
  version: fact.optional(),
  cwd: fact.optional(),
  exitStatus: fact.optional(),
  submission: fact.optional(),
  solved: z
    .strictObject({
      ...fact.shape,
      yes: z.array(scalar).min(1).max(20),
      no: z.array(scalar).min(1).max(20),
    })
    .optional(),
});

const fingerprint = z
  .strictObject({
    records: z
      .array(z.array(path).max(40))
      .max(60)
      .describe('Shapes: the paths that every record of one kind holds.'),
    kinds: z
      .array(z.strictObject({ path, values: z.array(scalar).min(1).max(SPEC_LIMITS.values) }))
      .max(6)
      .describe('Fields that name the kind of a record, and the values seen.'),
    document: z.array(z.string().max(200)).max(60).describe('Keys of the document around the records.'),
  })
  .describe('What an artifact of this format looks like; detection compares with it.');

export const specSchema = z
  .strictObject({
    version: z.literal(1),
    name: z
      .string()
      .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
      .max(60)
      .describe('Kebab-case; the format is called `learnt:<name>`.'),
    title: z.string().min(1).max(200),
    source,
    rules: z.array(ruleSchema).min(1).max(SPEC_LIMITS.rules),
    turn: path.optional().describe("A record's field whose equal values make consecutive records one turn."),
    time: path.optional().describe("A record's time."),
    subagent: path
      .optional()
      .describe(
        "A record's field that is set where it belongs to a sub-agent: the id of the call that started it.",
      ),
    facts: facts.optional(),
    usage: usage.optional(),
    fingerprint,
  })
  .describe('How to read one artifact format; data only, never code.');

/** A declarative extractor: where the records are, what is a call, a result, a thought, and how they pair. */
export type ExtractorSpec = z.infer<typeof specSchema>;
export type SpecRule = ExtractorSpec['rules'][number];
export type SpecCondition = z.infer<typeof condition>;
export type SpecTexts = z.infer<typeof texts>;
export type SpecSource = ExtractorSpec['source'];
export type CallRule = Extract<SpecRule, { role: 'call' }>;
export type ResultRule = Extract<SpecRule, { role: 'result' }>;
export type SpecFingerprint = ExtractorSpec['fingerprint'];
export type SpecFact = z.infer<typeof fact>;
