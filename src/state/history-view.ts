import { lastAtMost, upperBound } from '../base/order.ts';
import type { Position, StepId } from '../model/ids.ts';
import type { FileNow, StateHistory, StateView } from '../model/state.ts';
import type { HistoryBuilder } from './history-builder.ts';

/** The finished history: every question about a position is answered from the lists of changes. */
export function makeHistory(source: HistoryBuilder): StateHistory {
  const positions = new Map<StepId, Position>();
  for (const record of source.records) positions.set(record.step.id, record.position);
  const last = source.records.length - 1;
  return {
    records: source.records,
    position: (step) => positions.get(step),
    at: (position) => viewAt(source, Math.max(-1, Math.min(position, last)) as Position),
    versions: (path) => source.files.versions(path),
    paths: source.files.paths,
    errors: source.errors.marks,
    commitments: [],
    fingerprint: (position) => source.files.fingerprint.at(position),
  };
}

function viewAt(source: HistoryBuilder, position: Position): StateView {
  const fileAt = (path: string): FileNow | undefined =>
    lastAtMost(source.files.versions(path), position, (version) => version.at);
  return {
    position,
    cwd: source.directories.get('cwd', position),
    env: source.env.view(position),
    packages: source.packages.view(position),
    get processes() {
      return [...source.processes.running.view(position).values()];
    },
    services: source.services.view(position),
    ports: source.ports.view(position),
    git: {
      branch: source.branches.get('branch', position),
      head: undefined,
      dirty: [],
      staged: [],
      untracked: [],
      stashes: [],
    },
    commitments: [],
    tests: source.tests.view(position),
    get openErrors() {
      return [...source.errors.open.view(position).values()];
    },
    budget: source.budget.at(position),
    file: fileAt,
    changedFiles() {
      const { changed } = source.files;
      const count = upperBound(changed, position, (track) => track.changedAt ?? 0);
      return changed
        .slice(0, count)
        .flatMap((track) => fileAt(track.path) ?? [])
        .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    },
    seen(path) {
      const parts = source.seen.of(path);
      return parts.slice(
        0,
        upperBound(parts, position, (part) => part.at),
      );
    },
  };
}
