import { stepNumber } from '../../model/ids.ts';
import type { FileVersion, SeenPart } from '../../model/state.ts';
import { LineMap } from '../../state/causes/line-map.ts';
import type { Analysis } from '../analysis.ts';
import type { BlindChange, LineSpan, SeenVersion } from './files-schemas.ts';

export interface SeenReport {
  /** What was shown, by version. */
  readonly shown: readonly SeenVersion[];
  /** Lines of the newest version that the agent neither saw nor wrote; null where that is not known. */
  readonly never: readonly LineSpan[] | null;
  /** Changes of lines that the agent had not seen. */
  readonly blind: readonly BlindChange[];
}

/**
 * Which lines of a file the agent had been shown up to a position (the end unless told). A line counts as seen from the
 * step that showed it, in whatever version, as long as it stands; what the agent wrote itself counts as seen, too.
 */
export function seenLines(
  { history }: Pick<Analysis, 'history'>,
  path: string,
  position?: number,
): SeenReport {
  const at = position ?? history.records.length - 1;
  const parts = history.at(at).seen(path);
  const versions = history.versions(path).filter((version) => version.at <= at);
  return { shown: groupParts(parts, versions), ...followLines(versions, parts) };
}

function groupParts(parts: readonly SeenPart[], versions: readonly FileVersion[]): SeenVersion[] {
  const groups = new Map<number, SeenPart[]>();
  for (const part of parts) {
    const group = groups.get(part.version);
    if (group) group.push(part);
    else groups.set(part.version, [part]);
  }
  return [...groups].map(([version, group]): SeenVersion => {
    const whole = group.some((part) => part.range === undefined && !part.cut);
    const count = lineCount(versions[version - 1]?.content);
    const spans = group.flatMap(({ range }) => {
      if (!range) return [];
      const to = range.to ?? count;
      return to === undefined || to < range.from ? [] : [{ from: range.from, to: Math.min(to, count ?? to) }];
    });
    return {
      version,
      lines: whole ? [] : mergeSpans(spans),
      whole,
      unclear:
        !whole &&
        group.some(
          (part) => part.range === undefined || (part.range.to === undefined && count === undefined),
        ),
      steps: [...new Set(group.map((part) => stepNumber(part.step)))],
    };
  });
}

/** Carries what the agent knows of each line from version to version. */
function followLines(
  versions: readonly FileVersion[],
  parts: readonly SeenPart[],
): Pick<SeenReport, 'never' | 'blind'> {
  const blind: BlindChange[] = [];
  let familiar: Uint8Array | undefined;
  let before: FileVersion | undefined;
  let next = 0;
  for (const version of versions) {
    // What was shown of the version before, up to the step that made this one.
    next = mark(familiar, parts, next, version);
    const { content } = version;
    const own = version.madeBy !== undefined && version.how !== 'restore' && version.how !== 'unknown';
    if (!version.exists) familiar = new Uint8Array(0);
    else if (content === undefined) familiar = undefined;
    else if (!familiar || before?.content === undefined || !before.exists) {
      const count = lineCount(content) ?? 0;
      // Without the text before, only a whole text is the agent's own.
      familiar = new Uint8Array(count).fill(
        own && (version.how === 'write' || before?.exists === false) ? 1 : 0,
      );
    } else {
      const carried = carry(before.content, content, familiar, own);
      const lines = own
        ? spansWhere(familiar, (known, index) => known === 0 && carried.gone[index] === 1)
        : [];
      if (lines.length > 0 && version.madeBy !== undefined)
        blind.push({ step: stepNumber(version.madeBy), version: before.version, lines });
      familiar = carried.familiar;
    }
    before = version;
  }
  mark(familiar, parts, next, undefined);
  const never = familiar && before?.exists ? spansWhere(familiar, (known) => known === 0) : null;
  return { never, blind };
}

/** Marks the lines that parts show until `until` came to be; answers the first part that comes later. */
function mark(
  familiar: Uint8Array | undefined,
  parts: readonly SeenPart[],
  from: number,
  until: FileVersion | undefined,
): number {
  let index = from;
  for (; index < parts.length; index++) {
    const part = parts[index];
    if (!part || (until && (part.at > until.at || part.version >= until.version))) break;
    if (!familiar || (part.range === undefined && part.cut)) continue;
    const start = part.range ? part.range.from - 1 : 0;
    familiar.fill(1, start, part.range?.to ?? familiar.length);
  }
  return index;
}

function carry(
  before: string,
  after: string,
  known: Uint8Array,
  own: boolean,
): { familiar: Uint8Array; gone: Uint8Array } {
  const familiar = new Uint8Array(lineCount(after) ?? 0);
  const gone = new Uint8Array(known.length).fill(1);
  const map = new LineMap(before, after);
  for (let line = 0; line < familiar.length; line++) {
    const origin = map.back(line);
    if (origin) {
      familiar[line] = known[origin.index] ?? 0;
      if (origin.index < gone.length) gone[origin.index] = 0;
    } else if (own) familiar[line] = 1;
  }
  return { familiar, gone };
}

function spansWhere(known: Uint8Array, wanted: (value: number, index: number) => boolean): LineSpan[] {
  const spans: { from: number; to: number }[] = [];
  for (const [index, value] of known.entries()) {
    if (!wanted(value, index)) continue;
    const last = spans.at(-1);
    if (last?.to === index) last.to = index + 1;
    else spans.push({ from: index + 1, to: index + 1 });
  }
  return spans;
}

function mergeSpans(spans: readonly LineSpan[]): LineSpan[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to + 1) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

function lineCount(content: string | undefined): number | undefined {
  if (content === undefined) return undefined;
  let count = content === '' || content.endsWith('\n') ? 0 : 1;
  for (let at = content.indexOf('\n'); at >= 0; at = content.indexOf('\n', at + 1)) count++;
  return count;
}
