import type { SampleArtifact } from '../evolve/infer/sample.ts';
import { detectFormat } from '../formats/detect-format.ts';
import type { Format } from '../formats/format.ts';
import type { Entry } from '../formats/port.ts';
import type { RunReader } from '../io/source-reader.ts';
import { walk } from '../io/walk.ts';
import type { Bytes } from '../model/ids.ts';
import { openInput } from './open-input.ts';

/** An artifact to learn from, with a reader that can name its content. */
export interface LocatedSample extends SampleArtifact {
  readonly reader: RunReader;
}

export interface GatheredSamples {
  readonly samples: readonly LocatedSample[];
  /** Artifacts left out because a format reads them already, by its id. */
  readonly known: ReadonlyMap<string, number>;
  /** Artifacts beyond the number that is looked at. */
  readonly beyond: number;
}

/** Learning from more than this many gives no better spec. */
const MAX_SAMPLES = 200;
/** A folder with so many JSON files of its own may be one artifact. */
const FOLDER_FILES = 4;
const NO_ARTIFACT = /^(?:readme|licen[cs]e|notice|changelog|\.)/i;

/** What lies under the given paths and no format reads: the material for a new extractor. */
export async function gatherSamples(
  paths: readonly string[],
  formats: readonly Format[],
): Promise<GatheredSamples> {
  const samples: LocatedSample[] = [];
  const known = new Map<string, number>();
  let beyond = 0;
  const add = (sample: LocatedSample): void => {
    if (samples.length < MAX_SAMPLES) samples.push(sample);
    else beyond++;
  };
  for (const path of paths) {
    const { reader, start, kind } = await openInput(path, formats);
    if (kind === 'file') {
      const entry = await reader.stat(start);
      if (entry) add({ reader, entry });
      continue;
    }
    for await (const { path: folder, entries } of walk(reader.source, { from: start })) {
      const local = reader.at(folder);
      let documents = 0;
      for (const { name, kind, size } of entries) {
        if (kind !== 'file' || size === 0 || NO_ARTIFACT.test(name)) continue;
        const entry: Entry = { path: name, name, kind, size: size as Bytes };
        const choice = await detectFormat(entry, local, formats);
        if (choice.kind === 'chosen') {
          known.set(choice.format.id, (known.get(choice.format.id) ?? 0) + 1);
          continue;
        }
        add({ reader: local, entry });
        if (name.endsWith('.json')) documents++;
      }
      const self = documents >= FOLDER_FILES ? await local.stat('') : undefined;
      if (self) add({ reader: local, entry: self });
    }
  }
  return { samples, known, beyond };
}
