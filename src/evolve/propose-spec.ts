import { shortenMiddle } from '../base/text.ts';
import type { Evidence } from './infer/evidence.ts';
import { inferSpec, type Proposal } from './infer/infer-spec.ts';
import type { SampleArtifact } from './infer/sample.ts';
import type { Cancellation, SpecProposer, SpecSample } from './port.ts';
import { parseSpec } from './spec/parse-spec.ts';
import type { ExtractorSpec } from './spec/spec.ts';
import { type Split, splitArtifacts, splitRecords } from './validate/split-samples.ts';
import { type SpecVerdict, validateSpec } from './validate/validate-spec.ts';

export interface LearnOptions {
  /** Kebab-case name of the extractor. */
  readonly name: string;
  readonly title?: string;
  /** A model or a person that may propose or repair the spec. */
  readonly proposer?: SpecProposer;
  readonly signal?: Cancellation;
}

/** A spec that was learnt, with the evidence for it and against it. */
export interface LearntSpec {
  readonly spec: ExtractorSpec;
  readonly verdict: SpecVerdict;
  /** `inference`, or the name of the proposer. */
  readonly origin: string;
  readonly reasons: readonly string[];
  /** Of an inferred spec: what it rests on. */
  readonly by?: Evidence;
}

export interface Learning {
  /** The best spec, whether accepted or not; undefined when nothing that looks like calls was found. */
  readonly learnt: LearntSpec | undefined;
  readonly alternatives: readonly Proposal[];
  /** What was tried besides, and what of it was refused and why. */
  readonly notes: readonly string[];
  /** What was learnt from, and what was held out. */
  readonly split: Split;
}

const ROUNDS = 2;
const SAMPLES_SHOWN = 4;
const SAMPLE_CHARACTERS = 12_000;

/**
 * Learns an extractor from artifacts that are built alike: a part is held out, inference proposes from the rest, the
 * optional proposer may better it, and validation on the held-out part decides. Nothing of the artifacts is executed.
 */
export async function proposeSpec(
  samples: readonly SampleArtifact[],
  options: LearnOptions,
): Promise<Learning> {
  const naming = { name: options.name, ...(options.title !== undefined && { title: options.title }) };
  let { learn, heldOut } = splitArtifacts(samples);
  let inference = await inferSpec(learn, naming);
  const [only] = learn;
  if (heldOut.length === 0 && only && inference.best) {
    ({ learn, heldOut } = await splitRecords(only, inference.best.spec.source));
    if (heldOut.length > 0) inference = await inferSpec(learn, naming);
  }
  const notes = [...inference.notes];
  const { best, alternatives } = inference;
  let learnt: LearntSpec | undefined = best && {
    spec: best.spec,
    verdict: await validateSpec(best.spec, learn, heldOut),
    origin: 'inference',
    reasons: best.reasons,
    by: best.by,
  };
  const { proposer } = options;
  if (proposer) learnt = await askProposer(proposer, { learn, heldOut, best, learnt, options, notes });
  return { learnt, alternatives, notes, split: { learn, heldOut } };
}

interface Asking {
  readonly learn: readonly SampleArtifact[];
  readonly heldOut: readonly SampleArtifact[];
  readonly best: Proposal | undefined;
  readonly learnt: LearntSpec | undefined;
  readonly options: LearnOptions;
  readonly notes: string[];
}

/** The better of what stands and what the proposer answers; each answer must pass the schema and the bounds. */
async function askProposer(proposer: SpecProposer, asking: Asking): Promise<LearntSpec | undefined> {
  const { learn, heldOut, best, options, notes } = asking;
  let { learnt } = asking;
  let refused: string[] = [];
  const samples = await showSamples(learn);
  for (let round = 0; round < ROUNDS && !options.signal?.aborted; round++) {
    let answer: unknown;
    try {
      answer = await proposer.propose({
        name: options.name,
        samples,
        current: best && learnt && { proposal: best, verdict: learnt.verdict },
        refused,
        ...(options.signal && { signal: options.signal }),
      });
    } catch (error) {
      notes.push(
        `${proposer.name} gave no answer: ${error instanceof Error ? error.message : String(error)}`,
      );
      return learnt;
    }
    const parsed = parseSpec(answer);
    if (!parsed.ok) {
      refused = [...parsed.problems];
      notes.push(`an answer of ${proposer.name} is no spec: ${refused.slice(0, 3).join('; ')}`);
      continue;
    }
    // The name is the user's: an answer can't take the place of another extractor.
    const spec = { ...parsed.spec, name: options.name };
    const verdict = await validateSpec(spec, learn, heldOut);
    if (isBetter(verdict, learnt?.verdict)) {
      learnt = { spec, verdict, origin: proposer.name, reasons: [`proposed by ${proposer.name}`] };
    }
    if (verdict.decision === 'accept') return learnt;
    refused = [...verdict.reasons];
    notes.push(`an answer of ${proposer.name} misses bounds: ${refused.slice(0, 3).join('; ')}`);
  }
  return learnt;
}

function isBetter(a: SpecVerdict, b: SpecVerdict | undefined): boolean {
  if (!b) return true;
  if (a.decision !== b.decision) return a.decision === 'accept';
  return a.score > b.score;
}

async function showSamples(samples: readonly SampleArtifact[]): Promise<SpecSample[]> {
  const shown: SpecSample[] = [];
  for (const { reader, entry } of samples.slice(0, SAMPLES_SHOWN)) {
    const [first] = entry.kind === 'directory' ? await reader.list(entry.path) : [entry];
    const text = first && first.kind === 'file' ? await reader.head(first.path) : undefined;
    if (text !== undefined) shown.push({ path: entry.path, text: shortenMiddle(text, SAMPLE_CHARACTERS) });
  }
  return shown;
}
