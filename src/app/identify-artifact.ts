import { digestArtifact } from '../io/digest.ts';
import type { RunId } from '../model/ids.ts';
import type { Located } from './locate-artifacts.ts';
import { makeRunId } from './run-id.ts';

/** What the ids of an artifact's runs are made of. Found in the order of discovery, whoever reads the artifact later. */
export interface ArtifactIdentity {
  readonly digest: string;
  /** Where it really lies, however the user named it: `.` says nothing about a run. */
  readonly home: string;
  /** An artifact of the same name and content lies elsewhere and came first: the place tells the ids apart. */
  readonly isTwin: boolean;
}

/** `taken` remembers the artifacts of a batch by name and content. */
export async function identifyArtifact(
  { found, input, path }: Extract<Located, { kind: 'found' }>,
  taken: Map<RunId, string>,
): Promise<ArtifactIdentity> {
  // What can't be read now fails when its runs are read, and that is said there.
  const digest = (await digestArtifact(found.reader, found.entry.path).catch(() => undefined)) ?? '';
  const home = input.absolute?.(found.path) ?? path;
  const key = makeRunId(home, digest);
  const owner = taken.get(key);
  if (owner === undefined) taken.set(key, home);
  return { digest, home, isTwin: owner !== undefined && owner !== home };
}
