import { firstLine } from '../../base/text.ts';
import type { StepId } from '../../model/ids.ts';
import { findPackage, foldName } from '../../state/causes/find-named.ts';
import type { Analysis } from '../analysis.ts';
import { sayCandidates } from '../find-path.ts';
import { type Target, unknownTarget } from './target.ts';
import type { Asked } from './why-answer.ts';

export function askDirectory({ history }: Analysis, { text, position }: Target): Asked {
  const { cwd } = history.at(position);
  if (!cwd) throw unknownTarget(text, 'the directory is not known at that step');
  return {
    answer: `the directory is ${cwd.path}${cwd.by === undefined ? ' since the start' : `, set by step ${cwd.by}`}`,
    roots: [{ kind: 'directory', position }],
  };
}

export function askEnvironment({ history }: Analysis, { name, text, position }: Target): Asked {
  const { env } = history.at(position);
  const state = env.get(name);
  if (!state) throw unknownTarget(text, 'no step is known to have exported it', listOf([...env.keys()]));
  const value =
    state.value === undefined ? 'set to what is not known' : JSON.stringify(firstLine(state.value, 120));
  return {
    answer: `${name} is ${value} since step ${state.by}`,
    roots: [{ kind: 'environment', name, position }],
  };
}

export function askPackage({ history }: Analysis, { name, text, position }: Target): Asked {
  const found = findPackage(history, name, position);
  if (!found) {
    const known = [...history.at(position).packages.keys()];
    const wanted = foldName(name);
    const alike = known.filter((key) => foldName(key).includes(wanted));
    throw unknownTarget(
      text,
      'no step is known to have installed, removed or shown it',
      listOf(alike.length > 0 ? alike : known),
    );
  }
  const [key, state] = found;
  const version = state.version === undefined ? '' : ` ${state.version}`;
  return {
    answer: `step ${state.by}: ${state.action} ${state.name}${version} by ${state.manager}`,
    roots: [{ kind: 'package', name: key, position }],
  };
}

export function askProcess({ history }: Analysis, { name, text, position }: Target): Asked {
  const { processes } = history.at(position);
  const names = [...new Set(processes.map(({ what }) => what))];
  const fitting = names.includes(name) ? [name] : names.filter((what) => what.includes(name));
  const [only] = fitting;
  if (only === undefined) throw unknownTarget(text, 'no such process is known to run there', listOf(names));
  if (fitting.length > 1)
    throw unknownTarget(text, `${fitting.length} processes fit`, sayCandidates(fitting));
  const by = processes.find(({ what }) => what === only)?.by;
  return {
    answer: `${firstLine(only, 120)} runs since step ${by}`,
    roots: [{ kind: 'process', name: only, position }],
  };
}

export function askService({ history }: Analysis, { name, text, position }: Target): Asked {
  const { services } = history.at(position);
  const state = services.get(name);
  if (!state)
    throw unknownTarget(text, 'no step is known to have started or stopped it', listOf([...services.keys()]));
  return {
    answer: `${name} ${state.running ? 'runs' : 'does not run'} since step ${state.by}`,
    roots: [{ kind: 'service', name, position }],
  };
}

export function askPort({ history }: Analysis, { name, text, position }: Target): Asked {
  const { ports } = history.at(position);
  const port = Number(name);
  const state = ports.get(port);
  if (!state)
    throw unknownTarget(text, 'nothing is known of that port', listOf([...ports.keys()].map(String)));
  const owner = state.owner === undefined ? '' : ` (${firstLine(state.owner, 80)})`;
  return {
    answer: `port ${port} is ${state.open ? 'open' : 'closed'} since step ${state.by}${owner}`,
    roots: [{ kind: 'port', port, position }],
  };
}

export function askBranch({ history }: Analysis, { text, position }: Target): Asked {
  const { branch } = history.at(position).git;
  if (!branch) throw unknownTarget(text, 'no step is known to have chosen or shown a branch');
  const by: StepId | undefined = branch.by;
  return {
    answer: `the branch is ${branch.name} since step ${by}`,
    roots: [{ kind: 'branch', position }],
  };
}

/** What there is instead; undefined when there is nothing, so that the usual hint stands. */
function listOf(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : sayCandidates(names);
}
