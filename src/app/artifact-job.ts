import { LAYOUTS } from '../formats/registry.ts';
import type { ArtifactOptions } from './analyze-artifact.ts';
import type { ArtifactIdentity } from './identify-artifact.ts';
import { loadFormats } from './learnt-formats.ts';
import type { Located } from './locate-artifacts.ts';
import { type OpenedInput, openInput } from './open-input.ts';

/** An artifact that was found, as plain data: enough for another thread to open it again. */
export interface ArtifactJob {
  /** What the user named. */
  readonly input: string;
  /** Of the artifact, as the user would write it. */
  readonly path: string;
  /** In the source. */
  readonly place: string;
  /** Of its reader. */
  readonly root: string;
  /** Under the reader's root. */
  readonly entry: string;
  readonly format: string;
  readonly layout?: string;
  readonly identity: ArtifactIdentity;
}

/** What a worker is started with. */
export interface WorkerSetup {
  readonly options: ArtifactOptions;
  /** Folder of learnt extractors. */
  readonly extractors?: string;
}

export function toJob(
  { found, path, named }: Extract<Located, { kind: 'found' }>,
  identity: ArtifactIdentity,
): ArtifactJob {
  return {
    input: named,
    path,
    place: found.path,
    root: found.reader.root,
    entry: found.entry.path,
    format: found.format.id,
    ...(found.layout && { layout: found.layout.id }),
    identity,
  };
}

/** Opens the artifacts of jobs again. The last input stays open: neighbours lie in the same one. */
export class JobOpener {
  private readonly extractors: string | undefined;
  private last: { readonly name: string; readonly input: OpenedInput } | undefined;

  constructor(extractors: string | undefined) {
    this.extractors = extractors;
  }

  /** @throws CodetracerError `unreadable` when the input is no longer there. */
  async open(job: ArtifactJob): Promise<Extract<Located, { kind: 'found' }> | undefined> {
    const formats = await loadFormats(this.extractors);
    const format = formats.find(({ id }) => id === job.format);
    const layout = LAYOUTS.find(({ id }) => id === job.layout);
    const input = this.last?.name === job.input ? this.last.input : await openInput(job.input, formats);
    this.last = { name: job.input, input };
    const reader = input.reader.at(job.root);
    const entry = await reader.stat(job.entry);
    if (!format || !entry) return undefined;
    const { path, place } = job;
    const detection = { score: 1, reason: 'found before' };
    const found = {
      kind: 'found',
      format,
      detection,
      path: place,
      reader,
      entry,
      ...(layout && { layout }),
    } as const;
    return { kind: 'found', found, input, path, named: job.input };
  }
}
