import { CodetracerError } from '../base/error.ts';
import { type Inference, inferSpec } from '../evolve/infer/infer-spec.ts';
import { parseSpec } from '../evolve/spec/parse-spec.ts';
import type { ExtractorSpec } from '../evolve/spec/spec.ts';
import type { SpecMeasures } from '../evolve/validate/measure-spec.ts';
import { type Split, splitArtifacts, splitRecords } from '../evolve/validate/split-samples.ts';
import { type SpecVerdict, validateSpec } from '../evolve/validate/validate-spec.ts';
import { FORMATS } from '../formats/registry.ts';
import { digestArtifact } from '../io/digest.ts';
import type { ExtractorEntry, LearntFile } from '../store/extractor-entry.ts';
import { addVersion, openRegistry, promoteVersion, readExtractor } from '../store/extractor-registry.ts';
import { type GatheredSamples, gatherSamples, type LocatedSample } from './gather-samples.ts';
import { VERSION } from './version.ts';

export interface LearnOptions {
  /** Kebab-case; the format will be called `learnt:<name>`. A name that is taken gets a new version. */
  readonly name: string;
  readonly title?: string;
  /** Folder of the registry; the user's own unless given. */
  readonly extractors?: string;
  /** A spec that somebody wrote, to be validated instead of one that is inferred. */
  readonly spec?: unknown;
  /** Learn from artifacts that a format reads already, too. */
  readonly known?: boolean;
  /** Keep an accepted version without letting it read artifacts. */
  readonly promote?: boolean;
}

export interface LearnResult {
  /** What was kept; undefined when there was no proposal at all. */
  readonly entry?: ExtractorEntry;
  /** Whether it reads artifacts from now on. */
  readonly promoted: boolean;
  readonly verdict?: SpecVerdict;
  /** Why the spec looks as it does, or why there is none. */
  readonly reasons: readonly string[];
  readonly samples: { readonly what: string; readonly learnt: number; readonly heldOut: number };
  /** Artifacts left out because a format reads them, by its id. */
  readonly known: Readonly<Record<string, number>>;
}

/**
 * Learns an extractor from artifacts of an unknown format: infers a spec from their structure, validates it on
 * artifacts (or a part) that were held out, and keeps it as a new version. Only an accepted one comes to read artifacts,
 * and versions that were there before stay. No model, no generated code.
 * @throws CodetracerError `usage` when every artifact is read by a format already, or the given spec is none.
 */
export async function learnExtractor(paths: readonly string[], options: LearnOptions): Promise<LearnResult> {
  const registry = openRegistry(options.extractors);
  const before = await readExtractor(registry, options.name);
  const gathered = await gatherSamples(paths, options.known ? [] : FORMATS);
  const known = Object.fromEntries(gathered.known);
  if (gathered.groups.length === 0) throw nothingToLearn(paths, gathered);
  const given = options.spec === undefined ? undefined : readGivenSpec(options.spec, options.name);
  const attempt = given ? await tryGiven(given, gathered) : await inferBest(gathered, options);
  const samples = {
    what: attempt.what,
    learnt: attempt.split.learn.length,
    heldOut: attempt.split.heldOut.length,
  };
  if (!attempt.spec) return { promoted: false, reasons: attempt.reasons, samples, known };
  const verdict = await validateSpec(attempt.spec, attempt.split.learn, attempt.split.heldOut);
  const entry = await addVersion(registry, {
    spec: attempt.spec,
    validation: {
      accepted: verdict.decision === 'accept',
      reasons: [...verdict.reasons],
      score: verdict.score,
      measures: listMeasures(verdict.heldOut ?? verdict.learnt),
    },
    provenance: {
      origin: given ? 'file' : 'inferred',
      learntAt: new Date().toISOString(),
      tool: VERSION,
      ...(before.active !== undefined && { parent: before.active }),
      learntFrom: await describeFiles(attempt.split.learn),
      heldOut: await describeFiles(attempt.split.heldOut),
    },
  });
  const promoted = verdict.decision === 'accept' && options.promote !== false;
  if (promoted) await promoteVersion(registry, entry);
  return { entry, promoted, verdict, reasons: attempt.reasons, samples, known };
}

