import { createTwoFilesPatch } from 'diff';
import { CodetracerError } from '../../base/error.ts';
import type { FileVersion } from '../../model/state.ts';
import type { Analysis } from '../analysis.ts';
import { findStep } from '../find-step.ts';

export interface VersionDiff {
  readonly from: number;
  readonly to: number;
  /** A unified diff; empty when the two are equal. */
  readonly text: string;
}

/** Characters of both versions beyond which their difference is not worked out. */
const LARGEST = 4_000_000;
/** Lines taken away and put in beyond which two versions have too little in common. */
const MOST_EDITS = 10_000;

/**
 * The difference between two versions of a file. `range` is `<a>..<b>`: each a version's number, or a step as `@12`;
 * without a side the version before and the newest are meant (`..` is the last change, `3..` since version 3).
 * @throws CodetracerError `usage` for a malformed range, `unknown-target` for a version that is not there or not known.
 */
export function diffVersions(analysis: Analysis, path: string, range: string): VersionDiff {
  const bounds = /^(@?[\w.]*?)\.\.(@?[\w.]*)$/.exec(range.trim());
  if (!bounds) {
    throw new CodetracerError('usage', `${JSON.stringify(range)} is no range of versions`, {
      hint: 'write it as <a>..<b>: numbers of versions, or steps such as @12',
    });
  }
  const versions = analysis.history.versions(path);
  const to = find(analysis, path, versions, bounds[2] ?? '', versions.length);
  const from = find(analysis, path, versions, bounds[1] ?? '', Math.max(1, to.version - 1));
  const [before, after] = [textOf(from), textOf(to)];
  if (before.length + after.length > LARGEST) throw tooLarge(path);
  const equal = before === after && from.exists === to.exists;
  return { from: from.version, to: to.version, text: equal ? '' : compare(from, to, before, after) };
}

function tooLarge(path: string): CodetracerError {
  return new CodetracerError('unknown-target', `${path}: the versions are too large to be compared`, {
    hint: 'print both with --at and compare them with another program',
  });
}

function compare(from: FileVersion, to: FileVersion, before: string, after: string): string {
  const patch = createTwoFilesPatch(
    nameOf(from),
    nameOf(to),
    before,
    after,
    `version ${from.version}`,
    `version ${to.version}`,
    { maxEditLength: MOST_EDITS },
  );
  if (patch === undefined) throw tooLarge(from.path);
  // The lines above the names are those of another program's patches.
  return patch.slice(patch.indexOf('--- '));
}

function find(
  analysis: Analysis,
  path: string,
  versions: readonly FileVersion[],
  word: string,
  missing: number,
): FileVersion {
  if (word.startsWith('@')) {
    const record = findStep(analysis, word.slice(1));
    const held = analysis.history.at(record.position).file(path);
    const version = held && versions[held.version - 1];
    if (version) return version;
    throw new CodetracerError('unknown-target', `${path} was not touched up to step ${record.step.id}`);
  }
  const number = word === '' ? missing : Number(word);
  const version = versions[number - 1];
  if (version) return version;
  throw new CodetracerError('unknown-target', `${path} has no version ${word}`, {
    hint: `versions go from 1 to ${versions.length}`,
  });
}

function textOf(version: FileVersion): string {
  if (!version.exists) return '';
  if (version.content !== undefined) return version.content;
  throw new CodetracerError(
    'unknown-target',
    `the content of version ${version.version} of ${version.path} is not known`,
    { hint: 'codetracer files lists which versions are' },
  );
}

function nameOf({ path, exists }: FileVersion): string {
  return exists ? path : '/dev/null';
}
