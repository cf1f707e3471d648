import { baseName } from '../../base/path.ts';

/** `owner__repository-number`, as the data sets of the SWE-bench family name their tasks. */
const INSTANCE = /^[A-Za-z0-9][\w.-]*__[\w.-]+-\d+$/;

/** The instance that an artifact is an attempt at: by what it records, by its name, or by its folder's. */
export function findInstanceId(
  recorded: string | undefined,
  artifact: string,
  folders: readonly string[],
): string | undefined {
  const file = baseName(artifact).replace(/\.traj\.json$|\.traj$|\.json$/, '');
  return [recorded, file, ...folders.slice(0, 2)].find((name) => name !== undefined && INSTANCE.test(name));
}
