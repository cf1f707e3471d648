import { type StepId, stepNumber } from '../../model/ids.ts';
import type { FileNow } from '../../model/state.ts';
import type { Analysis } from '../analysis.ts';
import type { FileEntry, VersionEntry } from './files-schemas.ts';

/** Every file that the run touched up to a position (its end unless told), with its last version there. */
export function listFiles({ history }: Pick<Analysis, 'history'>, position?: number): FileEntry[] {
  const at = position ?? history.records.length - 1;
  const state = history.at(at);
  const entries: FileEntry[] = [];
  for (const path of history.paths) {
    const file = state.file(path);
    if (!file) continue;
    entries.push({
      path,
      versions: file.version,
      exists: file.exists,
      how: file.how,
      by: refOf(file.madeBy),
      provenance: file.provenance,
      size: sizeOf(file),
      doubtedBy: refOf(file.doubtedBy),
    });
  }
  return entries;
}

/**
 * The versions of a file up to a position, each as it was just before the next one: a version that a program may have
 * changed unseen while it was the newest says so.
 */
export function listVersions(
  { history }: Pick<Analysis, 'history'>,
  path: string,
  position?: number,
): VersionEntry[] {
  const at = position ?? history.records.length - 1;
  const versions = history.versions(path).filter((version) => version.at <= at);
  return versions.map((version, index): VersionEntry => {
    const next = versions[index + 1];
    // Two versions of one step: the first was gone before anything else could happen to it.
    const last = next === undefined ? at : Math.max(version.at, next.at - 1);
    const held = history.at(last).file(path);
    const now: FileNow = held?.version === version.version ? held : version;
    const step = history.records[version.at]?.step.id;
    return {
      version: version.version,
      how: version.how,
      by: refOf(version.madeBy),
      firstSeenAt: step === undefined ? 1 : stepNumber(step),
      exists: version.exists,
      provenance: version.provenance,
      size: sizeOf(version),
      doubtedBy: refOf(now.doubtedBy),
      ...(version.source && {
        source: { path: version.source.path, version: version.source.version ?? null },
      }),
    };
  });
}

function sizeOf({ exists, content }: Pick<FileNow, 'exists' | 'content'>): number | null {
  return exists ? (content?.length ?? null) : null;
}

function refOf(id: StepId | undefined): number | string | null {
  return id === undefined ? null : stepNumber(id);
}
