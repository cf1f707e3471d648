import { type StepId, stepNumber } from '../model/ids.ts';
import type { ErrorMark, FileNow, StateView, StepRecord } from '../model/state.ts';
import { errorPlace } from '../state/error-place.ts';
import type { Analysis } from './analysis.ts';
import type { FileReport, StateReport } from './state-schemas.ts';

export type { StateReport } from './state-schemas.ts';

/** What was true after a step, and how every value is known. */
export function showState({ history }: Analysis, record: StepRecord): StateReport {
  const state = history.at(record.position);
  const { cwd, git } = state;
  return {
    step: stepNumber(record.step.id),
    cwd: cwd ? { path: cwd.path, provenance: cwd.provenance, by: by(cwd.by) } : null,
    files: state.changedFiles().map(showFile),
    env: [...state.env].map(([name, { value, by: step, provenance }]) => ({
      name,
      value: value ?? null,
      by: stepNumber(step),
      provenance,
    })),
    ...showMachine(state),
    branch: git.branch ? { name: git.branch.name, by: stepNumber(git.branch.by) } : null,
    git: showGit(git),
    ...showTests(state),
    openErrors: state.openErrors.map(({ number, line, step, files }) => ({
      number,
      line,
      by: stepNumber(step),
      files: files.map(showPlace),
      place: showPlaceOf({ files }),
    })),
    commitments: state.commitments.map(({ number, quote, deed, object, source, step, markedBy }) => ({
      number,
      quote,
      deed,
      object: object ?? null,
      source,
      by: stepNumber(step),
      marked: by(markedBy),
    })),
    budget: showBudget(state.budget),
  };
}

function by(id: StepId | undefined): number | string | null {
  return id === undefined ? null : stepNumber(id);
}

function showPlace(file: ErrorMark['files'][number]): { path: string; line: number | null } {
  return { path: file.path, line: file.line ?? null };
}

function showPlaceOf(error: Pick<ErrorMark, 'files'>): { path: string; line: number | null } | null {
  const place = errorPlace(error);
  return place ? showPlace(place) : null;
}

function showFile(file: FileNow): FileReport {
  return {
    path: file.path,
    version: file.version,
    how: file.how,
    exists: file.exists,
    provenance: file.provenance,
    by: by(file.madeBy),
    length: file.content?.length ?? null,
    doubtedBy: by(file.doubtedBy),
  };
}

function showMachine(state: StateView): Pick<StateReport, 'packages' | 'services' | 'ports' | 'processes'> {
  return {
    packages: [...state.packages.values()].map((item) => ({
      name: item.name,
      action: item.action,
      manager: item.manager,
      version: item.version ?? null,
      environment: item.environment ?? null,
      by: stepNumber(item.by),
      provenance: item.provenance,
    })),
    services: [...state.services.values()].map((item) => ({ ...item, by: stepNumber(item.by) })),
    ports: [...state.ports.values()].map((item) => ({
      ...item,
      owner: item.owner ?? null,
      by: stepNumber(item.by),
    })),
    processes: state.processes.map((item) => ({
      what: item.what,
      command: item.command ?? null,
      pid: item.pid ?? null,
      by: stepNumber(item.by),
      provenance: item.provenance,
      seenBy: by(item.seenBy),
    })),
  };
}

function showGit(git: StateView['git']): StateReport['git'] {
  const { head } = git;
  return {
    head: head
      ? {
          hash: head.hash ?? null,
          message: head.message ?? null,
          by: by(head.by),
          provenance: head.provenance,
        }
      : null,
    dirty: [...git.dirty],
    staged: [...git.staged],
    untracked: [...git.untracked],
    unsure: [...git.unsure],
    covers: git.covers,
    stashes: git.stashes.map((stash) => ({
      message: stash.message ?? null,
      paths: [...stash.paths],
      by: stepNumber(stash.by),
    })),
  };
}

function showTests(state: StateView): Pick<StateReport, 'tests' | 'testRuns'> {
  return {
    tests: [...state.tests.values()].map(({ test, status, step, staleSince, clearedBy }) => ({
      test,
      status,
      by: stepNumber(step),
      stale: by(staleSince),
      cleared: by(clearedBy),
    })),
    testRuns: state.testRuns.map(({ command, report, step, staleSince }) => ({
      command,
      runner: report.runner,
      passed: report.passed ?? null,
      failed: report.failed ?? null,
      errors: report.errors ?? null,
      skipped: report.skipped ?? null,
      summary: report.summary ?? null,
      named: report.results.length,
      by: stepNumber(step),
      stale: by(staleSince),
    })),
  };
}

function showBudget(budget: StateView['budget']): StateReport['budget'] {
  return {
    steps: budget.steps,
    seconds: budget.elapsedMs === undefined ? null : budget.elapsedMs / 1000,
    tokens: budget.tokens ?? null,
    costUsd: budget.costUsd ?? null,
  };
}
