import { CodetracerError } from '../base/error.ts';
import type { Evidence } from '../evolve/infer/evidence.ts';
import { groupSamples } from '../evolve/infer/group-samples.ts';
import type { SampleArtifact } from '../evolve/infer/sample.ts';
import type { SpecProposer } from '../evolve/port.ts';
import { proposeSpec } from '../evolve/propose-spec.ts';
import { parseSpec } from '../evolve/spec/parse-spec.ts';
import type { ExtractorSpec } from '../evolve/spec/spec.ts';
import type { SpecMeasures } from '../evolve/validate/measure-spec.ts';
import type { Split } from '../evolve/validate/split-samples.ts';
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
  /** Who may better what is inferred: a model, behind its port. */
  readonly proposer?: SpecProposer;
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
  readonly samples: { readonly learnt: number; readonly heldOut: number };
  /** Artifacts left out because a format reads them, by its id. */
  readonly known: Readonly<Record<string, number>>;
}

/**
 * Learns an extractor from artifacts of an unknown format: infers a spec from their structure, validates it on
 * artifacts (or a part) that were held out, and keeps it as a new version. Only an accepted one that rests on telling names
 * comes to read artifacts at once, and versions that were there before stay. No model unless one is handed in, no generated code.
 * @throws CodetracerError `usage` when every artifact is read by a format already, or the given spec is none.
 */
export async function learnExtractor(paths: readonly string[], options: LearnOptions): Promise<LearnResult> {
  const registry = openRegistry(options.extractors);
  const before = await readExtractor(registry, options.name);
  const given = options.spec === undefined ? undefined : readGivenSpec(options.spec, options.name);
  const gathered = await gatherSamples(paths, options.known ? [] : FORMATS);
  const known = Object.fromEntries(gathered.known);
  if (gathered.samples.length === 0) throw nothingToLearn(paths, gathered);
  const groups = (await groupSamples(gathered.samples)).map(({ samples }) => samples).slice(0, GROUPS);
  const { split, learnt, reasons } = given
    ? await measureGiven(given, groups)
    : await learnBest(groups, options);
  const samples = { learnt: split.learn.length, heldOut: split.heldOut.length };
  if (!learnt) return { promoted: false, reasons, samples, known };
  const { spec, verdict, origin, by } = learnt;
  const entry = await addVersion(registry, {
    spec,
    validation: {
      accepted: verdict.decision === 'accept',
      reasons: [...verdict.reasons],
      score: verdict.score,
      measures: listMeasures(verdict.heldOut ?? verdict.learnt),
    },
    provenance: {
      origin,
      ...(by && { evidence: by }),
      learntAt: new Date().toISOString(),
      tool: VERSION,
      ...(before.active !== undefined && { parent: before.active }),
      learntFrom: await describeFiles(split.learn, gathered.samples),
      heldOut: await describeFiles(split.heldOut, gathered.samples),
    },
  });
  // Measures alone may accept a wrong reading: somebody has to look at it first.
  const promoted = verdict.decision === 'accept' && options.promote !== false && by !== 'measures';
  if (promoted) await promoteVersion(registry, entry);
  return { entry, promoted, verdict, reasons, samples, known };
}

interface Attempt {
  readonly split: Split;
  readonly learnt?: {
    readonly spec: ExtractorSpec;
    readonly verdict: SpecVerdict;
    readonly origin: ExtractorEntry['provenance']['origin'];
    readonly by?: Evidence;
  };
  readonly reasons: readonly string[];
}

/** Groups of artifacts that are tried, the largest first: the others are what lies beside the runs. */
const GROUPS = 4;

/** The best reading of any group: an accepted one first, then the one with the most steps. */
async function learnBest(
  groups: readonly (readonly SampleArtifact[])[],
  { name, title, proposer }: LearnOptions,
): Promise<Attempt> {
  let best: Attempt | undefined;
  for (const samples of groups) {
    const options = { name, ...(title !== undefined && { title }), ...(proposer && { proposer }) };
    const { learnt, notes, split } = await proposeSpec(samples, options);
    const attempt: Attempt = learnt
      ? {
          split,
          learnt: { ...learnt, origin: learnt.origin === 'inference' ? 'inferred' : 'model' },
          reasons: learnt.reasons,
        }
      : { split, reasons: notes };
    if (!best || rank(attempt) > rank(best)) best = attempt;
  }
  return best ?? { split: { learn: [], heldOut: [] }, reasons: [] };
}

function rank({ learnt }: Attempt): number {
  if (!learnt) return 0;
  const { decision, score, learnt: measures } = learnt.verdict;
  return (decision === 'accept' ? 2 : 1) + score * (1 - 1 / (1 + measures.steps));
}

/** A given spec is measured on the group of artifacts that it reads most steps of. */
async function measureGiven(
  spec: ExtractorSpec,
  groups: readonly (readonly SampleArtifact[])[],
): Promise<Attempt> {
  let best: { samples: readonly SampleArtifact[]; verdict: SpecVerdict } | undefined;
  for (const samples of groups) {
    const verdict = await validateSpec(spec, samples, []);
    if (!best || verdict.learnt.steps > best.verdict.learnt.steps) best = { samples, verdict };
  }
  const split = { learn: best?.samples ?? [], heldOut: [] };
  if (!best) return { split, reasons: [] };
  return { split, learnt: { spec, verdict: best.verdict, origin: 'file' }, reasons: ['the spec was given'] };
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

/** Parts of one artifact name it once. */
async function describeFiles(
  samples: readonly SampleArtifact[],
  gathered: readonly LocatedSample[],
): Promise<LearntFile[]> {
  const files: LearntFile[] = [];
  for (const { entry, reader } of samples) {
    const located = gathered.find((sample) => sample.reader === reader && sample.entry === entry);
    if (!located) continue;
    const digest = (await digestArtifact(located.reader, entry.path)) ?? '';
    files.push({ name: entry.name, bytes: entry.size, digest });
  }
  return files;
}
