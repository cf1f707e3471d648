import type { Conformance, Drift, LostField, Share } from '../evolve/conformance/conformance.ts';
import type { SourceRef } from '../model/source-ref.ts';
import type { ConformanceSummary, ConformDocument } from '../query/conformance-schemas.ts';
import type { ConformItem } from './conform.ts';

type ArtifactReport = ConformDocument['artifacts'][number];
type FormatReport = ConformDocument['formats'][number];

/** The compact form that stands in the document of an analysed run. */
export function summarizeConformance(conformance: Conformance): ConformanceSummary {
  const { runs, records, text, facts, calls, thoughts, unread, drift } = conformance;
  return {
    runs,
    records: part(records.explained, records.seen),
    text: part(text.bytes - text.unexplained, text.bytes),
    facts: part(facts.bytes - facts.unexplained, facts.bytes),
    paired: part(calls.paired, calls.total),
    thoughts: part(thoughts.kept, thoughts.bytes),
    unread: unread.length,
    drift: drift.map(reportDrift),
  };
}

/** One artifact as `conform --json` prints it. */
export function reportArtifact(item: Extract<ConformItem, { kind: 'artifact' }>): ArtifactReport {
  const { path, format, ids, conformance } = item;
  return {
    path,
    format,
    ids: [...ids],
    conformance: {
      ...conformance,
      artifacts: [...conformance.artifacts],
      unread: [...conformance.unread],
      kinds: conformance.kinds.map((kind) => ({
        ...kind,
        lost: kind.lost.map(reportLost),
        lostFacts: kind.lostFacts.map(reportLost),
      })),
      answers: [...conformance.answers],
      drift: conformance.drift.map(reportDrift),
    },
  };
}

/** Adds artifacts up by format. */
export class FormatTotals {
  private readonly byFormat = new Map<string, FormatReport>();

  add({ format, conformance }: Extract<ConformItem, { kind: 'artifact' }>): void {
    const { runs, records, text, facts, calls, drift } = conformance;
    const before = this.byFormat.get(format);
    this.byFormat.set(format, {
      format,
      artifacts: (before?.artifacts ?? 0) + 1,
      runs: (before?.runs ?? 0) + runs,
      records: {
        seen: (before?.records.seen ?? 0) + records.seen,
        explained: (before?.records.explained ?? 0) + records.explained,
      },
      text: addShares(before?.text, text),
      facts: addShares(before?.facts, facts),
      calls: {
        total: (before?.calls.total ?? 0) + calls.total,
        paired: (before?.calls.paired ?? 0) + calls.paired,
        observed: (before?.calls.observed ?? 0) + calls.observed,
      },
      drifting: (before?.drifting ?? 0) + (drift.length > 0 ? 1 : 0),
    });
  }

  list(): FormatReport[] {
    return [...this.byFormat.values()];
  }
}

function addShares(a: Share | undefined, b: Share): Share {
  return {
    bytes: (a?.bytes ?? 0) + b.bytes,
    kept: (a?.kept ?? 0) + b.kept,
    known: (a?.known ?? 0) + b.known,
    unexplained: (a?.unexplained ?? 0) + b.unexplained,
  };
}

/** A share, rounded to a ten-thousandth, but never up to 1 while something is missing. */
function part(some: number, all: number): number | null {
  if (all === 0) return null;
  return some === all ? 1 : Math.min(0.9999, Math.round((some / all) * 10_000) / 10_000);
}

function reportDrift({ place, ...drift }: Drift): ConformanceSummary['drift'][number] {
  return { ...drift, ...(place && { place: copyRef(place) }) };
}

function reportLost({
  place,
  ...lost
}: LostField): ArtifactReport['conformance']['kinds'][number]['lost'][number] {
  return { ...lost, place: copyRef(place) };
}

function copyRef({
  castEvents,
  bytes,
  ...rest
}: SourceRef): NonNullable<ConformanceSummary['drift'][number]['place']> {
  return {
    ...rest,
    ...(castEvents && { castEvents: [castEvents[0], castEvents[1]] as [number, number] }),
    ...(bytes && { bytes: [bytes[0], bytes[1]] as [number, number] }),
  };
}
