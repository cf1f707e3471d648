import { shortenMiddle } from '../../base/text.ts';
import type { Format } from '../../formats/format.ts';
import type { ArtifactReader } from '../../formats/port.ts';
import type { Conformance, KindShare, LostField, Share } from './conformance.ts';
import { arrangementOf, enumerateRecords, type RawRecord } from './enumerate-records.ts';
import type { FieldNode, Tally } from './field-tree.ts';
import { LeftOutRules } from './left-out-rules.ts';
import { KindNamer, LEARNT_FROM } from './name-kind.ts';
import { type Lacking, RecordJudge } from './record-judge.ts';
import type { TextIndex } from './text-index.ts';

/** Up to here every record is judged, of what follows one of `EVERY`, and past `LAST_BYTES` of artifacts none. */
const FULL_BYTES = 64 * 1024 * 1024;
const EVERY = 16;
const LAST_BYTES = 4 * FULL_BYTES;

const MAX_LOST_FACTS = 20;

export interface MeasureInput {
  readonly reader: ArtifactReader;
  /** Paths of the files that the format read. */
  readonly artifacts: readonly string[];
  readonly format: Pick<Format, 'leavesOut' | 'needs'>;
  /** What the runs of these artifacts hold. */
  readonly index: TextIndex;
  /** Whether the runs do not hold all that was read. */
  readonly isPartial: boolean;
}

export type Measured = Pick<Conformance, 'artifacts' | 'records' | 'text' | 'facts' | 'kinds' | 'sampled'> & {
  readonly lacking: readonly Lacking[];
  readonly reasoning: { readonly bytes: number; readonly kept: number };
};

/**
 * Reads artifacts once more, by their looks alone, and asks for each value whether the runs hold it. Memory is bounded by
 * the index and the longest record.
 */
export async function measureArtifacts(input: MeasureInput): Promise<Measured> {
  const { reader, artifacts, format, index } = input;
  const judge = new RecordJudge(index, new LeftOutRules(format.leavesOut), format.needs ?? []);
  let passed = 0;
  const every = (): number => (judge.bytes < FULL_BYTES ? 1 : EVERY);
  const isEnough = (): boolean => Math.max(passed, judge.bytes) >= LAST_BYTES;
  const seen: Conformance['artifacts'][number][] = [];
  // Files of one folder hold records of the same kinds: what names a kind is learnt over all of them.
  const namer = new KindNamer();
  for (const path of artifacts) {
    let records = 0;
    const waiting: RawRecord[] = [];
    let isLearning = true;
    const judgeAll = (batch: readonly RawRecord[]): void => {
      for (const raw of batch) {
        passed += raw.size;
        records++;
        // Lines were sampled where they were read; elements of a document (of size 0) are here.
        if (raw.size > 0 || records % every() === 0) judge.judge({ ...raw, kind: nameRecord(raw, namer) });
      }
    };
    const learn = (): void => {
      namer.learn(waiting.map(({ value }) => value));
      judgeAll(waiting);
      isLearning = false;
    };
    for await (const batch of enumerateRecords(reader, path, every)) {
      if (isEnough()) break;
      if (!isLearning) judgeAll(batch);
      else {
        waiting.push(...batch);
        if (waiting.length >= LEARNT_FROM) learn();
      }
    }
    if (isLearning) learn();
    seen.push({ path, how: arrangementOf(path, (await reader.head(path)) ?? ''), records });
  }
  const nodes = judge.fields.nodes();
  const partialRun = input.isPartial || index.isFull;
  const isSampled = judge.bytes >= FULL_BYTES || partialRun;
  return {
    artifacts: seen,
    records: judge.records,
    text: sum(nodes.map(({ text }) => text)),
    facts: sum(nodes.map(({ facts }) => facts)),
    kinds: kindShares(nodes, judge.counts),
    lacking: judge.lacking,
    reasoning: sum(nodes.filter((node) => node.isReasoning).map(({ text }) => text)),
    ...(isSampled && { sampled: { fullBytes: FULL_BYTES, every: EVERY, partialRun } }),
  };
}

function nameRecord({ value, fallback }: RawRecord, namer: KindNamer): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fallback;
  return namer.name(value as { readonly [key: string]: unknown }) ?? fallback;
}

function kindShares(nodes: readonly FieldNode[], counts: ReadonlyMap<string, number>): KindShare[] {
  const byKind = new Map<string, FieldNode[]>();
  for (const node of nodes) {
    const list = byKind.get(node.kind);
    if (list) list.push(node);
    else byKind.set(node.kind, [node]);
  }
  const shares = [...byKind].map(
    ([kind, fields]): KindShare => ({
      kind,
      records: counts.get(kind) ?? 0,
      text: sum(fields.map(({ text }) => text)),
      facts: sum(fields.map(({ facts }) => facts)),
      lost: lostFields(fields, ({ text }) => text),
      lostFacts: lostFields(fields, ({ facts }) => facts).slice(0, MAX_LOST_FACTS),
    }),
  );
  return shares.toSorted((a, b) => b.text.bytes + b.facts.bytes - a.text.bytes - a.facts.bytes);
}

function lostFields(nodes: readonly FieldNode[], tallyOf: (node: FieldNode) => Tally): LostField[] {
  const lost = nodes.flatMap((node): LostField[] => {
    const { bytes, unexplained, lost } = tallyOf(node);
    if (unexplained === 0 || !lost) return [];
    const example = shortenMiddle(lost.text.trim(), 160);
    return [{ field: node.path.join('.'), bytes, unexplained, place: lost.place, example }];
  });
  return lost.toSorted((a, b) => b.unexplained - a.unexplained);
}

function sum(tallies: readonly Tally[]): Share {
  const total = { bytes: 0, kept: 0, known: 0, unexplained: 0 };
  for (const tally of tallies) {
    total.bytes += tally.bytes;
    total.kept += tally.kept;
    total.known += tally.known;
    total.unexplained += tally.unexplained;
  }
  return total;
}
