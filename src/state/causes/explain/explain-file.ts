import { baseName } from '../../../base/path.ts';
import { firstLine } from '../../../base/text.ts';
import type { FileVersion, SeenPart, StepRecord } from '../../../model/state.ts';
import { threadOf } from '../../directory.ts';
import { blameLines, type LineOrigin } from '../blame-lines.ts';
import type { Explanation, Subject } from '../cause.ts';
import type { CauseIndex } from '../cause-index.ts';
import { citeAction, citeChange, citeOutput } from '../cite.ts';
import { findSource } from '../find-source.ts';
import { scriptsOf } from '../uses.ts';
import { weaker } from '../weaker.ts';
import { triggerOf } from './trigger.ts';

type VersionSubject = Extract<Subject, { kind: 'version' }>;

/** A step's making of a version: what it saw, ran and reacted to, and what it built on. */
export function explainVersion(index: CauseIndex, subject: VersionSubject): Explanation | undefined {
  const version = index.history.versions(subject.path)[subject.version - 1];
  if (!version) return undefined;
  const key = `version ${version.version} ${version.path}`;
  const record = index.record(version.madeBy);
  if (!record) return { key, ...explainUnmade(index, version, subject) };
  const previous = index.history.versions(version.path)[version.version - 2];
  const source = findSource(index, version);
  const buildsOn = previous?.exists && version.how !== 'write' && !source ? [versionSubject(previous)] : [];
  return {
    key,
    cause: {
      kind: 'change',
      step: record.step.id,
      position: record.position,
      what: subject.what ?? describeChange(version, subject.line),
      provenance: weaker(version.provenance, subject.provenance),
      evidence: citeChange(record, version, subject.line?.text),
    },
    because: [
      ...(source ? [versionSubject(source)] : []),
      ...reasonsFor(index, version, record, subject.line?.number),
      ...(subject.line ? [] : buildsOn),
    ],
  };
}

/** Why a step changed a file the way it did: the script it ran, what it had read, the failure that it saw before. */
function reasonsFor(
  index: CauseIndex,
  version: FileVersion,
  record: StepRecord,
  line: number | undefined,
): Subject[] {
  const scripts = scriptsOf(index, record).flatMap((path) => {
    const script = index.versionBefore(path, record.position);
    return script?.madeBy === undefined || path === version.path ? [] : [versionSubject(script)];
  });
  const part = lastRead(index, version.path, record, line);
  const read: Subject[] = part ? [{ kind: 'read', path: version.path, part }] : [];
  return [...scripts, ...read, ...triggerOf(index, record, version.path)];
}

function explainUnmade(
  index: CauseIndex,
  version: FileVersion,
  { line, what }: VersionSubject,
): Omit<Explanation, 'key'> {
  const seenBy = index.history.records[version.at];
  const text = line?.text.trim() ?? '';
  const name = line ? `the line ${quoted(line.text)} of ${version.path}` : version.path;
  const quote =
    seenBy && (citeOutput(seenBy, text) ?? citeAction(seenBy, version.path, baseName(version.path)));
  const evidence = quote ? [quote] : [];
  if (version.version === 1) {
    const stood = what ?? `${name} was there before the run`;
    return {
      cause: { kind: 'origin', step: undefined, position: -1, what: stood, provenance: 'derived', evidence },
      because: [],
    };
  }
  const previous = index.history.versions(version.path)[version.version - 2];
  return {
    cause: {
      kind: 'unseen-change',
      step: undefined,
      position: version.at,
      what:
        what ??
        `${name} was found changed${seenBy ? ` at step ${seenBy.step.id}` : ''}; no step is known to have done it`,
      provenance: 'assumed',
      evidence,
    },
    because: previous?.madeBy === undefined ? [] : [versionSubject(previous)],
  };
}

/** A line by where it comes from: each copy, move or restore on its way is a cause of its own. */
export function explainLine(
  index: CauseIndex,
  { path, version: number, line }: Extract<Subject, { kind: 'line' }>,
): Explanation | undefined {
  const version = index.history.versions(path)[number - 1];
  if (!version) return undefined;
  const [origin] = blameLines(index, version, [line]);
  if (!origin) {
    const what = `${describeChange(version)}; what its line ${line} said then is not known`;
    return explainVersion(index, { ...versionSubject(version), what, provenance: 'assumed' });
  }
  return explainOrigin(index, origin);
}

