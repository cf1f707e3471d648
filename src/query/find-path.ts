import { CodetracerError } from '../base/error.ts';
import { baseName, joinPath } from '../base/path.ts';
import { causeIndexOf } from '../state/causes/cause-index.ts';
import type { Analysis } from './analysis.ts';

/** So many candidates are named in an error. */
const CANDIDATES = 8;

/**
 * The path that a user means: exact, seen from the directory at `position` (the end unless told), or the only path of
 * the run that ends with it.
 * @throws CodetracerError `unknown-target`, with the candidates in the hint and as `details.candidates`.
 */
export function findPath({ history }: Pick<Analysis, 'history'>, path: string, position?: number): string {
  const { paths } = causeIndexOf(history);
  if (paths.has(path)) return path;
  const cwd = history.at(position ?? history.records.length - 1).cwd?.path;
  if (cwd !== undefined && paths.has(joinPath(cwd, path))) return joinPath(cwd, path);
  const fitting = paths.endingWith(path);
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  if (fitting.length > 1) throw refuse(path, `${fitting.length} files of the run end with it`, fitting);
  const wanted = baseName(path).toLowerCase();
  const alike =
    wanted === '' ? [] : history.paths.filter((known) => baseName(known).toLowerCase().includes(wanted));
  throw refuse(path, 'the run is not known to have touched it', alike);
}

function refuse(path: string, reason: string, candidates: readonly string[]): CodetracerError {
  return new CodetracerError('unknown-target', `${path}: ${reason}`, {
    ...(candidates.length > 0 && { hint: sayCandidates(candidates) }),
    details: { candidates: candidates.slice(0, 100) },
  });
}

/** `did you mean a, b, … or 3 more?` */
export function sayCandidates(candidates: readonly string[]): string {
  const shown = candidates.slice(0, CANDIDATES).join(', ');
  const more = candidates.length - CANDIDATES;
  return `did you mean ${shown}${more > 0 ? `, or one of ${more} more` : ''}?`;
}
