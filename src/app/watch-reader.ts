import type { ArtifactReader } from '../formats/port.ts';

/** A reader that notes which files were read through it, whole or to where the reader of it stopped. */
export interface WatchedReader {
  readonly reader: ArtifactReader;
  /** Files whose text, lines or JSON were asked for; a look at the first bytes alone does not count. */
  readonly read: ReadonlySet<string>;
}

/** Watches what a format or an enricher reads, without taking its word for it. */
export function watchReader(inner: ArtifactReader): WatchedReader {
  const read = new Set<string>();
  const reader: ArtifactReader = {
    list: (folder) => inner.list(folder),
    stat: (path) => inner.stat(path),
    head: (path, bytes) => inner.head(path, bytes),
    async text(path) {
      const content = await inner.text(path);
      if (content) read.add(path);
      return content;
    },
    async *lines(path) {
      for await (const batch of inner.lines(path)) {
        read.add(path);
        yield batch;
      }
    },
    async json(path, arrays) {
      const document = await inner.json(path, arrays);
      if (document) read.add(path);
      return document;
    },
  };
  return { reader, read };
}
