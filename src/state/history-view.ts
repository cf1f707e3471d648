import { upperBound } from '../base/order.ts';
import type { Position, StepId } from '../model/ids.ts';
import type { FileNow, StateHistory, StateView } from '../model/state.ts';
import { threadOf } from './directory.ts';
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
    commitments: source.promises.all,
    fingerprint: (position) => source.files.fingerprint.at(position),
  };
}

function viewAt(source: HistoryBuilder, position: Position): StateView {
  const here = source.records[position];
  const thread = here === undefined ? '' : threadOf(here.step.id);
  const fileAt = (path: string): FileNow | undefined => source.files.at(path, position);
  return {
    position,
    cwd: source.directories.get('cwd', position),
    env: source.env.view(thread, position),
    packages: source.packages.packages.view(position),
    get processes() {
      return [...source.machine.processes.running.view(position).values()];
    },
    services: source.machine.services.view(position),
    ports: source.machine.ports.view(position),
    get git() {
      return source.git.history.view(position);
    },
    get commitments() {
      return source.promises.openAt(position);
    },
    get tests() {
      return source.tests.testsAt(position);
    },
    get testRuns() {
      return source.tests.runsAt(position);
    },
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
