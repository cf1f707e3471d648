import { CodetracerError } from '../base/error.ts';
import { baseName } from '../base/path.ts';
import { firstLine } from '../base/text.ts';
import { type StepId, stepNumber } from '../model/ids.ts';
import type { Provenance } from '../model/provenance.ts';
import type { SourceRef } from '../model/source-ref.ts';
import type { FileVersion, StepRecord } from '../model/state.ts';
import { blameLine } from '../state/blame-line.ts';
import type { Analysis } from './analysis.ts';
import { findStep } from './find-step.ts';

/** One link of an answer: a step that made it so, newest first; `step` is null for what was there before the run. */
export interface WhyLink {
  readonly step: number | string | null;
  readonly what: string;
  readonly provenance: Provenance;
  readonly quote?: string;
  readonly place?: SourceRef;
}

export interface WhyAnswer {
  readonly target: string;
  /** The answer in one sentence. */
  readonly answer: string;
  readonly links: readonly WhyLink[];
}

export const WHY_TARGETS = 'file[:line][@step], test:<id>, cwd[@step], error:<n>, package:<name>, outcome';

/**
 * Which steps made something so: walks back from a file or a line of it, a test result, the directory, an error, a
 * package, or the outcome.
 * @throws CodetracerError `unknown-target` when the target is none, or nothing is known of it.
 */
export function answerWhy(analysis: Analysis, target: string): WhyAnswer {
  const { subject, position } = splitStep(analysis, target);
  const [kind, rest] = splitKind(subject);
  switch (kind) {
    case 'test':
      return whyTest(analysis, target, rest, position);
    case 'error':
      return whyError(analysis, target, rest);
    case 'package':
      return whyPackage(analysis, target, rest, position);
    case 'cwd':
      return whyDirectory(analysis, target, position);
    case 'outcome':
      return whyOutcome(analysis, target);
    case 'file':
      return whyFile(analysis, target, rest, position);
    default: {
      const never: never = kind;
      return never;
    }
  }
}

type Kind = 'test' | 'error' | 'package' | 'cwd' | 'outcome' | 'file';

function splitKind(subject: string): [Kind, string] {
  if (subject === 'cwd' || subject === 'outcome') return [subject, ''];
  const match = /^(test|error|package|file):(.+)$/s.exec(subject);
  if (match?.[1] !== undefined && match[2] !== undefined) return [match[1] as Kind, match[2]];
  return ['file', subject];
}

function splitStep(analysis: Analysis, target: string): { subject: string; position: number } {
  const match = /^(.*)@([\w.]+)$/s.exec(target);
  // A test id may hold an `@` itself: it is a step only where it names one.
  if (match?.[1] !== undefined && match[2] !== undefined && /^(?:[\d.]+|onset|last)$/.test(match[2])) {
    return { subject: match[1], position: findStep(analysis, match[2]).position };
  }
  return { subject: target, position: analysis.history.records.length - 1 };
}

function unknown(target: string, reason: string): CodetracerError {
  return new CodetracerError('unknown-target', `${target}: ${reason}`, { hint: `targets: ${WHY_TARGETS}` });
}

function whyFile(analysis: Analysis, target: string, subject: string, position: number): WhyAnswer {
  const { history } = analysis;
  const lined = /^(.+):(\d+)$/s.exec(subject);
  const path = resolvePath(analysis, lined?.[1] ?? subject);
  if (path === undefined) throw unknown(target, 'the run is not known to have touched it');
  if (lined) {
    const origin = blameLine(history, path, position, Number(lined[2]));
    if (!origin) throw unknown(target, 'the content at that step is not known, or has no such line');
    const maker = origin.versions.at(-1);
    const quote = origin.text.trim();
    return {
      target,
      answer: `${describeMaker(maker)} brought in the line ${JSON.stringify(firstLine(origin.text, 80))}${origin.certain ? '' : ', or an earlier one whose content is not known'}`,
      links: origin.versions.map((version) => linkVersion(analysis, version, quote)),
    };
  }
  const versions = history.versions(path).filter((version) => version.at <= position);
  const current = versions.at(-1);
  if (!current) throw unknown(target, 'it was not touched up to that step');
  return {
    target,
    answer: `version ${current.version} of ${path} was ${current.exists ? 'made' : 'deleted'} by ${describeMaker(current)}`,
    links: versions.toReversed().map((version) => linkVersion(analysis, version)),
  };
}

/** A path as the run knows it: exact, or the only one that ends with it. */
function resolvePath({ history }: Analysis, path: string): string | undefined {
  if (history.versions(path).length > 0) return path;
  const fitting = history.paths.filter((known) => known.endsWith(`/${path}`));
  return fitting.length === 1 ? fitting[0] : fitting.find((known) => baseName(known) === path);
}

function describeMaker(version: FileVersion | undefined): string {
  return version?.madeBy === undefined ? 'what was there before the run' : `step ${version.madeBy}`;
}

function linkVersion(analysis: Analysis, version: FileVersion, wanted?: string): WhyLink {
  const record = recordOf(analysis, version.madeBy);
  return {
    step: version.madeBy === undefined ? null : stepNumber(version.madeBy),
    what: `version ${version.version} of ${version.path}: ${version.how}`,
    provenance: version.provenance,
    ...(record && quoteOf(record, wanted)),
  };
}

