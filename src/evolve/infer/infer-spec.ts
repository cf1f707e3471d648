import { parseSpec } from '../spec/parse-spec.ts';
import type { ExtractorSpec } from '../spec/spec.ts';
import { measureSpec, type SpecMeasures, scoreMeasures } from '../validate/measure-spec.ts';
import { judgeMeasures } from '../validate/validate-spec.ts';
import { buildSpec } from './build-spec.ts';
import { chooseLeads, pairSites } from './choose-calls.ts';
import type { Evidence } from './evidence.ts';
import { findCallSites } from './find-calls.ts';
import { findGrowth } from './find-growth.ts';
import { findKinds } from './find-kinds.ts';
import { findSources, type SourceCandidate } from './find-sources.ts';
import { profileRecords } from './profile.ts';
import { readSamples, type SampleArtifact } from './sample.ts';

/** A spec that was proposed, with what it reached on the samples and why it looks as it does. */
export interface Proposal {
  readonly spec: ExtractorSpec;
  readonly score: number;
  readonly measures: SpecMeasures;
  readonly reasons: readonly string[];
  /** What it rests on; a reading by measures alone may meet every bound and still be wrong. */
  readonly by: Evidence;
}

export interface Inference {
  /** The best proposal; undefined when nothing that looks like calls was found. */
  readonly best: Proposal | undefined;
  /** Other readings of the same samples, the best first. */
  readonly alternatives: readonly Proposal[];
  /** Why there is no proposal, or what was looked at besides. */
  readonly notes: readonly string[];
}

export interface InferOptions {
  /** Kebab-case name of the extractor. */
  readonly name: string;
  readonly title?: string;
}

const MAX_ALTERNATIVES = 5;
/** Of two readings that explain as much the one that names agree with is taken. */
const MEASURED = 0.97;

/**
 * Proposes an extractor for artifacts of an unknown format from their structure alone: several readings are built from
 * measured evidence, each is run over the samples, and the one that explains most is taken. Bounded work; never throws
 * for content.
 */
export async function inferSpec(
  samples: readonly SampleArtifact[],
  options: InferOptions,
): Promise<Inference> {
  const sources = await Promise.all(
    (await findSources(samples)).map((candidate) => withGrowth(candidate, samples)),
  );
  if (sources.length === 0)
    return { best: undefined, alternatives: [], notes: ['no stream of records was found in the samples'] };
  const notes: string[] = [];
  const proposals: Proposal[] = [];
  for (const candidate of sources)
    proposals.push(...(await readSource(candidate, samples, options, notes, 'names')));
  // Where telling names lead to a reading that holds, it is the safer one.
  if (!proposals.some(({ measures }) => judgeMeasures(measures, undefined).decision === 'accept')) {
    for (const candidate of sources) {
      // Markers of a text log are words already.
      if (candidate.source.unit !== 'text')
        proposals.push(...(await readSource(candidate, samples, options, notes, 'measures')));
    }
  }
  proposals.sort((a, b) => b.score - a.score);
  const [best, ...others] = proposals;
  return { best, alternatives: others.slice(0, MAX_ALTERNATIVES), notes };
}

/** A source whose records repeat a growing history is read for what each record adds. */
async function withGrowth(
  candidate: SourceCandidate,
  samples: readonly SampleArtifact[],
): Promise<SourceCandidate> {
  const { source, reason } = candidate;
  if (source.unit === 'text') return candidate;
  const growing = await findGrowth(source, samples);
  if (growing === undefined) return candidate;
  return {
    ...candidate,
    source: { ...source, growing },
    reason: `${reason}, and ${growing} repeats the history with every record`,
  };
}

async function readSource(
  { source, reason, share }: SourceCandidate,
  samples: readonly SampleArtifact[],
  options: InferOptions,
  notes: string[],
  by: Evidence,
): Promise<Proposal[]> {
  const { records, documents } = await readSamples(source, samples);
  const profile = profileRecords(records);
  const kinds = findKinds(profile, by);
  const paired = pairSites(findCallSites(kinds), profile, kinds);
  if (paired.length === 0) {
    notes.push(`${reason}, but nothing in there looks like calls with results, going by ${by}`);
    return [];
  }
  const proposals: Proposal[] = [];
  const title = options.title ?? `learnt from ${samples.length} artifacts`;
  for (const lead of chooseLeads(paired)) {
    const built = buildSpec({ name: options.name, title, source, profile, kinds, documents }, lead, paired);
    const parsed = parseSpec(built.spec);
    if (!parsed.ok) {
      notes.push(`a reading was dropped: ${parsed.problems.slice(0, 3).join('; ')}`);
      continue;
    }
    const measures = await measureSpec(parsed.spec, samples);
    const score = scoreMeasures(measures) * (0.5 + 0.5 * share) * (by === 'names' ? 1 : MEASURED);
    proposals.push({ spec: parsed.spec, score, measures, reasons: [reason, ...built.reasons], by });
  }
  return proposals;
}
