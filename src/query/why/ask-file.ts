import { firstLine } from '../../base/text.ts';
import type { FileNow } from '../../model/state.ts';
import { blameLines, type LineOrigin } from '../../state/causes/blame-lines.ts';
import type { Subject } from '../../state/causes/cause.ts';
import { causeIndexOf } from '../../state/causes/cause-index.ts';
import { afterVersion } from '../../state/causes/later.ts';
import type { Analysis } from '../analysis.ts';
import { findPath } from '../find-path.ts';
import { type Target, unknownTarget } from './target.ts';
import type { Asked } from './why-answer.ts';

/** Ranges of lines longer than this are cut: nobody reads the origin of each line of a whole file. */
const LONGEST_RANGE = 2000;

/** `path`, `path:12`, `path:10-20`, each perhaps at a step. */
export function askFile(analysis: Analysis, target: Target): Asked {
  const lined = /^(.+?):(\d+)(?:-(\d+))?$/s.exec(target.name);
  const path = findPath(analysis, lined?.[1] ?? target.name, target.position);
  const now = analysis.history.at(target.position).file(path);
  if (!now) {
    const first = causeIndexOf(analysis.history).paths.has(path)
      ? analysis.history.versions(path)[0]
      : undefined;
    const since = first && analysis.history.records[first.at]?.step.id;
    const hint = since === undefined ? undefined : `step ${since} is the first that touched ${path}`;
    throw unknownTarget(target.text, 'the run did not touch it up to that step', hint);
  }
  if (!lined) return askWhole(analysis, now);
  const from = Number(lined[2]);
  const to = lined[3] === undefined ? from : Number(lined[3]);
  if (from < 1 || to < from) throw unknownTarget(target.text, 'lines count from 1, and a range goes up');
  return askLines(analysis, target, now, from, to);
}

function askWhole(analysis: Analysis, now: FileNow): Asked {
  const did = now.exists ? 'was made by' : 'was deleted by';
  const known = now.exists && now.content === undefined ? '; its content is not known' : '';
  return {
    answer: `version ${now.version} of ${now.path} ${did} ${sayMaker(now)}${known}${sayDoubt(now)}`,
    roots: [versionOf(now)],
    later: afterVersion(causeIndexOf(analysis.history), now),
  };
}

function askLines(analysis: Analysis, target: Target, now: FileNow, from: number, to: number): Asked {
  const { path } = now;
  if (!now.exists)
    return {
      answer: `${path} was deleted by ${sayMaker(now)}: it has no line ${from}`,
      roots: [versionOf(now)],
    };
  if (now.content === undefined) {
    return {
      answer: `what line ${from} of ${path} says there is not known: ${sayMaker(now)} left it in a state that the run does not show`,
      roots: [{ ...versionOf(now), provenance: 'assumed' }],
    };
  }
  const count = now.content.split('\n').length - (now.content.endsWith('\n') ? 1 : 0);
  if (from > count)
    throw unknownTarget(target.text, `${path} has ${count} ${count === 1 ? 'line' : 'lines'} there`);
  const wanted = Array.from(
    { length: Math.min(to, count, from + LONGEST_RANGE - 1) - from + 1 },
    (_, i) => from + i,
  );
  const origins = blameLines(causeIndexOf(analysis.history), now, wanted);
  const [first] = origins;
  const answer =
    wanted.length === 1 && first ? sayLine(first) : `${path}: ${sayGroups(groupByMaker(origins))}`;
  const roots = groupByMaker(origins).map(
    ({ first: one }): Subject => ({ kind: 'line', path, version: now.version, line: one.line }),
  );
  return { answer: answer + sayDoubt(now), roots, later: afterVersion(causeIndexOf(analysis.history), now) };
}

interface Group {
  readonly first: LineOrigin;
  to: number;
}

/** Neighbouring lines of the same origin. */
function groupByMaker(origins: readonly LineOrigin[]): Group[] {
  const groups: Group[] = [];
  for (const origin of origins) {
    const last = groups.at(-1);
    if (last && last.to === origin.line - 1 && last.first.version === origin.version) last.to = origin.line;
    else groups.push({ first: origin, to: origin.line });
  }
  return groups;
}

const GROUPS = 12;

function sayGroups(groups: readonly Group[]): string {
  const said = groups
    .slice(0, GROUPS)
    .map(
      ({ first, to }) =>
        `${first.line === to ? `line ${to}` : `lines ${first.line}-${to}`} by ${sayMaker(first.version)}`,
    );
  const more = groups.length - GROUPS;
  return said.join(', ') + (more > 0 ? `, and ${more} more parts` : '');
}

function sayLine({ text, version, kept, doubt, hops }: LineOrigin): string {
  const line = JSON.stringify(firstLine(text, 80));
  const who =
    version.madeBy === undefined && version.version === 1
      ? `${line} was there before the run`
      : `${sayMaker(version)} brought in the line ${line}`;
  const way =
    hops.length === 0
      ? ''
      : `, and it was ${hops
          .toReversed()
          .map(({ how, version: { madeBy } }) => `${HOPS[how]} by step ${madeBy}`)
          .join(', then ')}`;
  const stays = kept === 0 ? '' : `; ${kept} later ${kept === 1 ? 'version' : 'versions'} left it as it was`;
  const older = doubt === undefined ? '' : '; it may be older, for what stood before is not known';
  return who + way + stays + older;
}

const HOPS = { moved: 'moved', move: 'moved', copy: 'copied', restore: 'brought back' } as const;

function versionOf({ path, version }: FileNow): Extract<Subject, { kind: 'version' }> {
  return { kind: 'version', path, version };
}

function sayMaker({ madeBy, version, at }: Pick<FileNow, 'madeBy' | 'version' | 'at'>): string {
  if (madeBy !== undefined) return `step ${madeBy}`;
  return version === 1
    ? 'what was there before the run'
    : `something that no step shows (found at position ${at + 1})`;
}

function sayDoubt({ doubtedBy }: FileNow): string {
  return doubtedBy === undefined ? '' : `; step ${doubtedBy} may have changed it unseen`;
}
