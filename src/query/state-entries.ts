import type { StateReport } from './state-schemas.ts';

/** One fact of a state in words. */
export interface StateEntry {
  readonly part: string;
  /** Names it within its part: the same fact of two states has the same name. */
  readonly name: string;
  readonly text: string;
  /** How it is known, where that is said apart. */
  readonly provenance?: string;
  readonly by: number | string | null;
}

/** The facts of a state in the order in which people read them. */
export function listEntries(state: StateReport): StateEntry[] {
  return [
    ...listPlace(state),
    ...listFiles(state),
    ...listTests(state),
    ...listAgent(state),
    ...listMachine(state),
  ];
}

function listPlace({ cwd, branch, git }: StateReport): StateEntry[] {
  const entries: StateEntry[] = [];
  if (cwd)
    entries.push({
      part: 'directory',
      name: 'directory',
      text: cwd.path,
      provenance: cwd.provenance,
      by: cwd.by,
    });
  if (branch) entries.push({ part: 'git', name: 'branch', text: `branch ${branch.name}`, by: branch.by });
  if (git.head) {
    const { hash, message, provenance, by } = git.head;
    const text = ['head', hash ?? 'unknown', message === null ? '' : JSON.stringify(message)]
      .join(' ')
      .trim();
    entries.push({ part: 'git', name: 'head', text, provenance, by });
  }
  const unsure = new Set(git.unsure);
  for (const state of ['staged', 'dirty', 'untracked'] as const)
    for (const path of git[state])
      entries.push({
        part: 'git',
        name: `${state} ${path}`,
        text: `${state === 'dirty' ? 'changed' : state} ${path}`,
        ...(unsure.has(path) && { provenance: 'assumed' as const }),
        by: null,
      });
  for (const [index, stash] of git.stashes.entries())
    entries.push({
      part: 'git',
      name: `stash ${index}`,
      text: `stash ${stash.message ?? ''} of ${stash.paths.length} files`,
      by: stash.by,
    });
  return entries;
}

function listFiles({ files }: StateReport): StateEntry[] {
  return files.map((file) => {
    const size = file.length === null ? 'content not known' : `${file.length} characters`;
    const doubt = file.doubtedBy === null ? '' : `, in doubt since step ${file.doubtedBy}`;
    const text = `${file.path}  v${file.version} ${file.exists ? `${file.how}, ${size}` : 'deleted'}${doubt}`;
    return { part: 'changed files', name: file.path, text, provenance: file.provenance, by: file.by };
  });
}

function listTests({ tests, testRuns }: StateReport): StateEntry[] {
  const runs = testRuns.map((run): StateEntry => {
    const counts = (['passed', 'failed', 'errors', 'skipped'] as const).flatMap((key) =>
      run[key] === null ? [] : `${run[key]} ${key}`,
    );
    const said = counts.length > 0 ? counts.join(', ') : (run.summary ?? `${run.named} tests`);
    return {
      part: 'test runs',
      name: run.command,
      text: `${run.command}: ${said}${stale(run.stale)}`,
      by: run.by,
    };
  });
  const single = tests.map(
    (test): StateEntry => ({
      part: 'tests',
      name: test.test,
      text: `${test.status} ${test.test}${stale(test.stale)}${cleared(test.cleared)}`,
      by: test.by,
    }),
  );
  return [...runs, ...single];
}

function cleared(step: number | string | null): string {
  return step === null ? '' : `, nothing failed in the run of step ${step}`;
}

function stale(since: number | string | null): string {
  return since === null ? '' : `, stale since step ${since}`;
}

function listAgent({ openErrors, commitments, env }: StateReport): StateEntry[] {
  const errors = openErrors.map((error): StateEntry => {
    const { place } = error;
    const where = place === null ? '' : ` (${place.path}${place.line === null ? '' : `:${place.line}`})`;
    return {
      part: 'open errors',
      name: `#${error.number}`,
      text: `#${error.number} ${error.line}${where}`,
      by: error.by,
    };
  });
  const promises = commitments.map((item): StateEntry => {
    const marked = item.marked === null ? '' : `, marked as done at step ${item.marked}`;
    return {
      part: 'said and not shown done',
      name: `#${item.number}`,
      text: `#${item.number} ${item.source}: ${JSON.stringify(item.quote)}${marked}`,
      by: item.by,
    };
  });
  const variables = env.map(
    ({ name, value, provenance, by }): StateEntry => ({
      part: 'environment',
      name,
      text: `${name}=${value ?? '?'}`,
      provenance,
      by,
    }),
  );
  return [...errors, ...promises, ...variables];
}

function listMachine({ packages, services, ports, processes }: StateReport): StateEntry[] {
  return [
    ...packages.map((item): StateEntry => {
      const where = item.environment === null ? '' : ` in ${item.environment}`;
      const text = `${item.name} ${item.version ?? ''}`.trim();
      return {
        part: 'packages',
        name: `${item.name}${where}`,
        text: `${text} ${PACKAGE_WORDS[item.action]} by ${item.manager}${where}`,
        provenance: item.provenance,
        by: item.by,
      };
    }),
    ...services.map(({ name, running, provenance, by }): StateEntry => {
      return {
        part: 'services',
        name,
        text: `${name} ${running ? 'running' : 'not running'}`,
        provenance,
        by,
      };
    }),
    ...ports.map(({ port, open, owner, provenance, by }): StateEntry => {
      const text = `${port} ${open ? 'open' : 'closed'}${owner === null ? '' : ` (${owner})`}`;
      return { part: 'ports', name: String(port), text, provenance, by };
    }),
    ...processes.map(({ what, command, pid, provenance, by }): StateEntry => {
      const text = `${command ?? what}${pid === null ? '' : ` (pid ${pid})`}`;
      return { part: 'processes', name: `${by} ${text}`, text, provenance, by };
    }),
  ];
}

const PACKAGE_WORDS = { install: 'installed', remove: 'removed', update: 'updated', seen: 'seen' } as const;
