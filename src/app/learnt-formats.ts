import { formatFromSpec } from '../evolve/interpret/format-from-spec.ts';
import type { Format } from '../formats/format.ts';
import { FORMATS } from '../formats/registry.ts';
import { listActiveSpecs, openRegistry } from '../store/extractor-registry.ts';

/**
 * The formats that may claim artifacts: those written by hand, and the active extractors of the registry in a folder.
 * Without a folder there are no learnt ones.
 */
export async function loadFormats(extractors: string | undefined): Promise<readonly Format[]> {
  if (extractors === undefined) return FORMATS;
  const specs = await listActiveSpecs(openRegistry(extractors));
  return [...FORMATS, ...specs.map(formatFromSpec)];
}
