import { at, isObject } from '../../base/json.ts';
import { joinPath } from '../../base/path.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ArtifactReader } from '../port.ts';
import { type TrialResults, trialResults } from './schema.ts';

/** What the `results.json` of a folder is: a trial's, that of a whole benchmark run, something else, or not there. */
export type FoundResults =
  | { readonly kind: 'trial'; readonly results: TrialResults; readonly path: string }
  | {
      readonly kind: 'benchmark' | 'other';
      readonly path: string;
      readonly diagnostics: readonly Diagnostic[];
    }
  | { readonly kind: 'missing'; readonly path: string };

export async function readResults(folder: string, reader: ArtifactReader): Promise<FoundResults> {
  const path = joinPath(folder, 'results.json');
  const document = await reader.json(path);
  if (!document) return { kind: 'missing', path };
  const { value, diagnostics } = document;
  if (isObject(value) && Array.isArray(at(value, 'results'))) return { kind: 'benchmark', path, diagnostics };
  const parsed = trialResults.safeParse(value);
  if (!parsed.success) return { kind: 'other', path, diagnostics };
  return { kind: 'trial', results: parsed.data, path };
}
