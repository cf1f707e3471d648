import { firstLine } from '../../base/text.ts';
import type { Anchor } from '../../model/diagnosis.ts';
import type { StepId } from '../../model/ids.ts';
import type { Stated, Subject } from '../../state/causes/cause.ts';
import { type CauseIndex, causeIndexOf } from '../../state/causes/cause-index.ts';
import { citeAction } from '../../state/causes/cite.ts';
import { reasonsOfStep } from '../../state/causes/explain/explain-step.ts';
import type { Analysis } from '../analysis.ts';
import type { Asked } from './why-answer.ts';

/** So many observed failures are followed back, and so many files that each of them names. */
const ANCHORS = 3;
const FILES = 2;
/** So many files that the run leaves changed are named where nothing failed. */
const LEFT = 4;

/** From the failures that were observed, through the files and results that they name, to the step that is blamed. */
export function askOutcome({ run, history, diagnosis }: Analysis): Asked {
  const index = causeIndexOf(history);
  const { onset, chain, verdict, why, anchors } = diagnosis;
  const blamed =
    onset === undefined ? undefined : named(index, 'onset', onset, `is where it went wrong: ${why}`, []);
  // The failure went on from the onset through each link of the chain to the next.
  const trail: Subject[] = blamed ? [blamed] : [];
  for (const { step, how } of chain) trail.push(named(index, 'chain', step, how, trail.slice(-1)));
  // Errors on the way to a solved task are no reason of its outcome.
  const isGood = !blamed && run.outcome.kind === 'solved';
  const known = run.outcome.kind === 'unknown' ? 'outcome unknown' : `outcome ${run.outcome.kind}`;
  return {
    answer: `${known}: ${verdict.why}${onset === undefined ? '' : `; the diagnosis blames step ${onset}`}`,
    roots: isGood
      ? madeOf(index, run)
      : [
          ...anchors
            .slice(0, ANCHORS)
            .map((anchor, number) => anchored(index, anchor, number, trail.slice(-1))),
          ...trail.toReversed(),
          ...(anchors.length === 0 ? madeOf(index, run) : []),
        ],
  };
}

function anchored(index: CauseIndex, anchor: Anchor, number: number, trail: readonly Subject[]): Subject {
  const { history } = index;
  const record = index.record(anchor.step);
  const own = behind(index, anchor);
  const [itself] = own;
  // An error or a test's result of the run speaks for itself.
  if (itself?.kind === 'error' || itself?.kind === 'test') return itself;
  const cause: Stated = {
    kind: 'anchor',
    step: anchor.step,
    position: record?.position ?? history.records.length,
    what: `${anchor.kind}: ${firstLine(anchor.message, 160)}`,
    provenance: 'recorded',
    evidence: anchor.evidence.slice(0, 2),
  };
  // What names nothing that the run made is laid to the end of the trail, on the diagnosis's word.
  const because = own.length > 0 ? own : trail;
  return { kind: 'given', key: `anchor ${number}`, cause, because };
}

/** What an observed failure rests on: the error or the test's result that it is, else the files that it names. */
function behind(index: CauseIndex, anchor: Anchor): Subject[] {
  const { history } = index;
  const record = index.record(anchor.step);
  if (anchor.kind === 'unresolved-error') {
    const error = record?.errors.find(({ line }) => line === anchor.message);
    if (error) return [{ kind: 'error', number: error.number }];
  }
  if (anchor.kind === 'failing-test' && record) {
    const result = record.tests?.results.find(({ test }) => anchor.message.startsWith(test));
    if (result) return [{ kind: 'test', test: result.test, position: record.position }];
  }
  const end = history.records.length - 1;
  const named = new Set(anchor.mentions.flatMap((mention) => index.paths.endingWith(mention)));
  const files: Subject[] = [];
  for (const path of named) {
    const version = index.versionAt(path, end);
    if (version?.madeBy !== undefined && files.length < FILES)
      files.push({ kind: 'version', path, version: version.version, provenance: 'derived' });
  }
  return files;
}

/** Where nothing failed: the last step, and the files that the run leaves changed, the newest first. */
function madeOf(index: CauseIndex, run: Analysis['run']): Subject[] {
  const last = run.steps.at(-1);
  const files = index.history
    .at(index.history.records.length - 1)
    .changedFiles()
    .filter(({ exists, madeBy }) => exists && madeBy !== undefined)
    .toSorted((a, b) => b.at - a.at);
  return [
    ...(last ? [{ kind: 'step', step: last.id } as const] : []),
    ...files
      .slice(0, LEFT)
      .map(({ path, version }): Subject => ({ kind: 'version', path, version, provenance: 'derived' })),
  ];
}

/** A step that the diagnosis names. That it is to blame is its judgement, whatever its quotes show. */
function named(
  index: CauseIndex,
  kind: 'onset' | 'chain',
  step: StepId,
  what: string,
  from: readonly Subject[],
): Subject {
  const record = index.record(step);
  const quote = record && citeAction(record);
  return {
    kind: 'given',
    key: `${kind} ${step}`,
    cause: {
      kind,
      step,
      position: record?.position ?? -1,
      what,
      provenance: 'assumed',
      evidence: quote ? [quote] : [],
    },
    because: kind === 'onset' && record ? reasonsOfStep(index, record) : from,
  };
}
