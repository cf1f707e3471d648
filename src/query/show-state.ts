import { type StepId, stepNumber } from '../model/ids.ts';
import type { FileVersion, StepRecord } from '../model/state.ts';
import type { Analysis } from './analysis.ts';

/** The state after one step, as `state --json` prints it. Values say how they are known. */
export interface StateReport {
  readonly step: number | string;
  readonly cwd: {
    readonly path: string;
    readonly provenance: string;
    readonly by: number | string | null;
  } | null;
  readonly files: readonly FileReport[];
  readonly env: readonly {
    readonly name: string;
    readonly value: string | null;
    readonly by: number | string;
  }[];
  readonly packages: readonly {
    readonly name: string;
    readonly action: string;
    readonly manager: string;
    readonly by: number | string;
  }[];
  readonly processes: readonly { readonly what: string; readonly by: number | string }[];
  readonly branch: { readonly name: string; readonly by: number | string } | null;
  readonly tests: readonly { readonly test: string; readonly status: string; readonly by: number | string }[];
  readonly openErrors: readonly {
    readonly number: number;
    readonly line: string;
    readonly by: number | string;
  }[];
}

export interface FileReport {
  readonly path: string;
  readonly version: number;
  readonly how: FileVersion['how'];
  readonly exists: boolean;
  readonly provenance: string;
  readonly by: number | string | null;
  /** Characters of its content; null where the content is not known. */
  readonly length: number | null;
}

export function showState({ history }: Analysis, record: StepRecord): StateReport {
  const state = history.at(record.position);
  const by = (id: StepId | undefined): number | string | null => (id === undefined ? null : stepNumber(id));
  return {
    step: stepNumber(record.step.id),
    cwd: state.cwd ? { path: state.cwd.path, provenance: state.cwd.provenance, by: by(state.cwd.by) } : null,
    files: state.changedFiles().map((file) => ({
      path: file.path,
      version: file.version,
      how: file.how,
      exists: file.exists,
      provenance: file.provenance,
      by: by(file.madeBy),
      length: file.content?.length ?? null,
    })),
    env: [...state.env].map(([name, { value, by: step }]) => ({
      name,
      value: value ?? null,
      by: stepNumber(step),
    })),
    packages: [...state.packages].map(([name, { action, manager, by: step }]) => ({
      name,
      action,
      manager,
      by: stepNumber(step),
    })),
    processes: state.processes.map(({ what, by: step }) => ({ what, by: stepNumber(step) })),
    branch: state.git.branch ? { name: state.git.branch.name, by: stepNumber(state.git.branch.by) } : null,
    tests: [...state.tests.values()].map(({ test, status, step }) => ({
      test,
      status,
      by: stepNumber(step),
    })),
    openErrors: state.openErrors.map(({ number, line, step }) => ({ number, line, by: stepNumber(step) })),
  };
}
