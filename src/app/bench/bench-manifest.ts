import { join } from 'node:path';
import { z } from 'zod';
import { CodetracerError } from '../../base/error.ts';
import { SYSTEM_KINDS } from '../../bench/system.ts';
import { writeFileAtomic } from '../../io/write.ts';
import { readTextIfThere } from './read-if-there.ts';

export const MANIFEST = 'manifest.json';

const dataFileSchema = z.strictObject({
  path: z.string(),
  sha256: z.string(),
  bytes: z.int().nonnegative(),
});

const systemRowSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(SYSTEM_KINDS),
  about: z.string(),
  outcome: z.enum(['known', 'withheld']).describe('Whether it got the runs with their outcome or without.'),
  settings: z.string().describe('Digest of the settings.'),
  answered: z.int().nonnegative(),
  computed: z.int().nonnegative().describe('Answers of this call; the others were there already.'),
  failed: z.int().nonnegative().describe('Cases on which it broke; they are missing and score as wrong.'),
  tokens: z.number().nonnegative(),
  dollars: z.number().nonnegative(),
  milliseconds: z.number().nonnegative().describe('Sum over its answers.'),
});

const caseRowSchema = z.strictObject({
  id: z.string(),
  name: z.string().describe('The trajectory’s id, or the path of the artifact.'),
  set: z.string(),
  state: z.enum(['pending', 'done', 'failed', 'refused']),
  reason: z.string().optional().describe('Why it failed or was refused.'),
  digest: z.string().optional().describe('SHA-256 of what the run is made from.'),
  stepCount: z.int().nonnegative().optional(),
  steps: z
    .array(z.int().nullable())
    .optional()
    .describe('Step of the run for each step of the labels, where the two are numbered in different ways.'),
  note: z.string().optional(),
});

/** `manifest.json` of a folder of predictions; also the document of `bench run --json`. */
export const benchManifestSchema = z.strictObject({
  schema: z.literal('codetracer.bench-run/1'),
  state: z.enum(['running', 'interrupted', 'complete']),
  started: z.string(),
  finished: z.string().optional(),
  code: z.strictObject({
    version: z.string(),
    commit: z.string().optional().describe('Of the repository, when it runs from one.'),
    digest: z.string().describe('SHA-256 over the code and the weights as they ran.'),
    weights: z.string().describe('SHA-256 of the weights of the diagnosis.'),
    fittedOn: z.array(z.string()).describe('SHA-256 of the label files that they were fitted on.'),
  }),
  node: z.string(),
  platform: z.string(),
  data: z.strictObject({
    paths: z.array(z.string()),
    corpus: z.string().optional().describe('Folder of the artifacts, where it was named.'),
    digest: z.string().describe('SHA-256 over the label files.'),
    files: z.array(dataFileSchema),
  }),
  settings: z.strictObject({
    outcome: z.enum(['known and withheld', 'withheld']),
    limit: z.int().positive().optional(),
    sample: z.int().optional(),
  }),
  systems: z.array(systemRowSchema),
  counts: z.strictObject({
    cases: z.int().nonnegative(),
    done: z.int().nonnegative(),
    failed: z.int().nonnegative(),
    refused: z.int().nonnegative(),
    pending: z.int().nonnegative(),
    computed: z.int().nonnegative().describe('Answers that this call worked out.'),
    reused: z.int().nonnegative().describe('Answers that were there already.'),
  }),
  cost: z.strictObject({
    tokens: z.number().nonnegative(),
    dollars: z.number().nonnegative(),
    milliseconds: z.number().nonnegative().describe('Wall time of this call.'),
    readMilliseconds: z.number().nonnegative(),
    analysisMilliseconds: z.number().nonnegative(),
  }),
  cases: z.array(caseRowSchema),
  refusals: z
    .array(z.strictObject({ place: z.string(), id: z.string().optional(), reason: z.string() }))
    .describe('Rows of the label files that can not be measured.'),
});

export type BenchManifest = z.infer<typeof benchManifestSchema>;
export type CaseRow = z.infer<typeof caseRowSchema>;
export type SystemRow = z.infer<typeof systemRowSchema>;

/**
 * The manifest of a folder; undefined when there is none.
 * @throws CodetracerError `unreadable` when it is damaged
 */
export async function readManifest(folder: string): Promise<BenchManifest | undefined> {
  const path = join(folder, MANIFEST);
  const text = await readTextIfThere(path);
  if (text === undefined) return undefined;
  try {
    return benchManifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new CodetracerError('unreadable', `${path}: not a manifest of \`bench run\``, {
      hint: 'it was written by another version, or changed since; choose another folder with --out',
      cause: error,
    });
  }
}

export async function writeManifest(folder: string, manifest: BenchManifest): Promise<void> {
  await writeFileAtomic(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}
