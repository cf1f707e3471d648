import { firstLine } from '../../../base/text.ts';
import type { StepId } from '../../../model/ids.ts';
import type { Provenance } from '../../../model/provenance.ts';
import type { PackageState, StepRecord } from '../../../model/state.ts';
import type { CauseKind, Explanation, Subject } from '../cause.ts';
import type { CauseIndex } from '../cause-index.ts';
import { citeDoing } from '../cite.ts';
import { findPackage } from '../find-named.ts';
import { triggerOf } from './trigger.ts';

/** The directory after a position; a relative `cd` rests on the directory before it. */
export function explainDirectory(index: CauseIndex, position: number): Explanation | undefined {
  const { cwd } = index.history.at(position);
  if (!cwd) return undefined;
  const record = index.record(cwd.by);
  if (!record) {
    return {
      key: 'directory at the start',
      cause: {
        kind: 'origin',
        step: undefined,
        position: -1,
        what: `the run started in ${cwd.path}`,
        provenance: cwd.provenance,
        evidence: [],
      },
      because: [],
    };
  }
  const changes = record.effects.happened.effects.filter((effect) => effect.kind === 'chdir');
  const asked = changes.at(-1)?.path;
  // The first `cd` of the step decides whether the directory before it matters.
  const rests = changes[0] !== undefined && !changes[0].path.startsWith('/');
  return setting(record, 'directory', `directory ${record.position}`, {
    what: `changed the directory to ${cwd.path}`,
    provenance: cwd.provenance,
    names: [asked === undefined || asked === '' ? undefined : `cd ${asked}`, asked, cwd.path],
    because: rests ? [{ kind: 'directory', position: record.position - 1 }] : [],
  });
}

/** An exported variable; a value that is built on the one before rests on it. */
export function explainEnvironment(
  index: CauseIndex,
  name: string,
  position: number,
): Explanation | undefined {
  const state = index.history.at(position).env.get(name);
  const record = index.record(state?.by);
  if (!state || !record) return undefined;
  const { value } = state;
  const rests = value?.includes(`$${name}`) || value?.includes(`\${${name}`);
  return setting(record, 'environment', `environment ${name} ${record.position}`, {
    what:
      value === undefined ? `set ${name}, to what is not known` : `set ${name} to ${firstLine(value, 120)}`,
    provenance: 'derived',
    names: [`${name}=`, name],
    because: rests ? [{ kind: 'environment', name, position: record.position - 1 }] : [],
  });
}

/** A package: what was asked and answered, the error that named it missing, what was installed before. */
export function explainPackage(index: CauseIndex, name: string, position: number): Explanation | undefined {
  const [, state] = findPackage(index.history, name, position) ?? [];
  const record = index.record(state?.by);
  if (!state || !record) return undefined;
  const missing = errorNaming(index, state.name, record.position);
  return setting(record, 'package', `package ${state.name} ${record.position}`, {
    what: describePackage(state),
    provenance: state.provenance,
    names: [state.version === undefined ? undefined : `${state.name}-${state.version}`, state.name, name],
    because: [
      ...missing,
      { kind: 'package', name, position: record.position - 1 },
      ...(missing.length === 0 ? triggerOf(index, record) : []),
    ],
  });
}

const PAST: Readonly<Record<PackageState['action'], string>> = {
  install: 'installed',
  remove: 'removed',
  update: 'updated',
  seen: 'showed',
};

function describePackage({ action, name, version, manager, environment }: PackageState): string {
  const into = environment === undefined ? '' : ` in ${environment}`;
  return `${PAST[action]} ${name}${version === undefined ? '' : ` ${version}`} with ${manager}${into}`;
}

/** An error within so many before a step is looked at for the name of what the step installs. */
const ERRORS_BEFORE = 200;

function errorNaming(index: CauseIndex, name: string, position: number): Subject[] {
  const { errors } = index.history;
  const bare = name.toLowerCase().replaceAll('_', '-');
  for (let i = errors.length - 1, looked = 0; i >= 0 && looked < ERRORS_BEFORE; i--) {
    const error = errors[i];
    const at = error && index.history.position(error.step);
    if (!error || at === undefined || at >= position) continue;
    looked++;
    if (error.line.toLowerCase().replaceAll('_', '-').includes(bare))
      return [{ kind: 'error', number: error.number, relation: 'derived' }];
  }
  return [];
}

export function explainService(index: CauseIndex, name: string, position: number): Explanation | undefined {
  const state = index.history.at(position).services.get(name);
  const record = index.record(state?.by);
  if (!state || !record) return undefined;
  return setting(record, 'service', `service ${name} ${record.position}`, {
    what: state.running ? `${name} runs since` : `${name} does not run since`,
    provenance: state.provenance,
    names: [name],
    because: [{ kind: 'service', name, position: record.position - 1 }, ...triggerOf(index, record)],
  });
}

export function explainPort(index: CauseIndex, port: number, position: number): Explanation | undefined {
  const state = index.history.at(position).ports.get(port);
  const record = index.record(state?.by);
  if (!state || !record) return undefined;
  const owner = state.owner === undefined ? '' : ` by ${firstLine(state.owner, 80)}`;
  return setting(record, 'port', `port ${port} ${record.position}`, {
    what: state.open ? `port ${port} is open${owner} since` : `port ${port} is closed since`,
    provenance: state.provenance,
    names: [String(port)],
    because: [{ kind: 'port', port, position: record.position - 1 }, ...triggerOf(index, record)],
  });
}

/** A process by what it was started as. */
export function explainProcess(index: CauseIndex, name: string, position: number): Explanation | undefined {
  const state = index.history.at(position).processes.find(({ what }) => what === name);
  const record = index.record(state?.by);
  if (!state || !record) return undefined;
  return setting(record, 'process', `process ${name} ${record.position}`, {
    what: `left ${firstLine(name, 100)} running`,
    provenance: state.provenance,
    names: [state.command, name, name.split(' ')[0]],
    because: triggerOf(index, record),
  });
}

/** The git branch; it rests on the branch before it. */
export function explainBranch(index: CauseIndex, position: number): Explanation | undefined {
  const { branch } = index.history.at(position).git;
  const record = index.record(branch?.by);
  if (!branch || !record) return undefined;
  return setting(record, 'branch', `branch ${record.position}`, {
    what: `the branch is ${branch.name} since`,
    provenance: 'derived',
    names: [branch.name, 'git '],
    because: [{ kind: 'branch', position: record.position - 1 }],
  });
}

interface Setting {
  readonly what: string;
  readonly provenance: Provenance;
  /** Texts that the telling line of the action or the output holds, the best one first. */
  readonly names: readonly (string | undefined)[];
  readonly because: readonly Subject[];
}

function setting(record: StepRecord, kind: CauseKind, key: string, facts: Setting): Explanation {
  const step: StepId = record.step.id;
  return {
    key,
    cause: {
      kind,
      step,
      position: record.position,
      what: facts.what,
      provenance: facts.provenance,
      evidence: citeDoing(record, ...facts.names),
    },
    because: facts.because,
  };
}