interface LocatedSplit extends Split {
  readonly learn: readonly LocatedSample[];
  readonly heldOut: readonly LocatedSample[];
}

interface Attempt {
  readonly what: string;
  readonly spec: ExtractorSpec | undefined;
  readonly split: LocatedSplit;
  readonly score: number;
  readonly reasons: readonly string[];
}

/** Groups of artifacts that are tried: what a run left is among the largest. */
const GROUPS = 3;

/** The best reading of any of the larger groups; a reading of much counts more than one of little. */
async function inferBest(gathered: GatheredSamples, options: LearnOptions): Promise<Attempt> {
  const total = gathered.groups.reduce((sum, { bytes }) => sum + bytes, 0);
  let best: Attempt | undefined;
  for (const { what, samples, bytes } of gathered.groups.slice(0, GROUPS)) {
    let split = splitArtifacts(samples) as LocatedSplit;
    let inference = await inferFrom(split, options);
    const [only] = samples;
    if (samples.length === 1 && only && inference.best) {
      split = (await splitRecords(only, inference.best.spec.source)) as LocatedSplit;
      if (split.heldOut.length > 0) inference = await inferFrom(split, options);
    }
    const { best: proposal, notes } = inference;
    const score = (proposal?.score ?? 0) * (0.5 + (0.5 * bytes) / Math.max(1, total));
    const attempt = { what, spec: proposal?.spec, split, score, reasons: proposal?.reasons ?? notes };
    if (!best || attempt.score > best.score) best = attempt;
  }
  if (!best) throw new Error('assertion failed: there are no groups');
  return best;
}

function inferFrom(split: Split, { name, title }: LearnOptions): Promise<Inference> {
  return inferSpec(split.learn, { name, ...(title !== undefined && { title }) });
}

/** A given spec is measured on the group of artifacts that it reads most steps of. */
async function tryGiven(spec: ExtractorSpec, gathered: GatheredSamples): Promise<Attempt> {
  let best: Attempt | undefined;
  for (const { what, samples } of gathered.groups) {
    const { learnt } = await validateSpec(spec, samples, []);
    const split = { learn: samples, heldOut: [] };
    const attempt = { what, spec, split, score: learnt.steps, reasons: ['the spec was given'] };
    if (!best || attempt.score > best.score) best = attempt;
  }
  if (!best) throw new Error('assertion failed: there are no groups');
  return best;
}

function readGivenSpec(value: unknown, name: string): ExtractorSpec {
  const parsed = parseSpec(value);
  if (!parsed.ok) {
    throw new CodetracerError('usage', `this is no extractor spec: ${parsed.problems[0] ?? ''}`, {
      hint: parsed.problems.slice(1).join('\n'),
      details: parsed.problems,
    });
  }
  return { ...parsed.spec, name };
}

function nothingToLearn(paths: readonly string[], { known }: GatheredSamples): CodetracerError {
  const list = [...known].map(([id, count]) => `${count} by ${id}`).join(', ');
  return new CodetracerError(
    'usage',
    `there is nothing to learn from under ${paths.join(', ')}`,
    known.size > 0
      ? { hint: `every artifact is read already (${list}); --known learns from them all the same` }
      : {},
  );
}

function listMeasures(measures: SpecMeasures): Record<string, number> {
  const numbers = Object.entries(measures).filter(
    (pair): pair is [string, number] => typeof pair[1] === 'number',
  );
  return Object.fromEntries(numbers);
}

async function describeFiles(samples: readonly LocatedSample[]): Promise<LearntFile[]> {
  const files: LearntFile[] = [];
  for (const { reader, entry } of samples) {
    const digest = (await digestArtifact(reader, entry.path)) ?? '';
    files.push({ name: entry.name, bytes: entry.size, digest });
  }
  return files;
}
