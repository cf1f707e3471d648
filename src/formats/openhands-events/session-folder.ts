import { compareNatural } from '../../base/order.ts';
import { joinPath } from '../../base/path.ts';
import type { ArtifactReader, Entry } from '../port.ts';

const SINGLE = /^(\d{1,9})\.json$/;
const PAGE = /^(\d{1,9})-(\d{1,9})\.json$/;

export interface EventFile {
  readonly id: number;
  readonly path: string;
}

/** A page of the cache: events `from` to before `to`, as far as they exist. */
export interface EventPage {
  readonly from: number;
  readonly to: number;
  readonly path: string;
}

export interface SessionFiles {
  /** One file per event, by id; ids may have gaps (9.json comes before 10.json). */
  readonly singles: readonly EventFile[];
  readonly pages: readonly EventPage[];
}

/**
 * The event files of a session: of its folder (`events/`, `event_cache/`), or of either of these two handed over
 * alone.
 */
export async function listSession(
  folder: string,
  entries: readonly Entry[],
  reader: ArtifactReader,
): Promise<SessionFiles> {
  const inside = async (name: string): Promise<readonly Entry[]> =>
    entries.some((entry) => entry.kind === 'directory' && entry.name === name)
      ? await reader.list(joinPath(folder, name))
      : [];
  const files = [...entries, ...(await inside('events')), ...(await inside('event_cache'))].filter(
    (entry) => entry.kind === 'file',
  );
  const singles: EventFile[] = [];
  const pages: EventPage[] = [];
  for (const { name, path } of files) {
    const single = SINGLE.exec(name);
    if (single) singles.push({ id: Number(single[1]), path });
    const page = PAGE.exec(name);
    if (page) pages.push({ from: Number(page[1]), to: Number(page[2]), path });
  }
  singles.sort((a, b) => a.id - b.id || compareNatural(a.path, b.path));
  pages.sort((a, b) => a.from - b.from || a.to - b.to);
  return { singles, pages };
}