function recordOf({ history }: Analysis, id: StepId | undefined): StepRecord | undefined {
  const position = id === undefined ? undefined : history.position(id);
  return position === undefined ? undefined : history.records[position];
}

/** The wanted text where the step's action holds it, else the head of the action. */
function quoteOf({ step }: StepRecord, wanted?: string): Pick<WhyLink, 'quote' | 'place'> {
  const quote =
    wanted !== undefined && wanted !== '' && step.action.includes(wanted)
      ? wanted
      : /\S[^\r\n]*/.exec(step.action)?.[0];
  return quote === undefined
    ? { place: step.actionRef }
    : { quote: quote.slice(0, 200).trim(), place: step.actionRef };
}

function quoteOutput({ step }: StepRecord, wanted: string): Pick<WhyLink, 'quote' | 'place'> {
  const place = step.observationRef ?? step.actionRef;
  return step.observation?.includes(wanted) ? { quote: wanted, place } : { place };
}

function whyTest(analysis: Analysis, target: string, test: string, position: number): WhyAnswer {
  const state = analysis.history.at(position);
  const known =
    state.tests.get(test) ?? [...state.tests.values()].find((result) => result.test.endsWith(test));
  if (!known) throw unknown(target, 'no result of that test is known');
  const run = recordOf(analysis, known.step);
  if (!run) throw unknown(target, 'its step is not known');
  const changes = analysis.history.records
    .slice(0, run.position)
    .filter((record) => record.changed.length > 0);
  return {
    target,
    answer: `${known.test} ${known.status} at step ${known.step}`,
    links: [
      {
        step: stepNumber(known.step),
        what: `the result: ${known.status}`,
        provenance: 'recorded',
        ...quoteOutput(run, run.tests?.summary ?? known.test),
      },
      ...changes
        .slice(-5)
        .toReversed()
        .map(
          (record): WhyLink => ({
            step: stepNumber(record.step.id),
            what: `changed before it: ${record.changed.slice(0, 3).join(', ')}`,
            provenance: 'derived',
            ...quoteOf(record),
          }),
        ),
    ],
  };
}

function whyError(analysis: Analysis, target: string, number: string): WhyAnswer {
  const error = analysis.history.errors.find((candidate) => candidate.number === Number(number));
  if (!error) throw unknown(target, `there are ${analysis.history.errors.length} errors`);
  const shown = recordOf(analysis, error.step);
  if (!shown) throw unknown(target, 'its step is not known');
  const makers = error.files.flatMap((file): WhyLink[] => {
    const path = resolvePath(analysis, file.path);
    const version = path === undefined ? undefined : analysis.history.at(shown.position).file(path);
    return version?.madeBy === undefined ? [] : [linkVersion(analysis, version)];
  });
  return {
    target,
    answer: `step ${error.step} showed ${JSON.stringify(firstLine(error.line, 120))}${error.resolvedBy === undefined ? '; nothing is known to have resolved it' : `; resolved by step ${error.resolvedBy}`}`,
    links: [
      {
        step: stepNumber(error.step),
        what: 'the error',
        provenance: 'recorded',
        ...quoteOutput(shown, error.line),
      },
      {
        step: stepNumber(error.step),
        what: 'the action that showed it',
        provenance: 'recorded',
        ...quoteOf(shown),
      },
      ...makers,
    ],
  };
}

function whyPackage(analysis: Analysis, target: string, name: string, position: number): WhyAnswer {
  const known = analysis.history.at(position).packages.get(name);
  if (!known) throw unknown(target, 'no step is known to have installed or removed it');
  const record = recordOf(analysis, known.by);
  return {
    target,
    answer: `step ${known.by}: ${known.action} by ${known.manager}`,
    links: [
      {
        step: stepNumber(known.by),
        what: `${known.action} ${name}`,
        provenance: 'derived',
        ...(record && quoteOf(record)),
      },
    ],
  };
}

function whyDirectory(analysis: Analysis, target: string, position: number): WhyAnswer {
  const { cwd } = analysis.history.at(position);
  if (!cwd) throw unknown(target, 'the directory is not known at that step');
  const record = recordOf(analysis, cwd.by);
  return {
    target,
    answer: `the directory is ${cwd.path}${cwd.by === undefined ? ' since the start' : `, set by step ${cwd.by}`}`,
    links: [
      {
        step: cwd.by === undefined ? null : stepNumber(cwd.by),
        what: cwd.path,
        provenance: cwd.provenance,
        ...(record && quoteOf(record)),
      },
    ],
  };
}

function whyOutcome({ run, diagnosis }: Analysis, target: string): WhyAnswer {
  const { onset, chain, verdict } = diagnosis;
  const own = onset === undefined ? [] : [{ step: onset, how: diagnosis.why }];
  return {
    target,
    answer: `outcome ${run.outcome.kind}: ${verdict.why}`,
    links: [
      ...diagnosis.anchors.slice(0, 5).map((anchor): WhyLink => {
        const [evidence] = anchor.evidence;
        return {
          step: anchor.step === undefined ? null : stepNumber(anchor.step),
          what: `${anchor.kind}: ${firstLine(anchor.message, 160)}`,
          provenance: 'recorded',
          ...(evidence && { quote: evidence.quote, place: evidence.place }),
        };
      }),
      ...[...own, ...chain]
        .toReversed()
        .map(({ step, how }): WhyLink => ({ step: stepNumber(step), what: how, provenance: 'derived' })),
    ],
  };
}