/** The cause that a line's origin comes to. */
export function explainOrigin(index: CauseIndex, origin: LineOrigin): Explanation | undefined {
  const { text, version, lineThen, hops, doubt } = origin;
  const [hop] = hops;
  if (!hop) {
    const line = { text, number: lineThen };
    return explainVersion(index, {
      ...versionSubject(version),
      line,
      ...(doubt && { provenance: 'assumed' as const, what: describeDoubt(version, line, doubt) }),
    });
  }
  const made = explainVersion(index, {
    ...versionSubject(hop.version),
    line: { text, number: hop.fromLine },
    what: describeHop(hop, text),
  });
  const from: Subject = { kind: 'line', path: hop.from.path, version: hop.from.version, line: hop.fromLine };
  const others = made?.because.filter((subject) => subject.kind !== 'version') ?? [];
  return made && { ...made, because: [from, ...others] };
}

/** What a part of a file that the agent had been shown tells, and who made the version that it was shown. */
export function explainRead(
  index: CauseIndex,
  { path, part, text }: Extract<Subject, { kind: 'read' }>,
): Explanation | undefined {
  const record = index.history.records[part.at];
  if (!record) return undefined;
  const lines = part.range
    ? ` from line ${part.range.from}${part.range.to === undefined ? '' : ` to ${part.range.to}`}`
    : '';
  const shown = index.history.versions(path)[part.version - 1];
  const quotes = [citeOutput(record, text?.trim()), citeAction(record, path, baseName(path))];
  return {
    key: `read ${record.position} ${path}`,
    cause: {
      kind: 'read',
      step: record.step.id,
      position: record.position,
      what: `was shown ${path}${lines}${part.cut ? ', not all of it' : ''}`,
      provenance: 'recorded',
      evidence: quotes.filter((quote) => quote !== undefined),
    },
    because: shown?.madeBy === undefined ? [] : [versionSubject(shown)],
  };
}

export function versionSubject({ path, version }: FileVersion): VersionSubject {
  return { kind: 'version', path, version };
}

/** So many parts are looked through for one that shows the line. */
const PARTS = 64;

/** What the same agent had last been shown of a file before a step; of the line (from 1) where it can be told. */
function lastRead(
  index: CauseIndex,
  path: string,
  { step, position }: StepRecord,
  line: number | undefined,
): SeenPart | undefined {
  const thread = threadOf(step.id);
  let newest: SeenPart | undefined;
  const parts = index.history.at(position - 1).seen(path);
  for (let i = parts.length - 1; i >= Math.max(0, parts.length - PARTS); i--) {
    const part = parts[i];
    if (!part || threadOf(part.step) !== thread) continue;
    newest ??= part;
    const { range } = part;
    if (line === undefined || !range) return part;
    if (line >= range.from && line <= (range.to ?? line)) return part;
  }
  return newest;
}

const VERBS: Readonly<Record<FileVersion['how'], string>> = {
  write: 'wrote',
  edit: 'edited',
  append: 'added to',
  delete: 'deleted',
  move: 'moved',
  copy: 'copied',
  read: 'saw',
  restore: 'brought back',
  unknown: 'changed',
};

export function describeChange(version: FileVersion, line?: { text: string; number: number }): string {
  const { path, how, exists } = version;
  if (line) return `put in line ${line.number} of ${path}: ${quoted(line.text)}`;
  if (how === 'move' && !exists) return `moved ${path} away`;
  if (how === 'move' || how === 'copy') return `${VERBS[how]} it to ${path}`;
  const unknown = exists && version.content === undefined ? ', its content then is not known' : '';
  return `${exists ? VERBS[how] : 'deleted'} ${path} (version ${version.version})${unknown}`;
}

function describeDoubt(
  version: FileVersion,
  line: { text: string; number: number },
  doubt: NonNullable<LineOrigin['doubt']>,
): string {
  const why =
    doubt === 'hidden'
      ? 'what stood before is not known, so the line may be older'
      : 'the history was not looked through further, so the line may be older';
  const made = version.madeBy === undefined ? 'holds' : 'made the first known version with';
  return `${made} line ${line.number} of ${version.path}: ${quoted(line.text)}; ${why}`;
}

function describeHop({ how, version, from }: LineOrigin['hops'][number], text: string): string {
  if (how === 'moved') return `moved the line ${quoted(text)} inside ${version.path}`;
  if (how === 'restore')
    return `brought ${version.path} back to its version ${from.version}, with ${quoted(text)}`;
  return `${how === 'move' ? 'moved' : 'copied'} ${from.path} to ${version.path}, with ${quoted(text)}`;
}

export function quoted(text: string): string {
  return JSON.stringify(firstLine(text, 80));
}
